using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>
/// Lifts, last of all, fingertips that are still below the key bed by bending their fingers, and the frames before and after
/// by as much less as they are farther away.
/// </summary>
internal sealed class KeyBedClamp(HandSide side, HandIk hand, StrokeSchedule times)
{
    // Pads deeper than the bed by this are lifted, metres.
    private const float Tolerance = KeyBed.Tolerance / 2;

    // Lifting begins and ends this many frames away.
    private const int Reach = 3;

    // How deep a pad stays in a key that is not its own, metres.
    private const float Touched = 0.75f * PianoKey.PressedDepth;

    // A pad that cannot rise straight up goes aside first of all.
    private static readonly Vector3 Upright = 4 * Vector3.UnitY;

    private readonly HandPose _pose = new();

    /// <summary>Changes a track.</summary>
    /// <param name="track">A right hand's.</param>
    public void Apply(HandTrack track)
    {
        foreach (var finger in Fingers.All)
        {
            float[]? lifts = null;
            for (var frame = 0; frame < track.FrameCount; frame++)
            {
                track.GetPose(frame, _pose);
                var lift = Lack(frame, (int)finger - 1, Pad(finger));
                if (lift <= 0) continue;
                lifts ??= new float[track.FrameCount];
                for (var near = Math.Max(0, frame - Reach + 1); near < Math.Min(track.FrameCount, frame + Reach); near++)
                {
                    // A key that is held down stays down.
                    if (near != frame && times[near, (int)finger - 1].IsDown) continue;
                    lifts[near] = MathF.Max(lifts[near], lift * (1 - MathF.Abs(near - frame) / Reach));
                }
            }

            if (lifts is not null) Lift(track, finger, lifts);
        }
    }

    private void Lift(HandTrack track, Finger finger, float[] lifts)
    {
        for (var frame = 0; frame < lifts.Length; frame++)
        {
            if (lifts[frame] <= 0) continue;
            track.GetPose(frame, _pose);
            var wrist = new WristPose(_pose.Wrist, Rotation.FromAxisAngle(_pose.Rotations[HandJoint.Wrist]));
            var target = Pad(finger) + new Vector3(0, lifts[frame], 0);
            hand[finger].Write(hand.Reach(finger, wrist, target, hand[finger].Read(_pose), out _, Upright), _pose);
            track.SetPose(frame, _pose);
        }
    }

    private float Lack(int frame, int slot, Vector3 pad)
    {
        var x = side == HandSide.Left ? -pad.X : pad.X;
        if (!KeyBed.IsBelow(pad with { X = x }, Tolerance) || PianoKey.Under(x, pad.Z) is not { } key) return 0;
        ref readonly var moment = ref times[frame, slot];
        var depth = moment.IsDown && moment.Stroke!.Note.Key == key ? PianoKey.Travel : Touched;
        return key.TopY - depth - pad.Y;
    }

    private Vector3 Pad(Finger finger)
    {
        var orientation = Rotation.FromAxisAngle(_pose.Rotations[HandJoint.Wrist]);
        return _pose.Wrist + Vector3.Transform(hand[finger].Pad(hand[finger].Read(_pose)), orientation);
    }
}
