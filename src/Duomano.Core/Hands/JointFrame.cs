using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Numerics;

namespace Duomano.Core.Hands;

/// <summary>How far a joint is turned about its three anatomical axes, radians.</summary>
/// <param name="Flexion">Curling towards the palm is positive.</param>
/// <param name="Abduction">Sideways, towards the thumb is positive.</param>
/// <param name="Twist">About the bone.</param>
public readonly record struct JointAngles(float Flexion, float Abduction, float Twist);

/// <summary>
/// The anatomical axes of one joint of a right hand, in the rest pose's axes. A rotation is a twist about the bone, then
/// an abduction, then a flexion about the axis that stays with the palm; that order is singular only at an abduction of
/// a right angle, which no joint reaches.
/// </summary>
public readonly struct JointFrame
{
    // The thumb's two outer joints bend in a plane that lies between the palm's and that of the other fingers.
    private const float ThumbTilt = 35 * MathF.PI / 180;

    private JointFrame(Vector3 bone, Vector3 flexionAxis)
    {
        BackAlongBone = -bone;
        FlexionAxis = flexionAxis;
        AbductionAxis = Vector3.Cross(flexionAxis, -bone);
    }

    /// <summary>From the bone's far end to the joint.</summary>
    public Vector3 BackAlongBone { get; }

    /// <summary>A positive turn about this axis curls the finger.</summary>
    public Vector3 FlexionAxis { get; }

    /// <summary>A positive turn about this axis moves the finger towards the thumb.</summary>
    public Vector3 AbductionAxis { get; }

    /// <summary>The frame of one of a finger's three joints.</summary>
    /// <param name="skeleton">A right hand.</param>
    /// <param name="finger">Which finger.</param>
    /// <param name="segment">0 for the knuckle (the thumb's saddle joint) to 2 for the outermost joint.</param>
    public static JointFrame Of(HandSkeleton skeleton, Finger finger, int segment)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        var first = HandJoint.First(finger);
        var bone = Vector3.Normalize(skeleton.Bone(first + Math.Min(segment + 1, 2)));
        var across = Vector3.Normalize(Vector3.Cross(bone, -Vector3.UnitY));
        if (finger != Finger.Thumb || segment == 0) return new(bone, across);
        var up = Vector3.Cross(across, -bone);
        return new(bone, across * MathF.Sin(ThumbTilt) - up * MathF.Cos(ThumbTilt));
    }

    /// <summary>Splits a rotation into the three turns.</summary>
    public JointAngles Decompose(Quaternion rotation)
    {
        var back = Vector3.Transform(BackAlongBone, rotation);
        var flexion = MathF.Atan2(Vector3.Dot(back, AbductionAxis), Vector3.Dot(back, BackAlongBone));
        var abduction = -MathF.Asin(Math.Clamp(Vector3.Dot(back, FlexionAxis), -1, 1));
        var rest = Quaternion.Conjugate(Compose(new(flexion, abduction, 0))) * rotation;
        if (rest.W < 0) rest = -rest;
        var twist = 2 * MathF.Atan2(Vector3.Dot(new(rest.X, rest.Y, rest.Z), BackAlongBone), rest.W);
        return new(flexion, abduction, twist);
    }

    /// <summary>The rotation of three turns.</summary>
    public Quaternion Compose(JointAngles angles)
    {
        var swing = Quaternion.CreateFromAxisAngle(FlexionAxis, angles.Flexion) * Quaternion.CreateFromAxisAngle(AbductionAxis, angles.Abduction);
        return angles.Twist == 0 ? swing : swing * Quaternion.CreateFromAxisAngle(BackAlongBone, angles.Twist);
    }

    /// <summary>Splits an axis-angle vector into the three turns.</summary>
    public JointAngles Decompose(Vector3 axisAngle) => Decompose(Rotation.FromAxisAngle(axisAngle));
}
