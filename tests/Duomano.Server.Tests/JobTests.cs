using System.Net;

namespace Duomano.Server.Tests;

/// <summary>From upload to download.</summary>
public class JobTests
{
    [Fact]
    public async Task An_upload_becomes_files_to_download()
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadAsync("Für Elise.mid"));
        var told = await server.FollowAsync(job.Id);
        var done = told[^1];
        Assert.Equal(JobState.Done, done.State);
        Assert.Equal(("Piece: Für Elise", 1, 12.5, 34), (done.Name, done.Progress, done.Seconds, done.Notes));
        Assert.Equal(["html", "glb", "mid", "csv"], done.Formats);
        Assert.True(done.HasPage);
        Assert.Equal(told.Select(view => view.Progress), told.Select(view => view.Progress).Order());

        using var file = await server.Client.GetAsync($"/api/jobs/{job.Id}/files/glb");
        Assert.Equal($"Midi of {RunningServer.Midi.Length} bytes", await file.Content.ReadAsStringAsync());
        Assert.Equal("attachment", file.Content.Headers.ContentDisposition?.DispositionType);
        using var page = await server.Client.GetAsync($"/api/jobs/{job.Id}/page");
        Assert.Equal("text/html", page.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("sandbox allow-scripts;", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        await RunningServer.ProblemOf(await server.Client.GetAsync($"/api/jobs/{job.Id}/files/exe"), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_failure_is_told_in_one_line_with_the_senders_name_for_the_file()
    {
        await using var server = await RunningServer.StartAsync();
        var failed = (await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync("fails.mid"))).Id))[^1];
        Assert.Equal((JobState.Failed, "fails: has no sound"), (failed.State, failed.Message));
        var crashed = (await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync("crashes.mid"))).Id))[^1];
        Assert.Equal(JobState.Failed, crashed.State);
        Assert.DoesNotContain("secret", crashed.Message, StringComparison.Ordinal);
        Assert.Equal("broken: track 2: ends in the middle of an event", await RunningServer.ProblemOf(await server.UploadAsync("broken.mid"), HttpStatusCode.UnprocessableEntity));
        Assert.Equal(2, server.JobFolders.Length);
    }

    [Theory]
    [InlineData("leaks model", "It could not be made; the server's messages say more.")]
    [InlineData("leaks folder", "It could not be made; the server's messages say more.")]
    [InlineData("needs ffmpeg", "cannot read needs ffmpeg: it needs ffmpeg (audio/mpeg and/or others)")]
    public async Task No_failure_tells_where_things_lie_on_this_computer(string name, string told)
    {
        await using var server = await RunningServer.StartAsync();
        var failed = (await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync($"{name}.mid"))).Id))[^1];
        Assert.Equal((JobState.Failed, told), (failed.State, failed.Message));
    }

    [Fact]
    public async Task Jobs_are_cancelled_while_they_wait_and_while_they_run()
    {
        await using var server = await RunningServer.StartAsync();
        server.Maker.Close();
        var running = await RunningServer.JobOf(await server.UploadAsync("wait 1.mid"));
        Assert.True(server.Maker.Started.Wait(RunningServer.Patience));
        var waiting = await RunningServer.JobOf(await server.UploadAsync("wait 2.mid"));
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/jobs/{waiting.Id}")).StatusCode);
        Assert.Null(await server.LookAsync(waiting.Id));
        var told = server.FollowAsync(running.Id);
        Assert.Equal(HttpStatusCode.NoContent, (await server.Client.DeleteAsync($"/api/jobs/{running.Id}")).StatusCode);
        Assert.Equal(JobState.Cancelled, (await told)[^1].State);

        // The line goes on.
        Assert.Equal(JobState.Done, (await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync())).Id))[^1].State);
        Assert.Single(server.JobFolders);
        Assert.Equal(1, server.Maker.Made);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_file_nobody_waits_for_is_not_written_to_its_end(bool deleted)
    {
        await using var server = await RunningServer.StartAsync();
        var job = await RunningServer.JobOf(await server.UploadAsync());
        await server.FollowAsync(job.Id);
        using var hangUp = new CancellationTokenSource();
        var download = server.Client.GetAsync($"/api/jobs/{job.Id}/files/csv", hangUp.Token);
        Assert.True(server.Maker.Writing.Wait(RunningServer.Patience));
        if (deleted) await server.Client.DeleteAsync($"/api/jobs/{job.Id}");
        else await hangUp.CancelAsync();
        Assert.True(await server.Maker.Stopped.WaitAsync(RunningServer.Patience));
        if (deleted)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await download).StatusCode);
            await server.WaitForFoldersAsync(0);
            return;
        }

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => download);
        using var other = await server.Client.GetAsync($"/api/jobs/{job.Id}/files/glb");
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Fact]
    public async Task Only_so_many_files_are_written_at_a_time()
    {
        await using var server = await RunningServer.StartAsync(new() { MostWriting = 1 });
        var jobs = new List<JobView>();
        for (var i = 0; i < 2; i++)
        {
            jobs.Add(await RunningServer.JobOf(await server.UploadAsync()));
            await server.FollowAsync(jobs[i].Id);
        }

        using var hangUp = new CancellationTokenSource();
        var first = server.Client.GetAsync($"/api/jobs/{jobs[0].Id}/files/csv", hangUp.Token);
        Assert.True(server.Maker.Writing.Wait(RunningServer.Patience));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(300));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => server.Client.GetAsync($"/api/jobs/{jobs[1].Id}/files/glb", patience.Token));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        using var second = await server.Client.GetAsync($"/api/jobs/{jobs[1].Id}/files/glb");
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
    }

    [Fact]
    public async Task One_stream_tells_of_all_jobs_in_the_order_in_which_they_came_and_of_those_that_go()
    {
        await using var server = await RunningServer.StartAsync();
        server.Maker.Close();
        var jobs = new List<JobView>();
        for (var i = 0; i < 10; i++) jobs.Add(await RunningServer.JobOf(await server.UploadAsync($"wait {i}.mid")));
        Assert.Equal(jobs.Select(job => job.Id), (await server.ListAsync()).Select(job => job.Id));
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        var (order, done, gone) = (new List<string>(), new HashSet<string>(), new HashSet<string>());
        await foreach (var (what, job) in server.WatchAsync(patience.Token))
        {
            if (!order.Contains(job.Id)) order.Add(job.Id);
            if (order.Count == 10) server.Maker.Open();
            if (what == "gone")
            {
                gone.Add(job.Id);
                if (gone.Count == 10) break;
            }
            else if (job.State == JobState.Done && done.Add(job.Id))
            {
                await server.Client.DeleteAsync($"/api/jobs/{job.Id}", patience.Token);
            }
        }

        Assert.Equal(jobs.Select(job => job.Id), order);
        Assert.Equal(10, done.Count);
    }

    [Fact]
    public async Task Streams_end_with_the_server()
    {
        var server = await RunningServer.StartAsync();
        server.Maker.Close();
        var job = await RunningServer.JobOf(await server.UploadAsync("wait.mid"));
        var told = server.FollowAsync(job.Id);
        using var patience = new CancellationTokenSource(RunningServer.Patience);
        var all = server.WatchAsync(patience.Token).GetAsyncEnumerator(patience.Token);
        Assert.True(await all.MoveNextAsync());
        await server.StopAsync();
        await told;
        while (await all.MoveNextAsync())
        {
        }

        await server.DisposeAsync();
    }

    [Fact]
    public async Task Nothing_is_all_done_before_it_is()
    {
        await using var server = await RunningServer.StartAsync();
        server.Maker.Close();
        var job = await RunningServer.JobOf(await server.UploadAsync("wait for the rest.mid"));
        using var patience = new CancellationTokenSource(RunningServer.Patience);
        await foreach (var (_, view) in server.WatchAsync(patience.Token))
        {
            Assert.True(view.State == JobState.Done || view.Progress < 1, $"{view.Stage} {view.Progress}");
            if (view.Stage == "almost done") server.Maker.Open();
            if (view.State == JobState.Done) break;
        }

        Assert.Equal(1, (await server.LookAsync(job.Id))!.Progress);
    }

    [Fact]
    public async Task Work_has_an_end()
    {
        await using var server = await RunningServer.StartAsync(new() { MostWork = TimeSpan.FromMilliseconds(50) });
        server.Maker.Close();
        var late = (await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync("wait.mid"))).Id))[^1];
        Assert.Equal(JobState.Failed, late.State);
        Assert.Contains("longer than", late.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_so_many_finished_jobs_are_kept()
    {
        await using var server = await RunningServer.StartAsync(new() { MostKept = 3 });
        for (var i = 0; i < 20; i++) await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync($"{i}.mid"))).Id);

        // The last one's turn to tidy up comes just after its end is told.
        Assert.InRange((await server.ListAsync()).Count, 3, 4);
        Assert.InRange(server.JobFolders.Length, 3, 4);
        Assert.Contains(await server.ListAsync(), job => job.Name == "Piece: 19");
    }

    [Fact]
    public async Task A_hundred_at_once_are_taken_or_told_to_come_back_and_none_is_lost()
    {
        await using var server = await RunningServer.StartAsync(new() { MostWaiting = 16, MostEach = 100, MostKept = 100 });
        server.Maker.Close();
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => server.UploadAsync($"wait {i}.mid")));
        var taken = answers.Where(answer => answer.StatusCode == HttpStatusCode.Created).ToList();
        Assert.Equal(16, taken.Count);
        foreach (var refused in answers.Except(taken))
        {
            await RunningServer.ProblemOf(refused, HttpStatusCode.ServiceUnavailable);
            Assert.NotNull(refused.Headers.RetryAfter);
        }

        server.Maker.Open();
        foreach (var answer in taken) Assert.Equal(JobState.Done, (await server.FollowAsync((await RunningServer.JobOf(answer)).Id))[^1].State);
        Assert.Equal(16, server.Maker.Made);
        Assert.Equal(16, server.JobFolders.Length);
        Assert.Equal(JobState.Done, (await server.FollowAsync((await RunningServer.JobOf(await server.UploadAsync())).Id))[^1].State);
    }
}
