using Duomano.Cli.Watching;
using Duomano.Core.Jobs;
using Duomano.Core.Music;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Server;
using Duomano.Vision.Hands;
using Duomano.Vision.Watching;

namespace Duomano.Cli.Serving;

/// <summary>Watches uploaded videos, as the command watch does.</summary>
/// <param name="model">The model that listens.</param>
/// <param name="threads">Threads to work with.</param>
/// <param name="handSize">Size of the hands; null to measure it.</param>
/// <param name="avatar">Who plays with the whole body; null for hands alone.</param>
internal sealed class UploadedVideo(string model, int threads, float? handSize, AvatarChoice? avatar)
{
    /// <summary>What will be done with a file; null where it has no moving pictures.</summary>
    /// <exception cref="Core.Files.UnreadableFileException">It is too long.</exception>
    public static VideoUse? Inspect(JobInput input, CancellationToken cancellation)
    {
        if (!input.Kind.MayBeVideo() || !VideoReader.HasMovingPictures(input.Path, cancellation)) return null;
        if (VideoReader.Seconds(input.Path, cancellation) is { } seconds) UploadLimits.CheckLength(input, seconds);

        // Whoever asked for it is told why it cannot be done; whoever did not is listened to.
        return input.Video ?? (BundledNetworks.AreAvailable ? VideoUse.Watch : VideoUse.Listen);
    }

    /// <summary>Watches a video and offers its motion.</summary>
    public MadeMotion Watch(JobInput input, IProgress<JobProgress> progress, CancellationToken cancellation)
    {
        BundledNetworks.EnsureAvailable(input.Path);
        var hasSound = AudioFile.HasSound(input.Path);
        var job = new JobStages(progress, [.. hasSound ? [Stages.Listening] : Array.Empty<JobStage>(), Stages.Looking, Stages.SolvingSeen]);

        // Files need not say how long they are, so a little more than is allowed is read.
        var options = new WatchOptions { HandSize = handSize, Threads = threads, Length = input.MostSeconds + 1 };
        var notes = hasSound ? Listen(input, job.Begin(Stages.Listening.Name), cancellation) : new Score([]);
        var seen = VideoWatcher.See(input.Path, options, job.Begin(Stages.Looking.Name), cancellation);
        UploadLimits.CheckLength(input, seen.Duration);
        var watched = VideoWatcher.Solve(input.Path, seen, notes, hasSound, options, job.Begin(Stages.SolvingSeen.Name), cancellation);
        var sound = KeptSound.InsteadOf(input, hasSound, cancellation);
        job.Finish();
        var piece = new PlayedPiece(new Score(watched.Score.Notes, watched.Score.Pedal, input.Name), sound, 0, null, threads, Avatar: avatar) { IsSilent = !hasSound };
        return MotionDownloads.Of(avatar?.Onto(watched.Clip, threads, cancellation) ?? watched.Clip, piece) with { Report = [.. Report(watched, hasSound)], Unneeded = [input.Path] };
    }

    private Score Listen(JobInput input, JobStages.StageProgress stage, CancellationToken cancellation)
    {
        var heard = MusicInput.Read(input.Path, 0, null, model, threads, (seconds, whole) =>
        {
            UploadLimits.CheckLength(input, seconds);
            stage.Report(MusicInput.HeardShare(seconds, whole), $"listening, {seconds:0} s heard");
        }, cancellation: cancellation).Notes;
        UploadLimits.CheckNotes(input, heard);
        return heard;
    }

    private static IEnumerable<string> Report(WatchedVideo watched, bool hasSound)
    {
        foreach (var line in WatchReport.Lines(watched, hasSound))
        {
            // In a page there are no columns.
            var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            yield return string.Join(": ", parts);
        }

        if (!hasSound) yield return "sound: it has none, so nobody knows its notes";
        if (watched.Seen.Problem is not null) yield return $"damage: it could be read for {watched.Seen.Duration:0.0} s only";
    }
}
