using System.Security.Cryptography;
using System.Threading.Channels;
using Duomano.Core.Files;
using Duomano.Core.Jobs;

namespace Duomano.Server;

/// <summary>What is happening to a job.</summary>
public enum JobState
{
    /// <summary>It waits for its turn.</summary>
    Queued,

    /// <summary>It is being worked on.</summary>
    Running,

    /// <summary>Its motion can be seen and downloaded.</summary>
    Done,

    /// <summary>It could not be done; the message says why.</summary>
    Failed,

    /// <summary>Somebody cancelled it.</summary>
    Cancelled,
}

/// <summary>A job as it is told to clients.</summary>
/// <param name="Id">Its name in addresses.</param>
/// <param name="Name">What the upload was called.</param>
/// <param name="State">What is happening to it.</param>
/// <param name="Stage">What is being done, for people.</param>
/// <param name="Progress">0 to 1.</param>
/// <param name="Message">Why it failed.</param>
/// <param name="Seconds">Length of the motion.</param>
/// <param name="Notes">Number of notes.</param>
/// <param name="Formats">Endings it can be downloaded as, without the dot; empty until it is done.</param>
/// <param name="HasPage">Whether the hands can be shown.</param>
/// <param name="Video">What is done with a video; null where the upload has no moving pictures.</param>
/// <param name="Report">What was found out on the way, a line a subject; empty until it is done.</param>
public sealed record JobView(
    string Id, string Name, JobState State, string Stage, double Progress, string? Message, double? Seconds, int? Notes, IReadOnlyList<string> Formats, bool HasPage,
    VideoUse? Video, IReadOnlyList<string> Report);

/// <summary>One upload on its way to motion.</summary>
internal sealed class Job : IAsyncDisposable
{
    // Only what is done is done.
    private const double MostBeforeEnd = 0.99;

    private readonly Lock _lock = new();
    private readonly List<Channel<JobView>> _watchers = [];
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _cancelled = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly SemaphoreSlim _writers;
    private readonly Action<JobView> _changed;
    private readonly Action<Job, JobView, MadeMotion?> _ending;
    private JobView _view;
    private Lazy<MadeMotion>? _motion;

    /// <summary>A job that waits for its turn.</summary>
    /// <param name="id">Its name in addresses.</param>
    /// <param name="number">Its place in the order of arrival.</param>
    /// <param name="folder">Where its files lie.</param>
    /// <param name="input">The upload.</param>
    /// <param name="writers">Lets files of all jobs be written, so many at a time.</param>
    /// <param name="changed">Told at every change.</param>
    /// <param name="ending">Told how it ends before anybody else is.</param>
    public Job(string id, long number, string folder, JobInput input, SemaphoreSlim writers, Action<JobView> changed, Action<Job, JobView, MadeMotion?> ending)
    {
        _ending = ending;
        Number = number;
        _writers = writers;
        _changed = changed;
        Folder = folder;
        Input = input;
        _view = new(id, input.Name, JobState.Queued, "waiting", 0, null, null, null, [], false, input.Video, []);
    }

    public string Id => _view.Id;

    public long Number { get; }

    public string Folder { get; }

    public JobInput Input { get; }

    /// <summary>How often it was begun, by servers before this one, too.</summary>
    public int Attempts { get; set; }

    /// <summary>Whose it is; null where that is not known any more.</summary>
    public System.Net.IPAddress? Client { get; init; }

    /// <summary>Whether it has one of the places in the queue.</summary>
    public bool HasPlace { get; init; }

    public CancellationToken Cancelled => _cancelled.Token;

    /// <summary>When it ended, by the clock of the process; null before.</summary>
    public long? EndedAt { get; private set; }

    public JobView View
    {
        get
        {
            lock (_lock) return _view;
        }
    }

    /// <summary>A name that nobody guesses.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public void Begin() => Change(view => view with { State = JobState.Running, Stage = "starting" });

    public void Report(JobProgress progress) =>
        Change(view => view.State == JobState.Running ? view with { Stage = progress.Stage, Progress = Math.Clamp(progress.Share, view.Progress, Math.Max(view.Progress, MostBeforeEnd)) } : view);

    public void Finish(MadeMotion motion)
    {
        _motion = new(() => motion);
        End(motion, view => view with
        {
            State = JobState.Done,
            Stage = "done",
            Name = motion.Title,
            Progress = 1,
            Seconds = motion.Seconds,
            Notes = motion.Notes,
            Formats = [.. motion.Endings.Select(ending => ending.TrimStart('.'))],
            HasPage = motion.Endings.Contains(".html"),
            Report = motion.Report,
        });
    }

