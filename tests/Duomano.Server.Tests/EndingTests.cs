using System.Net;
using Duomano.Tests;

namespace Duomano.Server.Tests;

/// <summary>A server that is told to end.</summary>
public sealed class EndingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_finishes_what_it_is_at_and_takes_and_begins_nothing_more()
    {
        string running, waiting;
        await using (var server = await RunningServer.StartAsync(new() { KeepFolder = _folder.PathOf("jobs"), Grace = RunningServer.Patience }))
        {
            server.Maker.Close();
            running = (await RunningServer.JobOf(await server.UploadAsync("wait 1.mid"))).Id;
            Assert.True(server.Maker.Started.Wait(RunningServer.Patience));
            waiting = (await RunningServer.JobOf(await server.UploadAsync("wait 2.mid"))).Id;
            using var end = new CancellationTokenSource();
            var run = server.RunAsync(end.Token);
            await end.CancelAsync();
            using var patience = new CancellationTokenSource(RunningServer.Patience);
            while (!server.Said.Any(line => line.StartsWith("Waiting up to 300 s", StringComparison.Ordinal))) await Task.Delay(5, patience.Token);
            using var refused = await server.UploadAsync("late.mid");
            Assert.Equal("The server is about to end; try again when it has been started again.", await RunningServer.ProblemOf(refused, HttpStatusCode.ServiceUnavailable));
            Assert.NotNull(refused.Headers.RetryAfter);
            Assert.False(run.IsCompleted);
            server.Maker.Open();
            await run;
            Assert.Equal(1, server.Maker.Made);
        }

        await using var next = await RunningServer.StartAsync(new() { KeepFolder = _folder.PathOf("jobs") });
        Assert.Equal(JobState.Done, (await next.LookAsync(running))!.State);
        Assert.Equal(JobState.Done, (await next.FollowAsync(waiting))[^1].State);
        Assert.Equal(1, next.Maker.Made);
    }

    [Fact]
    public async Task It_waits_no_longer_than_it_may()
    {
        await using var server = await RunningServer.StartAsync(new() { KeepFolder = _folder.PathOf("jobs"), Grace = TimeSpan.FromMilliseconds(100) });
        server.Maker.Close();
        var id = (await RunningServer.JobOf(await server.UploadAsync("wait.mid"))).Id;
        Assert.True(server.Maker.Started.Wait(RunningServer.Patience));
        await server.RunAsync(new CancellationToken(canceled: true)).WaitAsync(RunningServer.Patience);

        // The next server begins it again, as if this one had not.
        Assert.Equal((0, null), (KeptJob.Read(_folder.PathOf($"jobs/{id}"))!.Attempts, KeptJob.Read(_folder.PathOf($"jobs/{id}"))!.Ended));
    }
}
