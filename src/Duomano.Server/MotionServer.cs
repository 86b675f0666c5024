using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Duomano.Server;

/// <summary>
/// A web server that turns uploads into motion: a page to drop music on, a small interface (/api, described at
/// /openapi/v1.json) and /health. It listens on this computer alone unless told otherwise.
/// </summary>
public sealed class MotionServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly WorkFolder _folder;
    private readonly AccessLog? _log;

    private MotionServer(WebApplication app, WorkFolder folder, AccessLog? log)
    {
        _log = log;
        _app = app;
        _folder = folder;
    }

    /// <summary>Where this computer's browser finds the server, such as http://127.0.0.1:5080.</summary>
    public string Url => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        .Replace("//0.0.0.0:", "//localhost:", StringComparison.Ordinal).Replace("//[::]:", "//localhost:", StringComparison.Ordinal);

    /// <summary>What a browser opens: the address, with the token behind it where there is one. Browsers send nothing of what stands behind the #.</summary>
    public string PageUrl => _app.Services.GetRequiredService<ServerOptions>().Token is { } token ? $"{Url}/#token={Uri.EscapeDataString(token)}" : Url;

    /// <summary>Starts to listen.</summary>
    /// <param name="maker">Makes the motion.</param>
    /// <param name="options">Where to listen, and limits.</param>
    /// <param name="say">Takes lines about what is done.</param>
    /// <param name="cancellation">Stops starting.</param>
    /// <exception cref="InvalidOperationException">The log cannot be written, the port is taken or may not be used, or the folder for uploads is somebody else's or another server's.</exception>
    /// <exception cref="ArgumentException">The address is none of this computer's.</exception>
    public static async Task<MotionServer> StartAsync(IMotionMaker maker, ServerOptions options, Action<string> say, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(maker);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(say);
        var folder = options.KeepFolder is { } kept ? WorkFolder.OpenKept(kept) : WorkFolder.Open(options.WorkFolder);
        WebApplication? app = null;
        AccessLog? log = null;
        try
        {
            if (options.LogFile is { } file) log = new(file, say);
            var logger = new LineLogger(say);
            app = Build(maker, options, folder, say, logger, log);
            await app.StartAsync(cancellation);
            logger.Begin();
            return new(app, folder, log);
        }
        catch (Exception error)
        {
            if (app is not null) await app.DisposeAsync();
            if (log is not null) await log.DisposeAsync();
            folder.Dispose();
            if (CannotListen(error, options) is { } problem) throw problem;
            throw;
        }
    }

    /// <summary>Waits until the server is stopped, and then for the job that is being worked on (<see cref="ServerOptions.Grace"/>).</summary>
    /// <param name="cancellation">Stops it.</param>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using (var stopped = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _app.Lifetime.ApplicationStopping))
        {
            var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var registration = stopped.Token.Register(end.SetResult);
            await end.Task;
        }

        await _app.Services.GetRequiredService<JobQueue>().EndAsync(_app.Services.GetRequiredService<ServerOptions>().Grace);
        await _app.StopAsync(CancellationToken.None);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        if (_log is not null) await _log.DisposeAsync();
        _folder.Dispose();
    }

    private static WebApplication Build(IMotionMaker maker, ServerOptions options, WorkFolder folder, Action<string> say, LineLogger logger, AccessLog? log)
    {
        // No file of the folder it is started in, and no environment, changes what is let in.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = typeof(MotionServer).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(options.Address, options.Port);
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.MostOfAny + 1;
            kestrel.Limits.MaxConcurrentConnections = 512;
            kestrel.Limits.MinRequestBodyDataRate = new(options.LeastRate, TimeSpan.FromSeconds(10));
        });
        var services = builder.Services;
        services.AddRoutingCore();
        services.AddSingleton(options).AddSingleton(maker).AddSingleton(folder).AddSingleton(say);
        services.AddSingleton<JobFeed>();
        services.AddSingleton<JobQueue>().AddHostedService(provider => provider.GetRequiredService<JobQueue>());
        services.Configure<HostFilteringOptions>(filter =>
        {
            filter.AllowedHosts = [.. AllowedHosts(options)];
            filter.AllowEmptyHosts = false;
            filter.IncludeFailureMessage = false;
        });
        services.ConfigureHttpJsonOptions(json =>
        {
            json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase));
            json.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        });
        services.AddClientLimits(options);
        services.AddProblemDetails();
        services.AddOpenApi();
        services.AddHealthChecks();
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Error).AddProvider(logger));

        var app = builder.Build();
        if (options.Proxies.Count > 0) app.UseForwardedHeaders(Forwarded(options.Proxies));
        log?.Use(app);
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseHostNames();
        app.UseGuards();

        // Before the token is asked for, so that nobody tries many.
        app.UseRateLimiter();
        if (options.Token is { } token) new AccessToken(token).Guard(app);
        app.UseRouting();
        app.MapJobs();
        app.MapLimits();
        app.MapPage();
        app.MapOpenApi();
        app.MapHealthChecks("/health");
        return app;
    }

    // Through as many proxies as there are, as long as each is one of them; of what others claim nothing is believed.
    private static ForwardedHeadersOptions Forwarded(IReadOnlyList<System.Net.IPNetwork> proxies)
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in proxies) options.KnownIPNetworks.Add(proxy);
        return options;
    }

    private static Exception? CannotListen(Exception error, ServerOptions options)
    {
        for (var cause = error; cause is not null; cause = cause.InnerException)
        {
            switch ((cause as SocketException)?.SocketErrorCode)
            {
                case SocketError.AddressAlreadyInUse: return new InvalidOperationException($"Port {options.Port} of {options.Address}: another program listens there already; another port is needed.", error);
                case SocketError.AccessDenied: return new InvalidOperationException($"Port {options.Port} of {options.Address}: this user may not listen there; ports from 1024 on are free for everybody.", error);
                case SocketError.AddressNotAvailable: return new ArgumentException($"{options.Address}: is no address of this computer.", error);
            }
        }

        return null;
    }

    // A name that somebody else's DNS points at this computer must not open the door (DNS rebinding).
    private static IEnumerable<string> AllowedHosts(ServerOptions options)
    {
        string[] own = ["localhost", "127.0.0.1", "[::1]"];
        var address = options.Address.Equals(IPAddress.Any) || options.Address.Equals(IPAddress.IPv6Any) ? null
            : options.Address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[{options.Address}]" : options.Address.ToString();
        return own.Concat(options.HostNames).Concat(address is null ? [] : [address]).Distinct(StringComparer.OrdinalIgnoreCase);
    }
}