    /// <summary>Lets a job of a server before this one be as it had ended.</summary>
    /// <param name="ended">How it had ended.</param>
    /// <param name="endedAt">When, by the clock of this process.</param>
    /// <param name="restore">Gets its motion back, when a format of it is first wanted that is not there.</param>
    public void Restore(JobView ended, long endedAt, Func<MadeMotion> restore)
    {
        lock (_lock) (_view, EndedAt) = (ended with { Id = _view.Id }, endedAt);

        // A failure is not kept: what is missing may be there when it is asked for again.
        if (ended.State == JobState.Done) _motion = new(restore, LazyThreadSafetyMode.PublicationOnly);
    }

    public void Fail(string message) => End(null, view => view with { State = JobState.Failed, Stage = "failed", Message = message });

    /// <summary>Asks for the end of the work; a job that still waits ends at once.</summary>
    public void Cancel()
    {
        lock (_lock)
        {
            if (EndedAt is not null) return;
        }

        _cancelled.Cancel();
        if (View.State == JobState.Queued) MarkCancelled();
    }

    public void MarkCancelled() => End(null, view => view with { State = JobState.Cancelled, Stage = "cancelled" });

    /// <summary>
    /// The file of a format, written when it is first asked for; null where there is no such format or no job any more.
    /// Who no longer waits for a file stops its being written; the next one who asks begins anew.
    /// </summary>
    public async Task<string?> FileAsync(string format, CancellationToken stopping, CancellationToken cancellation)
    {
        var ending = $".{format}";
        if (_motion is not { } motion || !View.Formats.Contains(format)) return null;
        var path = Path.Combine(Folder, $"motion{ending}");
        await _writing.WaitAsync(cancellation);
        try
        {
            if (_gone.IsCancellationRequested) return null;
            using var unwanted = CancellationTokenSource.CreateLinkedTokenSource(cancellation, stopping, _gone.Token);
            if (!File.Exists(path)) await WriteAsync(motion, path, unwanted.Token);
        }
        catch (OperationCanceledException) when (_gone.IsCancellationRequested || stopping.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            _writing.Release();
        }

        return path;
    }

    private async Task WriteAsync(Lazy<MadeMotion> motion, string path, CancellationToken unwanted)
    {
        await _writers.WaitAsync(unwanted);
        try
        {
            await Task.Run(() => WholeFile.WriteBeside(path, beside => motion.Value.Write(beside, unwanted)), unwanted);
        }
        finally
        {
            _writers.Release();
        }
    }

    /// <summary>How the job is now and at every change, until it ends; who reads slowly misses what is overtaken.</summary>
    public async IAsyncEnumerable<JobView> WatchAsync(CancellationToken stopping, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        var channel = Channel.CreateBounded<JobView>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        lock (_lock)
        {
            channel.Writer.TryWrite(_view);
            if (EndedAt is not null) channel.Writer.Complete();
            else _watchers.Add(channel);
        }

        // A server that ends closes the stream as if the job had ended.
        await using var ending = stopping.Register(() => channel.Writer.TryComplete());
        try
        {
            await foreach (var view in channel.Reader.ReadAllAsync(cancellation)) yield return view;
        }
        finally
        {
            lock (_lock) _watchers.Remove(channel);
        }
    }

    /// <summary>Ends all there is of the job and deletes its files, at once where nobody is writing one.</summary>
    public async ValueTask DisposeAsync()
    {
        // First, so that no server after this one finds a job with half of its files.
        KeptJob.Delete(Folder);
        MarkCancelled();
        await _gone.CancelAsync();
        await _writing.WaitAsync();
        try
        {
            WorkFolder.Delete(Folder);
        }
        finally
        {
            _writing.Release();
        }
    }

    private void End(MadeMotion? motion, Func<JobView, JobView> change) => Change(change, ends: true, motion);

    private void Change(Func<JobView, JobView> change, bool ends = false, MadeMotion? motion = null)
    {
        lock (_lock)
        {
            if (EndedAt is not null) return;
            var view = change(_view);
            if (ends) _ending(this, view, motion);
            _view = view;
            if (ends) EndedAt = Environment.TickCount64;
            _changed(_view);
            foreach (var watcher in _watchers)
            {
                watcher.Writer.TryWrite(_view);
                if (ends) watcher.Writer.TryComplete();
            }

            if (ends) _watchers.Clear();
        }
    }
}
