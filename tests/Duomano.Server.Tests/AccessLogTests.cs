using System.Net;
using System.Text.RegularExpressions;
using Duomano.Tests;

namespace Duomano.Server.Tests;

/// <summary>The file that tells of every request.</summary>
public sealed partial class AccessLogTests : IDisposable
{
    private const string Token = "a-token-of-the-tests";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Log => _folder.PathOf("access.log");

    [Fact]
    public async Task A_line_tells_each_request_and_neither_names_nor_the_token()
    {
        await File.WriteAllTextAsync(Log, "before\n", TestContext.Current.CancellationToken);
        string id;
        long page;
        await using (var server = await RunningServer.StartAsync(new() { LogFile = Log, Token = Token }))
        {
            (await server.Client.GetAsync("/health")).Dispose();
            server.Client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
            id = (await RunningServer.JobOf(await server.UploadAsync("My secret piece.mid"))).Id;
            await server.FollowAsync(id);
            page = (await server.Client.GetByteArrayAsync($"/api/jobs/{id}/page")).Length;
            (await server.Client.GetAsync("/api/jobs/a%20b%0Ac?token=" + Token)).Dispose();
            (await server.Client.GetAsync("/" + new string('x', 1000))).Dispose();
        }

        var lines = await File.ReadAllLinesAsync(Log, TestContext.Current.CancellationToken);
        Assert.Equal("before", lines[0]);
        var told = lines[1..].Select(line =>
        {
            var match = Line().Match(line);
            Assert.True(match.Success, line);
            return (What: match.Groups["what"].Value, Status: match.Groups["status"].Value, Bytes: long.Parse(match.Groups["bytes"].Value, System.Globalization.CultureInfo.InvariantCulture));
        }).ToList();
        Assert.Equal(
            ["GET /health 401", "POST /api/jobs 201", $"GET /api/jobs/{id}/events 200", $"GET /api/jobs/{id}/page 200", "GET /api/jobs/a%20b%0Ac 404", $"GET /{new string('x', 199)}... 404"],
            told.Select(line => $"{line.What} {line.Status}"));
        Assert.Equal(page, told[3].Bytes);
        Assert.All(told, line => Assert.True(line.Bytes > 0, line.What));
        Assert.DoesNotContain(lines, line => line.Contains("secret", StringComparison.Ordinal) || line.Contains(Token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_servers_share_a_file_that_is_moved_away_and_no_line_is_lost()
    {
        const int Each = 200;
        await using (var first = await RunningServer.StartAsync(new() { LogFile = Log, MostRequests = int.MaxValue }))
        await using (var second = await RunningServer.StartAsync(new() { LogFile = Log, MostRequests = int.MaxValue }))
        {
            async Task AskAsync() => await Task.WhenAll(Enumerable.Range(0, Each).SelectMany(i => (RunningServer[])[first, second]).Select(async server => (await server.Client.GetAsync("/health")).Dispose()));
            await AskAsync();
            File.Move(Log, _folder.PathOf("access.log.1"));
            await AskAsync();
        }

        string[] lines = [.. await File.ReadAllLinesAsync(Log, TestContext.Current.CancellationToken), .. await File.ReadAllLinesAsync(_folder.PathOf("access.log.1"), TestContext.Current.CancellationToken)];
        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Equal(4 * Each, lines.Length);
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_is_told_at_once()
    {
        var log = _folder.PathOf("none/access.log");
        var told = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningServer.StartAsync(new() { LogFile = log }));
        Assert.StartsWith($"{log}: the log cannot be written there:", told.Message, StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z 127\.0\.0\.1 (?<what>[A-Z]+ /[\x21-\x7e]*) (?<status>\d{3}) (?<bytes>\d+) \d+\.\d$")]
    private static partial Regex Line();
}
