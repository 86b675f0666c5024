using System.Collections.Concurrent;
using System.Net;
using System.Net.ServerSentEvents;
using System.Threading.Channels;
using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Microsoft.Extensions.Hosting;

namespace Duomano.Server;

/// <summary>All jobs: a bounded line of those that wait, one that is worked on, and those that are kept for download.</summary>
internal sealed class JobQueue : BackgroundService
{
    // A job that servers ended with so often, as for want of memory, would end this one, too.
    private const int MostAttempts = 3;

    private readonly ServerOptions _options;
    private readonly IMotionMaker _maker;
    private readonly WorkFolder _folder;
    private readonly Action<string> _say;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly JobFeed _feed;
    private long _arrived;
    private readonly SemaphoreSlim _places;
    private readonly Dictionary<IPAddress, int> _each = [];
    private readonly SemaphoreSlim _uploads;
    private readonly SemaphoreSlim _writing;
    private readonly SemaphoreSlim _inspecting = new(1);
    private readonly Channel<Job> _line = Channel.CreateUnbounded<Job>(new UnboundedChannelOptions { SingleReader = true });
    private readonly ConcurrentDictionary<string, Job> _jobs = new();
    private readonly Lock _turn = new();
    private Task? _running;
    private volatile bool _isEnding;

    public JobQueue(ServerOptions options, IMotionMaker maker, WorkFolder folder, Action<string> say, JobFeed feed, IHostApplicationLifetime lifetime)
    {
        _options = options;
        _maker = maker;
        _folder = folder;
        _say = say;
        _lifetime = lifetime;
        _feed = feed;
        _places = new(options.MostWaiting);
        _uploads = new(options.MostUploads);
        _writing = new(options.MostWriting);
    }

    /// <summary>Is cancelled when the server ends; whoever waits for a job or a file need not any more.</summary>
    public CancellationToken Stopping => _lifetime.ApplicationStopping;

    /// <summary>Whether the server is about to end, and neither takes nor begins jobs any more.</summary>
    public bool IsEnding => _isEnding;

    /// <summary>Begins no job any more, and waits for the one that is being worked on.</summary>
    /// <param name="grace">How long.</param>
    public async Task EndAsync(TimeSpan grace)
    {
        Task? running;
        lock (_turn)
        {
            _isEnding = true;
            running = _running;
        }

        if (running is null or { IsCompleted: true } || grace <= TimeSpan.Zero) return;
        _say($"Waiting up to {grace.TotalSeconds:0.#} s for the piece that is being made; no others are taken.");
        await Task.WhenAny(running, Task.Delay(grace));
    }

    /// <summary>Places that are free.</summary>
    public int Free => _places.CurrentCount;

    /// <summary>In the order in which they came.</summary>
    public IEnumerable<Job> Jobs => _jobs.Values.OrderBy(job => job.Number);

    /// <summary>All jobs at every change.</summary>
    public IAsyncEnumerable<SseItem<JobView>> WatchAsync(CancellationToken cancellation) => _feed.WatchAsync(() => Jobs.Select(job => job.View), Stopping, cancellation);

    /// <summary>The styles that can be asked for.</summary>
    public IReadOnlyList<string> Styles => _maker.Styles;

    public Job? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>Whether one more upload may be received; whoever may ends it.</summary>
    public bool TryBeginUpload() => _uploads.Wait(0);

    public void EndUpload() => _uploads.Release();

    /// <summary>Whether a client may have one more upload or job; the one that it begins ends with the upload that becomes none, or with the job.</summary>
    public bool TryBeginFor(IPAddress client)
    {
        lock (_each)
        {
            var count = _each.GetValueOrDefault(client);
            if (count >= _options.MostEach) return false;
            _each[client] = count + 1;
            return true;
        }
    }

    public void EndFor(IPAddress client)
    {
        lock (_each)
        {
            if (--_each[client] == 0) _each.Remove(client);
        }
    }

    /// <summary>Takes a place for a job, which is to be added then.</summary>
    public bool TryReserve() => _places.Wait(0);

    /// <summary>Looks at an upload, after those that came before: a file of many notes takes much memory for a moment.</summary>
    /// <returns>The upload with what will be done with it.</returns>
    public async Task<JobInput> InspectAsync(JobInput input, CancellationToken cancellation)
    {
        await _inspecting.WaitAsync(cancellation);
        try
        {
            return input with { Video = await Task.Run(() => _maker.Inspect(input, cancellation), cancellation) };
        }
        finally
        {
            _inspecting.Release();
        }
    }

    public (string Id, string Folder) NewFolder()
    {
        var id = Job.NewId();
        return (id, _folder.ForJob(id));
    }

    public Job Add(string id, string folder, JobInput input, IPAddress client)
    {
        var job = NewJob(id, Interlocked.Increment(ref _arrived), folder, input, hasPlace: true, client);
        try
        {
            if (_folder.IsKept) KeptJob.Of(job).Write(folder);
        }
        catch
        {
            _places.Release();
            throw;
        }

        _jobs[id] = job;
        _feed.Tell(job.View);
        _line.Writer.TryWrite(job);
        return job;
    }

    /// <summary>Ends a job and forgets it.</summary>
    public bool Remove(string id)
    {
        if (!_jobs.TryGetValue(id, out var job)) return false;
        job.Cancel();
        KeptJob.Delete(job.Folder);

        // One that is being worked on is forgotten when the work has stopped.
        if (job.EndedAt is not null) Forget(job);
        return true;
    }

