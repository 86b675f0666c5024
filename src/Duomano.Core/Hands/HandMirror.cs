using System.Numerics;
using Duomano.Core.Motion;

namespace Duomano.Core.Hands;

/// <summary>
/// The one place that turns a right hand into a left one: a reflection in the plane x = 0. Solvers work on right hands;
/// a left hand is mirrored, solved and mirrored back.
/// </summary>
public static class HandMirror
{
    /// <summary>Reflects a point or direction.</summary>
    public static Vector3 Point(Vector3 point) => new(-point.X, point.Y, point.Z);

    /// <summary>Reflects a rotation given as an axis-angle vector (an axial vector, hence the other two signs).</summary>
    public static Vector3 AxisAngle(Vector3 rotation) => new(rotation.X, -rotation.Y, -rotation.Z);

    /// <summary>Reflects a rotation given as a quaternion.</summary>
    public static Quaternion Rotation(Quaternion rotation) => new(rotation.X, -rotation.Y, -rotation.Z, rotation.W);

    /// <summary>Reflects a whole pose.</summary>
    public static HandPose Pose(HandPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        var mirrored = new HandPose { Wrist = Point(pose.Wrist) };
        for (var joint = 0; joint < HandJoint.Count; joint++) mirrored.Rotations[joint] = AxisAngle(pose.Rotations[joint]);
        return mirrored;
    }

    /// <summary>Reflects a whole track.</summary>
    public static HandTrack Track(HandTrack track)
    {
        ArgumentNullException.ThrowIfNull(track);
        var mirrored = new HandTrack(track.FrameCount);
        var pose = new HandPose();
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            track.GetPose(frame, pose);
            mirrored.SetPose(frame, Pose(pose));
        }

        return mirrored;
    }

    /// <summary>A point of a left hand as that of the right one that it mirrors, or back; a right hand's as it is.</summary>
    /// <param name="point">The point.</param>
    /// <param name="side">Whose it is.</param>
    public static Vector3 LikeRight(Vector3 point, HandSide side) => side == HandSide.Left ? Point(point) : point;

    /// <summary>A left hand's motion as the right hand's that it mirrors, or back; a right hand's as it is.</summary>
    /// <param name="track">The motion.</param>
    /// <param name="side">Whose it is.</param>
    public static HandTrack LikeRight(HandTrack track, HandSide side) => side == HandSide.Left ? Track(track) : track;
}
