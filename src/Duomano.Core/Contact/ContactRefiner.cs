using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>
/// Puts the fingers of any motion on the keys it should play. The whole motion is solved for at once, see
/// <see cref="HandTrajectory"/>: as near to the given one as it can be while it is smooth, strokes go down and come up in
/// time, other keys are left alone, and no flesh is in other flesh.
/// </summary>
public static class ContactRefiner
{
    // Stretches of this length are solved one after the other, each beginning this much before the end of the one before.
    private const double StretchSeconds = 8;
    private const double OverlapSeconds = 1.5;

    // Steps towards the solution: with each of the first the given motion counts for more, the last ones put things in order.
    private const int Steps = 12;
    private const int OrderlySteps = 4;
    private const int DoubtingRounds = 5;
    private const int DoubtingSteps = 7;
    private const double FirstShare = 0.3;
    private const double ShareGrowth = 1.4;

    // The pianist's example takes about so much of the time, and repair the rest from there on.
    private const double ExampleShare = 0.6;
    private const double Solved = 0.95;

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
        var hands = clip.Skeletons.Map(skeleton => new HandIk((skeleton.Side == HandSide.Left ? skeleton.Mirrored() : skeleton).Rigid));
        // Somebody who plays the same keys with the same fingers shows how it can be done.
        var size = Math.Clamp(clip.Skeletons.Right.Size, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        var style = PerformanceStyle.Neutral with { HandSize = size, Build = clip.Skeletons.Right.Build ?? HandBuild.Average, LiftHeight = options.LiftHeight };
        var example = KinematicPianist.Perform(fingered, style, clip.Duration, clip.Fps, clip.Skeletons.Right.Mano, progress.Part(0, ExampleShare), cancellation);
        var result = new TwoHandClip(Refined(clip, hands, example, options, progress, cancellation), clip.Skeletons, clip.Fps, example.Clip.Notes);
        var (joints, mean, largest) = Change(clip, result);
        return new(result, example.Unplayed, joints, mean, largest) { Missed = MissedStrokes.Of(result, example.Strokes) };
    }

    private static PerHand<HandTrack> Refined(TwoHandClip clip, PerHand<HandIk> hands, Performance example, ContactOptions options, IProgress<double>? progress, CancellationToken cancellation)
    {
        var stretch = Math.Min(clip.FrameCount, (int)Math.Ceiling(StretchSeconds * clip.Fps));
        var overlap = (int)Math.Ceiling(OverlapSeconds * clip.Fps);
        var times = example.Strokes.Map(strokes => new StrokeTimes(strokes, clip.FrameCount, clip.Fps));
        var hand = PerHand.Create(side => new HandTrajectory(
            side, hands[side], LikeRight(clip.Hands[side], side), example.Clip.Notes.Count > 0 ? LikeRight(example.Clip.Hands[side], side) : null,
            times[side], clip.Fps, stretch));
        for (var start = 0; start < clip.FrameCount;)
        {
            progress?.Report(ExampleShare + (Solved - ExampleShare) * start / clip.FrameCount);
            var count = Math.Min(stretch, clip.FrameCount - start);
            for (var i = 0; i < Steps; i++) Step(new(Math.Min(1, FirstShare * Math.Pow(ShareGrowth, i)), i == 0, i >= Steps - OrderlySteps), start, count);
            for (var round = 0; round < DoubtingRounds && (hand.Left.Doubt(start, count) | hand.Right.Doubt(start, count)); round++)
            {
                for (var i = 0; i < DoubtingSteps; i++) Step(new(1, i == 0, i >= DoubtingSteps - OrderlySteps), start, count);
            }

            start += count == clip.FrameCount - start ? count : count - overlap;
        }

        void Step(RefinementStep step, int start, int count)
        {
            cancellation.ThrowIfCancellationRequested();
            ForBoth(options.Threads, side => hand[side].Look(start, count));
            ForBoth(options.Threads, side => hand[side].Improve(start, count, step, hand[side.Other()]));
        }

        var tracks = hand.Map(own => own.ToTrack());
        new Clearing(tracks, times, hands, clip.Fps).Solve(progress.Part(Solved, 1), cancellation);
        progress?.Report(1);
        return PerHand.Create(side => LikeRight(tracks[side], side));
    }

    // Neither hand reads what the other one writes.
    private static void ForBoth(int threads, Action<HandSide> work)
    {
        if (threads > 1) Parallel.ForEach(HandSides.Both, work);
        else foreach (var side in HandSides.Both) work(side);
    }

    // A left hand as the right hand that is solved for, or back; a right hand stays as it is.
    private static HandTrack LikeRight(HandTrack track, HandSide side) => side == HandSide.Left ? HandMirror.Track(track) : track;

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
