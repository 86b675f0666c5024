using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Jobs;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Contact;

/// <summary>The motion of two whole hands, solved for from points that a camera saw from above.</summary>
/// <param name="Clip">The motion; its notes are those that are struck, with hand and finger.</param>
/// <param name="Unplayed">Notes of the recording that no finger was near to.</param>
public sealed record RecordedMotion(TwoHandClip Clip, IReadOnlyList<Note> Unplayed)
{
    private const int Steps = 15;
    private const int LateSteps = 3;

    // Stretches of this length are solved one after the other, each beginning this much before the end of the one before.
    private const double StretchSeconds = 40;
    private const double OverlapSeconds = 3;

    // What the solution takes of the time; the rest is spent on what it leaves wrong.
    private const double SolutionShare = 0.8;

    // What counts as a mistake of the tracking at the first and at the last step, metres.
    private const double FirstMistake = 0.1;
    private const double LastMistake = 0.02;

    /// <summary>
    /// Solves for a recording (trajectory optimisation, see <see cref="HandTrajectory"/>): wrist and fingertips appear where
    /// they were seen, pads press the keys of their notes, unused fingers are at usual heights, joints within their limits,
    /// no collisions, little jerk.
    /// </summary>
    /// <param name="episode">The recording.</param>
    /// <param name="pianist">The pianist's right hand; null for the usual one.</param>
    /// <param name="camera">The camera; null for <see cref="OverheadCamera.Recorded"/>.</param>
    /// <param name="threads">Threads; from two on, both hands are solved for at once.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops the work soon.</param>
    /// <returns>A clip of 30 frames a second, as long as the recording.</returns>
    public static RecordedMotion Solve(
        RecordedEpisode episode, HandSkeleton? pianist = null, OverheadCamera? camera = null, int threads = 1, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(episode);
        camera ??= OverheadCamera.Recorded;
        const double Fps = TwoHandClip.DefaultFps;
        var frames = Math.Max(1, (int)Math.Round(episode.FrameCount * Fps / episode.Fps));
        pianist ??= HandSkeleton.Create(HandSide.Right);
        var hand = new HandIk(pianist);
        var posture = new NaturalPosture(hand, PerformanceStyle.Neutral with { HandSize = pianist.Size });
        var (strokes, unplayed) = RecordedStrokes.Of(episode);
        var times = strokes.Map(own => new StrokeSchedule(own, frames, Fps));
        var stretch = Math.Min(frames, (int)(StretchSeconds * Fps));
        var trajectories = PerHand.Create(side =>
        {
            var observed = new ObservedHand(episode, side, camera, strokes[side], times[side], frames, Fps);
            var (prior, start) = Start(observed, hand, posture, times[side], frames);
            return new HandTrajectory(side, hand, prior, start, times[side], observed.Targets, Fps, stretch) { Observed = observed };
        });
        SolveStretches(trajectories, frames, stretch, threads, progress.Part(0, SolutionShare), cancellation);
        var tracks = trajectories.Map(trajectory => trajectory.ToTrack());
        new MotionRepair(tracks, times, new(hand, hand), Fps).Solve(progress.Part(SolutionShare, 1), cancellation);
        return new(new(new(HandMirror.Track(tracks.Left), tracks.Right), new(pianist.Mirrored(), pianist), Fps, NotesToPlay.NotesOf(strokes)) { Seen = episode.Trust is null ? null : trajectories.Map(trajectory => trajectory.Observed!.IsSeen) }, unplayed);
    }

    // One stretch after the other, each tied to the end of the one before.
    private static void SolveStretches(PerHand<HandTrajectory> trajectories, int frames, int stretch, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        for (var start = 0; start < frames;)
        {
            var count = Math.Min(stretch, frames - start);
            var next = count == frames - start ? count : count - (int)(OverlapSeconds * TwoHandClip.DefaultFps);
            for (var i = 0; i < Steps; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report((start + next * (i / (double)Steps)) / frames);
                var (from, step) = (start, new RefinementStep(i == 0, i >= Steps - LateSteps));
                foreach (var side in HandSides.Both)
                {
                    trajectories[side].Mistake = FirstMistake * Math.Pow(LastMistake / FirstMistake, Math.Min(1, 1.5 * i / Steps));
                    trajectories[side].UpdateGeometry(from, count);
                }

                // Neither hand reads what the other one writes.
                HandSides.ForBoth(threads, side => trajectories[side].Step(from, count, step, trajectories[side.Other()]));
            }

            start += next;
        }
    }

    // A resting hand below each seen one, and the same with its fingers bent to where they are seen.
    private static (HandTrack Prior, HandTrack Start) Start(ObservedHand observed, HandIk hand, NaturalPosture posture, StrokeSchedule times, int frames)
    {
        var (prior, start) = (new HandTrack(frames), new HandTrack(frames));
        var pose = new HandPose();
        for (var frame = 0; frame < frames; frame++)
        {
            var wrist = observed.Camera.PlaceAt(observed.Seen(frame, 0), posture.Height);
            var ahead = (observed.Seen(frame, 2) + observed.Seen(frame, 3) + observed.Seen(frame, 4)) / 3 - wrist;
            var yaw = MathF.Atan2(-ahead.X, -ahead.Y);
            WristPose at = new(new(wrist.X, posture.Height, wrist.Y), NaturalPosture.Orientation(yaw));
            pose.Wrist = at.Position;
            pose.Rotations[HandJoint.Wrist] = Numerics.Rotation.ToAxisAngle(at.Orientation);
            foreach (var finger in Fingers.All) hand[finger].Write(posture.Angles(finger), pose);
            prior.SetPose(frame, pose);
            foreach (var finger in Fingers.All)
            {
                var slot = (int)finger - 1;
                var seen = observed.Seen(frame, slot + 1);
                var target = times[frame, slot].IsDown ? observed.Targets.Contact(frame, slot) : new Vector3(seen.X, KeyHeightField.At(seen.Y).Height + MathF.Max(0, observed.Targets.Height(frame, slot)), seen.Y);
                hand[finger].Write(hand.Reach(finger, at, target, posture.Angles(finger), out _, steadiness: HandIk.MotionSteadiness), pose);
            }

            start.SetPose(frame, pose);
        }

        return (prior, start);
    }
}
