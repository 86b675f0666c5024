using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Core.Playing;

/// <summary>Two (right) hands and the strokes they are to carry out.</summary>
internal sealed class HandsPlaying
{
    /// <summary>Looks at the strokes frame by frame.</summary>
    /// <param name="hands">Right hands.</param>
    /// <param name="strokes">Each hand's strokes.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    public HandsPlaying(PerHand<HandIk> hands, PerHand<List<Stroke>> strokes, int frames, double fps)
    {
        (Hands, Strokes, Fps) = (hands, strokes, fps);
        Times = strokes.Map(own => new StrokeSchedule(own, frames, fps));
    }

    public PerHand<HandIk> Hands { get; }

    public PerHand<List<Stroke>> Strokes { get; }

    public PerHand<StrokeSchedule> Times { get; }

    public double Fps { get; }

    /// <summary>Where the pads of a motion of all frames should be for the strokes.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="motion">As a right hand's.</param>
    /// <param name="style">How high fingers are lifted.</param>
    public StrokeTargets Targets(HandSide side, HandTrack motion, PerformanceStyle style)
    {
        var pads = Pads(side, motion);
        return new(side, Strokes[side], Times[side], motion.FrameCount, Fps, style, (frame, slot) => pads[frame * 5 + slot]);
    }

    /// <summary>A motion with every finger that holds a key reaching for it.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="motion">As a right hand's.</param>
    /// <param name="targets">Where the pads should be.</param>
    public HandTrack OnKeys(HandSide side, HandTrack motion, StrokeTargets targets)
    {
        var (hand, times) = (Hands[side], Times[side]);
        var reaching = new HandTrack(motion.FrameCount);
        var pose = new HandPose();
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            motion.GetPose(frame, pose);
            WristPose wrist = new(pose.Wrist, Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]));
            foreach (var finger in Fingers.All)
            {
                if (!times[frame, (int)finger - 1].IsDown) continue;
                hand[finger].Write(hand.Reach(finger, wrist, targets.Contact(frame, (int)finger - 1), hand[finger].Read(pose), out _, steadiness: HandIk.MotionSteadiness), pose);
            }

            reaching.SetPose(frame, pose);
        }

        return reaching;
    }

    private Vector2[] Pads(HandSide side, HandTrack motion)
    {
        var pads = new Vector2[motion.FrameCount * 5];
        var pose = new HandPose();
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            motion.GetPose(frame, pose);
            var orientation = Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]);
            foreach (var finger in Fingers.All)
            {
                var chain = Hands[side][finger];
                var pad = pose.Wrist + Vector3.Transform(chain.Pad(chain.Read(pose)), orientation);
                pads[frame * 5 + (int)finger - 1] = new(pad.X, pad.Z);
            }
        }

        return pads;
    }
}
