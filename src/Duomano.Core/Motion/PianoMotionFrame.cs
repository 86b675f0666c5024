using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Motion;

/// <summary>
/// Turns poses in the piano frame into those of PianoMotion10M's annotations and back. There a camera looks down from
/// 24 m above: x points right, y towards the player, z down, away from the camera; ours stands over the middle of the
/// white keys' front edge. Either hand is stored as a right hand, the left one as its mirror image in x. A hand is 51
/// numbers: translation (3), orientation (3) and 15 joints (45), metres and axis-angle radians.
/// </summary>
public static class PianoMotionFrame
{
    /// <summary>The camera's height above the resting white keys, metres.</summary>
    public const float CameraHeight = 24;

    /// <summary>Numbers a hand has in this frame: 3 of translation, 48 of pose.</summary>
    public const int Length = 3 + HandJoint.PoseLength;

    // Turns the piano frame's axes into the camera's: (x, y, z) → (x, z, −y).
    private static readonly Quaternion CameraFromPiano = Quaternion.CreateFromAxisAngle(Vector3.UnitX, -MathF.PI / 2);
    private static readonly Quaternion PianoFromCamera = Quaternion.Conjugate(CameraFromPiano);

    /// <summary>A point of the piano frame as the camera has it.</summary>
    public static Vector3 ToCamera(Vector3 point) => new(point.X, point.Z, CameraHeight - point.Y);

    /// <summary>A point the camera has, in the piano frame.</summary>
    public static Vector3 ToPiano(Vector3 point) => new(point.X, CameraHeight - point.Z, point.Y);

    /// <summary>A hand's orientation in the piano frame as the camera has it.</summary>
    public static Quaternion OrientationToCamera(Quaternion orientation) => CameraFromPiano * orientation;

    /// <summary>A hand's orientation that the camera has, in the piano frame.</summary>
    public static Quaternion OrientationToPiano(Quaternion orientation) => PianoFromCamera * orientation;

    /// <summary>Writes a pose as an annotation has it.</summary>
    /// <param name="side">Whose pose it is.</param>
    /// <param name="pose">The pose in the piano frame.</param>
    /// <param name="hand">The hand model to write for.</param>
    /// <param name="values">Receives <see cref="Length"/> numbers; rotations are the shortest, at most π long.</param>
    public static void Write(HandSide side, HandPose pose, PianoMotionHand hand, Span<float> values)
    {
        ArgumentNullException.ThrowIfNull(pose);
        ArgumentNullException.ThrowIfNull(hand);
        var right = side == HandSide.Right ? pose : HandMirror.Pose(pose);
        (ToCamera(right.Wrist) - hand.RestWrist).CopyTo(values);
        for (var joint = 0; joint < HandJoint.Count; joint++)
        {
            var rotation = joint == HandJoint.Wrist
                ? Rotation.ToAxisAngle(OrientationToCamera(Rotation.FromAxisAngle(right.Rotations[joint])))
                : right.Rotations[joint] - hand.Mean(joint);
            rotation.CopyTo(values[(3 + joint * 3)..]);
        }
    }

    /// <summary>Reads a pose as an annotation has it.</summary>
    /// <param name="side">Whose pose it is.</param>
    /// <param name="values"><see cref="Length"/> numbers.</param>
    /// <param name="hand">The hand model it was written for.</param>
    /// <param name="pose">Receives the pose in the piano frame.</param>
    public static void Read(HandSide side, ReadOnlySpan<float> values, PianoMotionHand hand, HandPose pose)
    {
        ArgumentNullException.ThrowIfNull(hand);
        ArgumentNullException.ThrowIfNull(pose);
        var left = side == HandSide.Left;
        var wrist = ToPiano(new Vector3(values) + hand.RestWrist);
        pose.Wrist = left ? HandMirror.Point(wrist) : wrist;
        for (var joint = 0; joint < HandJoint.Count; joint++)
        {
            var rotation = new Vector3(values.Slice(3 + joint * 3, 3));
            if (joint == HandJoint.Wrist) rotation = Rotation.ToAxisAngle(OrientationToPiano(Rotation.FromAxisAngle(rotation)));
            else rotation += hand.Mean(joint);
            pose.Rotations[joint] = left ? HandMirror.AxisAngle(rotation) : rotation;
        }
    }
}
