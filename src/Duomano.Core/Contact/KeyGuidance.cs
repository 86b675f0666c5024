using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;
using Duomano.Core.Trajectories;

namespace Duomano.Core.Contact;

/// <summary>
/// Leads fingers to the keys of their strokes and out of all other keys, frame by frame and by the finger's own joints alone:
/// a correction of a motion that is still being drawn, cheap enough for every step of it. What is smooth, how hands move and
/// what no finger can reach is left to those who draw.
/// </summary>
public sealed class KeyGuidance
{
    // After how long before or after its stroke a finger is led e times less, seconds, and from when on not at all.
    private const double Fading = 0.03;
    private const double Farthest = 0.1;

    // How high above other keys a pad is led, metres.
    private const float Clearance = 0.003f;

    // Pads nearer to where they are led than this are left alone, metres.
    private const float Near = 0.0003f;

    private readonly HandsPlaying _playing;
    private readonly PerformanceStyle _style;

    /// <summary>Plans the strokes.</summary>
    /// <param name="notes">Notes with hand and finger.</param>
    /// <param name="skeleton">The right hand; the left one is alike.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    public KeyGuidance(IReadOnlyList<Note> notes, HandSkeleton skeleton, int frames, double fps)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        var hand = new HandIk(skeleton.Rigid);
        _style = PerformanceStyle.Neutral with { HandSize = Math.Clamp(skeleton.Size, HandSkeleton.SmallestSize, HandSkeleton.LargestSize), Build = skeleton.Build ?? HandBuild.Average };
        _playing = new(new(hand, hand), StrokePlanner.Plan(notes, hand, _style).Strokes, frames, fps);
    }

    /// <summary>Leads a motion's fingers.</summary>
    /// <param name="motion">A hand's motion, mirrored for the left; all frames of the piece or, at its end, more.</param>
    /// <param name="side">Which hand.</param>
    /// <param name="strength">0 leaves the motion, 1 leads the whole way.</param>
    /// <returns>A new motion.</returns>
    public HandTrack Led(HandTrack motion, HandSide side, float strength)
    {
        ArgumentNullException.ThrowIfNull(motion);
        var (hand, times) = (_playing.Hands[side], _playing.Times[side]);
        var targets = _playing.Targets(side, motion, _style);
        var led = new HandTrack(motion.FrameCount);
        var pose = new HandPose();
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            motion.GetPose(frame, pose);
            WristPose wrist = new(pose.Wrist, Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]));
            foreach (var finger in Fingers.All)
            {
                var slot = (int)finger - 1;
                var angles = hand[finger].Read(pose);
                var pad = wrist.Position + Vector3.Transform(hand[finger].Pad(angles), wrist.Orientation);
                var target = Vector3.Lerp(pad, Target(times[frame, slot], targets.Contact(frame, slot), targets.Height(frame, slot), pad, side), strength);
                if (Vector3.DistanceSquared(target, pad) > Near * Near) hand[finger].Write(hand.Reach(finger, wrist, target, angles, out _, steadiness: HandIk.MotionSteadiness), pose);
            }

            led.SetPose(frame, pose);
        }

        return led;
    }

    private static Vector3 Target(in StrokeSchedule.Moment moment, Vector3 contact, float height, Vector3 pad, HandSide side)
    {
        if (moment.IsDown) return contact;
        var target = pad;
        if (moment.Stroke is { } stroke && moment.Away <= Farthest)
        {
            var share = (float)Math.Exp(-moment.Away / Fading);
            target = Vector3.Lerp(pad, contact with { Y = stroke.Place.TopY + height }, share);
            if (PianoKey.Under(side == HandSide.Left ? -target.X : target.X, target.Z) == stroke.Note.Key) return target with { Y = MathF.Max(target.Y, stroke.Place.TopY) };
        }

        return target with { Y = MathF.Max(target.Y, KeyHeightField.At(target.X, target.Z, side).Height + Clearance) };
    }
}
