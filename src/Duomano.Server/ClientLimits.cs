using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Duomano.Server;

/// <summary>How much one client may ask for. Clients are told apart by their addresses; all behind a proxy that is not among <see cref="ServerOptions.Proxies"/> are one.</summary>
internal static class ClientLimits
{
    // Requests come back bit by bit: whoever has used up all waits seconds and not a minute.
    private const int Segments = 6;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddClientLimits(this IServiceCollection services, ServerOptions options) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, IPAddress>(context => RateLimitPartition.GetSlidingWindowLimiter(
            Of(context), _ => new() { PermitLimit = options.MostRequests, Window = Window, SegmentsPerWindow = Segments, QueueLimit = 0 }));
        limiter.OnRejected = async (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Window / Segments;
            await Problems.TooMany(rejected.HttpContext, wait, string.Create(CultureInfo.InvariantCulture, $"One client may make {options.MostRequests} requests a minute; try again in a while.")).ExecuteAsync(rejected.HttpContext);
        };
    });

    /// <summary>Who asks. A host has 2^64 addresses of version 6, of which it may use any.</summary>
    public static IPAddress Of(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress ?? IPAddress.None;
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || IPAddress.IsLoopback(address)) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new(bytes);
    }
}
