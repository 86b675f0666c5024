using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Performing;

/// <summary>
/// Plays fingered notes with two hands, by kinematics alone: strokes are planned in time, each wrist takes a smooth path
/// through the places they ask for, each pad goes to its keys, and inverse kinematics bends the fingers.
/// </summary>
public static class KinematicPianist
{
    // Seconds kept after the last note.
    private const double Tail = 0.5;

    // How much of the work is done after planning, after preparing the hands and after bending the fingers; repair is the rest.
    private const double Planned = 0.1;
    private const double Prepared = 0.25;
    private const double Bent = 0.5;

    // From the playing hand to one that has nothing to play, metres.
    private const float IdleDistance = 0.30f;

    /// <summary>Performs notes.</summary>
    /// <param name="notes">Notes with hand and finger, in any order.</param>
    /// <param name="style">Who plays.</param>
    /// <param name="duration">Length of the clip, seconds; by default half a second longer than the notes.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="hands">Hands of one's own to play with; by default ours of the style's size.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration or frame rate is not positive and finite.</exception>
    public static Performance Perform(
        IReadOnlyList<Note> notes, PerformanceStyle style, double? duration = null, double fps = TwoHandClip.DefaultFps, PerHand<HandSkeleton>? hands = null,
        IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(style);
        if (duration is { } given && !(given > 0 && double.IsFinite(given)))
        {
            throw new ArgumentOutOfRangeException(nameof(duration), duration, "A duration is positive and finite.");
        }

        if (!(fps > 0 && double.IsFinite(fps))) throw new ArgumentOutOfRangeException(nameof(fps), fps, "A frame rate is positive and finite.");
        var length = duration ?? notes.Select(note => note.Offset).DefaultIfEmpty(0).Max() + Tail;
        var frames = Math.Max(1, (int)Math.Round(length * fps));

        var skeletons = hands ?? style.Hands;
        var solvers = skeletons.Map(HandIk.LikeRight);
        var postures = solvers.Map(solver => new NaturalPosture(solver, style));
        var (strokes, unplayed) = StrokePlanner.Plan(notes, solvers.Right, style);
        cancellation.ThrowIfCancellationRequested();
        var rests = strokes.MapWithOther(RestX);
        var plans = PosturePlan.Of(strokes, rests, skeletons.Right.Reach, frames, fps);
        var paths = PerHand.Create(side => new WristPath(strokes[side], plans[side], postures[side], style, frames, fps));
        HandClearance.Apply(paths, strokes, frames, fps);
        cancellation.ThrowIfCancellationRequested();
        progress?.Report(Planned);
        var performers = PerHand.Create(side => new HandPerformer(side, solvers[side], postures[side], strokes[side], paths[side], style, frames, fps));
        performers.Left.Prepare(progress: progress.Part(Planned, (Planned + Prepared) / 2), cancellation: cancellation);
        performers.Right.Prepare(progress: progress.Part((Planned + Prepared) / 2, Prepared), cancellation: cancellation);
        performers.Left.Bend(progress.Part(Prepared, (Prepared + Bent) / 2), cancellation);
        performers.Right.Bend(progress.Part((Prepared + Bent) / 2, Bent), cancellation);
        var tracks = performers.Map(performer => performer.Track());
        var playing = new HandsPlaying(solvers, strokes, frames, fps);
        var targets = PerHand.Create(side => playing.Targets(side, tracks[side], style));
        new MotionRepair(tracks, playing.Times, playing.Hands, fps) { Targets = targets }.Solve(progress.Part(Bent, 1), cancellation);
        progress?.Report(1);
        return new(new(new(HandMirror.Track(tracks.Left), tracks.Right), skeletons, fps, NotesToPlay.NotesOf(strokes)), [.. unplayed]) { Strokes = strokes };
    }

    // In each hand's own (right-hand) frame: an idle hand waits beside the other one.
    private static float RestX(List<Stroke> own, List<Stroke> other)
    {
        if (own.Count > 0) return own[0].Place.X;
        return other.Count > 0 ? IdleDistance - other.Average(stroke => stroke.Place.X) : IdleDistance / 2;
    }
}