    public override void Dispose()
    {
        base.Dispose();
        _places.Dispose();
        _inspecting.Dispose();
        _uploads.Dispose();
        foreach (var job in _jobs.Values.Where(_ => !_folder.IsKept)) Forget(job);
    }

    /// <summary>Begins with the jobs of the server before this one, before anybody can ask for them.</summary>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (_folder.IsKept)
        {
            foreach (var (folder, kept) in _folder.JobFolders.Select(folder => (Folder: folder, Kept: KeptJob.Read(folder))).OrderBy(job => job.Kept?.Number).ToList())
            {
                if (kept is null) WorkFolder.Delete(folder);
                else Restore(folder, kept);
            }

            Tidy();
        }

        return base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var job in _line.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                if (job.EndedAt is not null) continue;
                lock (_turn)
                {
                    if (_isEnding) return;

                    // A thread of its own: the work never waits and would block one of the pool.
                    _running = Task.Factory.StartNew(() => Work(job, stoppingToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
                }

                await _running;
            }
            finally
            {
                if (job.HasPlace) _places.Release();
                Tidy();
            }
        }
    }

    private void Work(Job job, CancellationToken stopping)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stopping, job.Cancelled);
        var most = job.Input.Video == VideoUse.Watch ? _options.MostWatching : _options.MostWork;
        limit.CancelAfter(most);
        try
        {
            job.Begin();
            if (_folder.IsKept) (KeptJob.Of(job) with { Attempts = job.Attempts + 1 }).Write(job.Folder);
            var motion = _maker.Make(job.Input, new Reporter(job), limit.Token);
            if (_folder.IsKept) motion.Keep(job.Folder, limit.Token);
            job.Finish(motion);
            _say($"{job.Id[..8]}: done, {job.View.Seconds:0.0} s of music");
        }
        catch (OperationCanceledException) when (job.Cancelled.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            // The next server begins what nobody cancelled again, and this one did not end because of it.
            if (_folder.IsKept && !job.Cancelled.IsCancellationRequested) TryWrite(KeptJob.Of(job), job);
            else job.MarkCancelled();
        }
        catch (OperationCanceledException)
        {
            job.Fail($"It took longer than {most.TotalMinutes:0} minutes.");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            job.Fail(Problems.Describe(error, job.Input));
            _say($"{job.Id[..8]}: {(error is UnreadableFileException ? job.View.Message : error)}");
        }

        // Nobody needs a failed job's upload, and videos are large.
        if (job.View.State == JobState.Failed) WorkFolder.DeleteFile(job.Input.Path);
    }

    private Job NewJob(string id, long number, string folder, JobInput input, bool hasPlace, IPAddress? client = null) => new(id, number, folder, input, _writing, view => _feed.Tell(view), Record) { HasPlace = hasPlace, Client = client };

    // What was finished is on the disk before anybody is told, and nothing is deleted before that.
    private void Record(Job job, JobView view, MadeMotion? motion)
    {
        if (_folder.IsKept && view.State is JobState.Done or JobState.Failed)
        {
            var kept = KeptJob.Of(job) with { Ended = view, EndedAt = DateTimeOffset.UtcNow, Unneeded = [.. (motion?.Unneeded ?? []).Select(path => Path.GetFileName(path))] };
            if (view.State == JobState.Done) kept.Write(job.Folder);
            else TryWrite(kept, job);
        }

        foreach (var path in motion?.Unneeded ?? []) WorkFolder.DeleteFile(path);
        if (job.Client is { } client) EndFor(client);
    }

    private void TryWrite(KeptJob kept, Job job)
    {
        try
        {
            kept.Write(job.Folder);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            _say($"{job.Id[..8]}: the next server will not know how it ended: {error.Message}");
        }
    }

    private void Restore(string folder, KeptJob kept)
    {
        var id = Path.GetFileName(folder);
        _arrived = Math.Max(_arrived, kept.Number);
        foreach (var name in kept.Ended is null ? [] : kept.Unneeded) WorkFolder.DeleteFile(Path.Combine(folder, Path.GetFileName(name)));

        // What was being written when a server was killed has a name that begins with a dot.
        foreach (var path in Directory.GetFiles(folder, ".*")) WorkFolder.DeleteFile(path);
        var input = kept.Input(folder, _options);
        var job = NewJob(id, kept.Number, folder, input, hasPlace: kept.Ended is null && _places.Wait(0));
        job.Attempts = kept.Attempts;
        _jobs[id] = job;
        if (kept is { Ended: { } ended, EndedAt: { } at })
        {
            var age = Math.Max(0, (DateTimeOffset.UtcNow - at).TotalMilliseconds);
            job.Restore(ended, Environment.TickCount64 - (long)age, () => _maker.Restore(input, folder));
        }
        else if (kept.Attempts >= MostAttempts)
        {
            job.Fail($"The server ended {kept.Attempts} times while it was being made.");
        }
        else
        {
            _line.Writer.TryWrite(job);
        }
    }

    // Forgets what has been kept long enough.
    private void Tidy()
    {
        var ended = _jobs.Values.Where(job => job.EndedAt is not null).OrderByDescending(job => job.EndedAt).ToList();
        var oldest = Environment.TickCount64 - (long)_options.Keep.TotalMilliseconds;
        foreach (var job in ended.Where((job, i) => i >= _options.MostKept || job.EndedAt < oldest || job.View.State == JobState.Cancelled)) Forget(job);
    }

    private void Forget(Job job)
    {
        if (!_jobs.TryRemove(job.Id, out _)) return;
        _ = job.DisposeAsync().AsTask();
        _feed.Tell(job.View, gone: true);
    }

    private sealed class Reporter(Job job) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => job.Report(value);
    }
}
