using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Motion;

public sealed partial class TwoHandClip
{
    /// <summary>
    /// The same motion for other hands: every bone points where it pointed, and the wrist is moved so that the fingertips are
    /// where they were on average. A clip of these hands already is given back as it is.
    /// </summary>
    /// <param name="skeletons">The hands.</param>
    public TwoHandClip Onto(PerHand<HandSkeleton> skeletons)
    {
        if (HandSides.Both.All(side => ReferenceEquals(Skeletons[side], skeletons[side]) || (skeletons[side].Mano is { } mano && ReferenceEquals(Skeletons[side].Mano, mano)))) return this;
        return new(PerHand.Create(side => Onto(Hands[side], Skeletons[side], skeletons[side])), skeletons, Fps, Notes) { Pedal = Pedal, Seen = Seen };
    }

    private static HandTrack Onto(HandTrack track, HandSkeleton from, HandSkeleton to)
    {
        // What turns the new hand's bone of each joint into the old one's, both at rest.
        var turns = new Quaternion[HandJoint.Count];
        turns[HandJoint.Wrist] = Quaternion.Identity;
        foreach (var finger in Fingers.All)
        {
            for (var segment = 0; segment < 3; segment++)
            {
                // The last bone is told by its joint's own direction: fingertips are marked in different places.
                var (joint, end) = (HandJoint.First(finger) + segment, HandJoint.First(finger) + Math.Min(segment + 1, 2));
                turns[joint] = Rotation.Between(to.Bone(end), from.Bone(end));
            }
        }

        var result = new HandTrack(track.FrameCount);
        var (old, made) = (new HandPose(), new HandPose());
        Span<Vector3> before = stackalloc Vector3[HandJoint.PointCount];
        Span<Vector3> after = stackalloc Vector3[HandJoint.PointCount];
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            track.GetPose(frame, old);
            made.Wrist = old.Wrist;
            made.Rotations[HandJoint.Wrist] = old.Rotations[HandJoint.Wrist];
            for (var joint = 1; joint < HandJoint.Count; joint++)
            {
                var turned = Quaternion.Conjugate(turns[HandJoint.Parents[joint]]) * Rotation.FromAxisAngle(old.Rotations[joint]) * turns[joint];
                made.Rotations[joint] = Rotation.Nearest(Rotation.ToAxisAngle(turned), old.Rotations[joint]);
            }

            ForwardKinematics.Points(from, old, before);
            ForwardKinematics.Points(to, made, after);
            var move = Vector3.Zero;
            for (var tip = HandJoint.Count; tip < HandJoint.PointCount; tip++) move += (before[tip] - after[tip]) / (HandJoint.PointCount - HandJoint.Count);
            made.Wrist += move;
            result.SetPose(frame, made);
        }

        return result;
    }
}
