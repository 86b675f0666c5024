using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Duomano.Server;

/// <summary>
/// A line in a file for each request that has ended: time (UTC), client, method, path, status, bytes of the answer's body, milliseconds. Queries, which have
/// the names of uploads, and headers, which have the token, are not in it. The file is opened anew for what there is to write, so it may be moved away
/// at any time, and is locked meanwhile, so several servers may share it.
/// </summary>
internal sealed class AccessLog : IAsyncDisposable
{
    private const int LongestPath = 200;

    // Lines wait in memory while another process has the file; more than so many are dropped.
    private const int MostWaiting = 10_000;
    private const int MostTries = 50;

    private static readonly TimeSpan BeforeAgain = TimeSpan.FromMilliseconds(20);

    private readonly string _path;
    private readonly Action<string> _say;
    private readonly Channel<string> _lines = Channel.CreateBounded<string>(new BoundedChannelOptions(MostWaiting) { SingleReader = true, FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Task _writing;
    private bool _hasFailed;

    /// <summary>Opens it.</summary>
    /// <param name="path">The file, which is appended to.</param>
    /// <param name="say">Told once when it can no longer be written.</param>
    /// <exception cref="InvalidOperationException">It cannot be written.</exception>
    public AccessLog(string path, Action<string> say)
    {
        _path = Path.GetFullPath(path);
        _say = say;
        try
        {
            // Now, so that whoever starts the server is told.
            using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{path}: the log cannot be written there: {error.Message}", error);
        }

        _writing = Task.Run(WriteAsync);
    }

    public void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        var began = Stopwatch.GetTimestamp();
        var body = new CountingBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(body);
        try
        {
            await next(context);
        }
        finally
        {
            _lines.Writer.TryWrite(Line(context, DateTime.UtcNow, body.Count, Stopwatch.GetElapsedTime(began).TotalMilliseconds));
        }
    });

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        _lines.Writer.TryComplete();
        await _writing;
    }

    private static string Line(HttpContext context, DateTime at, long bytes, double milliseconds)
    {
        // As it is sent: no control character and no space is in it.
        var path = context.Request.Path.ToUriComponent();
        if (path.Length > LongestPath) path = $"{path[..LongestPath]}...";
        var client = context.Connection.RemoteIpAddress is { } address ? (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address) : IPAddress.None;
        return string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-ddTHH:mm:ss.fffZ} {client} {context.Request.Method} {path} {context.Response.StatusCode} {bytes} {milliseconds:0.0}\n");
    }

    private async Task WriteAsync()
    {
        while (await _lines.Reader.WaitToReadAsync())
        {
            var text = new StringBuilder();
            while (_lines.Reader.TryRead(out var line)) text.Append(line);
            await AppendAsync(Encoding.UTF8.GetBytes(text.ToString()));
        }
    }

    private async Task AppendAsync(byte[] text)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                // Whoever opens a file alone writes at its end.
                await using var file = new FileStream(_path, FileMode.Append, FileAccess.Write, FileShare.None, 0);
                await file.WriteAsync(text);
                return;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                if (tries < MostTries && error is not (DirectoryNotFoundException or UnauthorizedAccessException))
                {
                    await Task.Delay(BeforeAgain);
                    continue;
                }

                if (!_hasFailed) _say($"{_path}: the log cannot be written: {error.Message}");
                _hasFailed = true;
                return;
            }
        }
    }
}
