using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Contact;

/// <summary>
/// Puts the fingers of any motion on the keys it should play. The whole motion is solved for at once, see
/// <see cref="HandTrajectory"/>: it keeps its own gestures and departs from them as little as it can, while strokes go down
/// and come up in time, other keys are left alone, and no part of a hand penetrates another. Where strokes are missed all the same, the
/// kinematic pianist shows how they can be played.
/// </summary>
public static class ContactRefiner
{
    // Stretches of this length are solved one after the other, each beginning this much before the end of the one before.
    private const double StretchSeconds = 8;
    private const double OverlapSeconds = 1.5;

    // Frames before a stretch that it is tied to.
    private const int Tied = 3;

    // Steps towards the solution; the last ones put things in order.
    private const int Steps = 10;
    private const int LateSteps = 3;

    // What the first solution takes of the time; the rest is spent on what it leaves wrong.
    private const double SolutionShare = 0.8;

    /// <summary>Refines a clip.</summary>
    /// <param name="clip">Any motion, such as a network's.</param>
    /// <param name="notes">What it should play. Hands and fingers not given are those that the motion suggests.</param>
    /// <param name="options">How; null for the usual way.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <returns>A new clip; the given one is left as it is.</returns>
    public static ContactResult Refine(TwoHandClip clip, IReadOnlyList<Note> notes, ContactOptions? options = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(notes);
        options ??= ContactOptions.Default;
        if (clip.FrameCount == 0) return new(clip, [], 0, 0, 0);
        var fingered = SuggestedFingers.Complete([.. notes.Where(note => note.Onset < clip.Duration)], clip);
        var hands = clip.Skeletons.Map(HandIk.LikeRight);
        var size = Math.Clamp(clip.Skeletons.Right.Size, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        var style = options.Style with { HandSize = size, Build = clip.Skeletons.Right.Build ?? HandBuild.Average };
        var (strokes, unplayed) = StrokePlanner.Plan(fingered, hands.Right, style);
        cancellation.ThrowIfCancellationRequested();
        var playing = new HandsPlaying(hands, strokes, clip.FrameCount, clip.Fps);
        var given = PerHand.Create(side => HandState.Plausible(HandMirror.LikeRight(clip.Hands[side], side), hands[side], clip.Fps));
        var targets = PerHand.Create(side => playing.Targets(side, given[side], style));
        var tracks = Solved(given, playing, targets, options, progress, cancellation);
        var repair = new MotionRepair(tracks, playing.Times, hands, clip.Fps) { Targets = targets, Example = new PianistsExample(playing, style, clip.Skeletons) };
        repair.Solve(progress.Part(SolutionShare, 1), cancellation);
        progress?.Report(1);
        var result = new TwoHandClip(PerHand.Create(side => HandMirror.LikeRight(tracks[side], side)), clip.Skeletons, clip.Fps, NotesToPlay.NotesOf(strokes));
        var (joints, mean, largest) = Change(clip, result);
        var missed = MissedStrokes.Of(result, strokes);
        if (missed.Count > 0) result = new(result.Hands, result.Skeletons, result.Fps, [.. result.Notes.Except(missed)]);
        return new(result, unplayed, joints, mean, largest) { Missed = missed, Borrowed = repair.Borrowed };
    }

    private static PerHand<HandTrack> Solved(
        PerHand<HandTrack> given, HandsPlaying playing, PerHand<StrokeTargets> targets, ContactOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var frames = given.Left.FrameCount;
        // Motion of few frames a second is solved for in stretches that still go on.
        var stretch = Math.Min(frames, Math.Max(Tied * 4, (int)Math.Ceiling(StretchSeconds * playing.Fps)));
        var overlap = Math.Min(stretch / 2, (int)Math.Ceiling(OverlapSeconds * playing.Fps));
        var hand = PerHand.Create(side => new HandTrajectory(
            side, playing.Hands[side], given[side], playing.OnKeys(side, given[side], targets[side]), playing.Times[side], targets[side], playing.Fps, stretch));
        for (var start = 0; start < frames;)
        {
            var count = Math.Min(stretch, frames - start);
            var next = count == frames - start ? count : count - overlap;
            for (var i = 0; i < Steps; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(SolutionShare * (start + next * (i / (double)Steps)) / frames);
                RefinementStep step = new(i == 0, i >= Steps - LateSteps);
                HandSides.ForBoth(options.Threads, side => hand[side].UpdateGeometry(start, count));
                // Neither hand reads what the other one writes.
                HandSides.ForBoth(options.Threads, side => hand[side].Step(start, count, step, hand[side.Other()]));
            }

            start += next;
        }

        return hand.Map(own => own.ToTrack());
    }

    private static (double MeanJoint, double MeanWrist, double LargestWrist) Change(TwoHandClip before, TwoHandClip after)
    {
        var (joints, wrists, largest) = (0.0, 0.0, 0.0);
        HandPose a = new(), b = new();
        foreach (var side in HandSides.Both)
        {
            for (var frame = 0; frame < before.FrameCount; frame++)
            {
                before.Hands[side].GetPose(frame, a);
                after.Hands[side].GetPose(frame, b);
                double move = Vector3.Distance(a.Wrist, b.Wrist);
                wrists += move;
                largest = Math.Max(largest, move);
                for (var joint = 1; joint < HandJoint.Count; joint++)
                {
                    if (a.Rotations[joint] == b.Rotations[joint]) continue;
                    var turn = Quaternion.Conjugate(Rotation.FromAxisAngle(a.Rotations[joint])) * Rotation.FromAxisAngle(b.Rotations[joint]);
                    joints += Rotation.ToAxisAngle(turn).Length();
                }
            }
        }

        var count = 2.0 * before.FrameCount;
        return (joints / (count * (HandJoint.Count - 1)), wrists / count, largest);
    }
}
