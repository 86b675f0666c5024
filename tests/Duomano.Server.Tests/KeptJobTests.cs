using System.Net;
using Duomano.Tests;

namespace Duomano.Server.Tests;

/// <summary>What a server knows of the jobs of the one before it.</summary>
public sealed class KeptJobTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Jobs => _folder.PathOf("jobs");

    // What the next server finds where one is killed now.
    private string Killed(string name)
    {
        var copy = _folder.PathOf(name);
        foreach (var file in Directory.GetFiles(Jobs, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.None }).Where(file => Path.GetFileName(file) != "lock"))
        {
            var to = Path.Combine(copy, Path.GetRelativePath(Jobs, file));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(file, to);
        }

        return copy;
    }

    [Fact]
    public async Task After_a_kill_the_finished_ones_are_there_and_the_others_are_made()
    {
        JobView done, failed, running, waiting;
        string copy;
        await using (var first = await RunningServer.StartAsync(new() { KeepFolder = Jobs }))
        {
            first.Maker.Close();
            done = (await first.FollowAsync((await RunningServer.JobOf(await first.UploadAsync("finished.mid"))).Id))[^1];
            failed = (await first.FollowAsync((await RunningServer.JobOf(await first.UploadAsync("fails.mid"))).Id))[^1];
            Assert.Equal(HttpStatusCode.OK, (await first.Client.GetAsync($"/api/jobs/{done.Id}/files/mid")).StatusCode);
            var deleted = (await first.FollowAsync((await RunningServer.JobOf(await first.UploadAsync())).Id))[^1];
            Assert.Equal(HttpStatusCode.NoContent, (await first.Client.DeleteAsync($"/api/jobs/{deleted.Id}")).StatusCode);
            first.Maker.Started.Reset();
            running = await RunningServer.JobOf(await first.UploadAsync("wait a.mid"));
            Assert.True(first.Maker.Started.Wait(RunningServer.Patience));
            using var styled = new ByteArrayContent(RunningServer.Midi) { Headers = { ContentType = new("audio/midi") } };
            waiting = await RunningServer.JobOf(await first.Client.PostAsync("/api/jobs?name=wait%20b.mid&style=calm", styled));
            copy = Killed("killed");
        }

        // An upload that did not end, and a file that was being written.
        Directory.CreateDirectory(Path.Combine(copy, new string('a', 32)));
        await File.WriteAllBytesAsync(Path.Combine(copy, new string('a', 32), "input.mid"), RunningServer.Midi, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(copy, done.Id, ".motion.1-2.glb"), "half", TestContext.Current.CancellationToken);
        await using var second = await RunningServer.StartAsync(new() { KeepFolder = copy });
        var told = await second.ListAsync();
        Assert.Equal([done.Id, failed.Id, running.Id, waiting.Id], told.Select(job => job.Id));
        Assert.Equivalent(done, told[0]);
        Assert.Equivalent(failed, told[1]);
        Assert.Equal(JobState.Done, (await second.FollowAsync(running.Id))[^1].State);
        var last = (await second.FollowAsync(waiting.Id))[^1];
        Assert.Equal((JobState.Done, "Piece: wait b, calm"), (last.State, last.Name));
        foreach (var format in (string[])["mid", "glb"])
        {
            Assert.Equal($"Midi of {RunningServer.Midi.Length} bytes", await second.Client.GetStringAsync($"/api/jobs/{done.Id}/files/{format}"));
        }

        Assert.Equal(2, second.Maker.Made);
        Assert.False(Directory.Exists(Path.Combine(copy, new string('a', 32))));
        Assert.Equal(["input.mid", "job.json", "kept.txt", "motion.glb", "motion.mid"], Directory.GetFiles(Path.Combine(copy, done.Id)).Select(Path.GetFileName).Order());
    }

    [Fact]
    public async Task A_server_that_ends_in_order_begins_again_with_what_it_was_at_and_with_no_others_folder()
    {
        string running;
        await using (var first = await RunningServer.StartAsync(new() { KeepFolder = Jobs }))
        {
            first.Maker.Close();
            running = (await RunningServer.JobOf(await first.UploadAsync("wait.mid"))).Id;
            Assert.True(first.Maker.Started.Wait(RunningServer.Patience));
            var taken = await Assert.ThrowsAsync<InvalidOperationException>(() => RunningServer.StartAsync(new() { KeepFolder = Jobs }));
            Assert.Equal($"{Jobs}: another server keeps its jobs there.", taken.Message);
            await first.StopAsync();
        }

        await using var second = await RunningServer.StartAsync(new() { KeepFolder = Jobs });
        Assert.Equal(JobState.Done, (await second.FollowAsync(running))[^1].State);
    }

    [Fact]
    public async Task What_ends_servers_is_not_begun_for_ever()
    {
        var folder = Jobs;
        string id;
        await using (var first = await RunningServer.StartAsync(new() { KeepFolder = Jobs }))
        {
            first.Maker.Close();
            id = (await RunningServer.JobOf(await first.UploadAsync("wait.mid"))).Id;
            Assert.True(first.Maker.Started.Wait(RunningServer.Patience));
            folder = Killed("killed 1");
        }

        Assert.Equal(1, KeptJob.Read(Path.Combine(folder, id))!.Attempts);
        (KeptJob.Read(Path.Combine(folder, id))! with { Attempts = 3 }).Write(Path.Combine(folder, id));
        await using var last = await RunningServer.StartAsync(new() { KeepFolder = folder });
        var told = await last.LookAsync(id);
        Assert.Equal((JobState.Failed, "The server ended 3 times while it was being made."), (told!.State, told.Message));
        Assert.Equal(0, last.Maker.Made);
    }

    [Fact]
    public async Task What_is_old_is_forgotten_and_a_watched_video_is_not_kept()
    {
        string id;
        await using (var first = await RunningServer.StartAsync(new() { KeepFolder = Jobs }))
        {
            id = (await RunningServer.JobOf(await first.UploadVideoAsync("film.mp4"))).Id;
            Assert.Equal(JobState.Done, (await first.FollowAsync(id))[^1].State);
            Assert.Empty(Directory.GetFiles(Path.Combine(Jobs, id), "input.*"));
        }

        var kept = KeptJob.Read(Path.Combine(Jobs, id))!;
        (kept with { EndedAt = kept.EndedAt - TimeSpan.FromHours(3) }).Write(Path.Combine(Jobs, id));
        await using (var patient = await RunningServer.StartAsync(new() { KeepFolder = Jobs, Keep = TimeSpan.FromHours(4) })) Assert.Single(await patient.ListAsync());
        await using var second = await RunningServer.StartAsync(new() { KeepFolder = Jobs, Keep = TimeSpan.FromHours(2) });
        Assert.Empty(await second.ListAsync());
        Assert.False(Directory.Exists(Path.Combine(Jobs, id)));
    }
}
