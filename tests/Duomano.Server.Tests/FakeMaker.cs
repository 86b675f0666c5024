using Duomano.Core.Files;
using Duomano.Core.Jobs;
using Duomano.Core.Music;

namespace Duomano.Server.Tests;

/// <summary>
/// Makes files that say what was uploaded; waits, fails or refuses when it is told to by the upload's name. A file that may be a video is
/// one where its name begins with "film".
/// </summary>
internal sealed class FakeMaker : IMotionMaker, IDisposable
{
    private readonly ManualResetEventSlim _gate = new(true);
    private int _made;

    public int Made => _made;

    public ManualResetEventSlim Started { get; } = new();

    /// <summary>A .csv file, which never becomes ready, is being written.</summary>
    public ManualResetEventSlim Writing { get; } = new();

    /// <summary>How often the writing of a .csv file was stopped.</summary>
    public SemaphoreSlim Stopped { get; } = new(0);

    /// <summary>Lets jobs whose name begins with "wait" wait until <see cref="Open"/>.</summary>
    public void Close() => _gate.Reset();

    public void Open() => _gate.Set();

    public IReadOnlyList<string> Styles { get; } = ["person", "calm"];

    public VideoUse? Inspect(JobInput input, CancellationToken cancellation)
    {
        if (input.Name == "broken") throw new UnreadableFileException(input.Path, "track 2", "ends in the middle of an event");
        return input.Kind.MayBeVideo() && input.Name.StartsWith("film", StringComparison.Ordinal) ? input.Video ?? VideoUse.Watch : null;
    }

    public MadeMotion Make(JobInput input, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        Started.Set();
        progress.Report(new("listening", 0.25));
        if (input.Name == "fails") throw new UnreadableFileException(input.Path, "", "has no sound");
        if (input is { Name: "film without hands", Video: VideoUse.Watch }) throw new UnreadableFileException(input.Path, "", "no hands are seen in it");
        if (input.Name == "leaks model") throw new UnreadableFileException("/opt/duomano/models/duomano-small/config.json", "", "is missing");
        if (input.Name == "leaks folder") throw new InvalidOperationException($"{input.Path}: ffmpeg cannot write it ({Path.GetDirectoryName(input.Path)}/motion.mp4: No space left)");
        if (input.Name == "needs ffmpeg") throw new InvalidOperationException($"cannot read {input.Path}: it needs ffmpeg (audio/mpeg and/or others)");
        if (input.Name == "crashes") throw new NotSupportedException("secret");
        if (input.Name.StartsWith("wait for the rest", StringComparison.Ordinal)) progress.Report(new("almost done", 1));
        if (input.Name.StartsWith("wait", StringComparison.Ordinal)) _gate.Wait(cancellation);
        progress.Report(new("moving the hands", 0.75));
        Interlocked.Increment(ref _made);
        return Motion(input, $"{input.Kind} of {new FileInfo(input.Path).Length} bytes");
    }

    public MadeMotion Restore(JobInput input, string folder) => Motion(input, File.ReadAllText(Path.Combine(folder, "kept.txt")));

    private MadeMotion Motion(JobInput input, string text)
    {
        return new()
        {
            Title = $"Piece: {input.Name}{(input.Style is null or "person" ? "" : $", {input.Style}")}",
            Seconds = 12.5,
            Notes = input.Name switch { "one note" => 1, "no notes" => 0, _ => 34 },
            Report = input.Video == VideoUse.Watch ? ["left hand: seen in 98 % of the frames"] : [],
            Unneeded = input.Video == VideoUse.Watch ? [input.Path] : [],
            Keep = (folder, _) => File.WriteAllText(Path.Combine(folder, "kept.txt"), text),
            Endings = [".html", ".glb", ".mid", ".csv"],
            Write = (path, unwanted) =>
            {
                if (Path.GetExtension(path) == ".csv") WaitUntil(unwanted);
                File.WriteAllText(path, Path.GetExtension(path) == ".html" ? $"<!doctype html><title>x</title><p id=hands>{text}" : text);
            },
        };
    }

    // Writing that has no end but being stopped.
    private void WaitUntil(CancellationToken unwanted)
    {
        Writing.Set();
        try
        {
            if (!unwanted.WaitHandle.WaitOne(RunningServer.Patience)) throw new TimeoutException("nobody stopped the writing");
            unwanted.ThrowIfCancellationRequested();
        }
        finally
        {
            Stopped.Release();
        }
    }

    public void Dispose()
    {
        _gate.Dispose();
        Started.Dispose();
        Writing.Dispose();
        Stopped.Dispose();
    }
}
