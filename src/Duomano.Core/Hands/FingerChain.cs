using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Numerics;

namespace Duomano.Core.Hands;

/// <summary>The three ways a finger moves by itself, radians.</summary>
/// <param name="Abduction">Knuckle, sideways.</param>
/// <param name="Flexion">Knuckle, towards the palm.</param>
/// <param name="Curl">Middle joint; the outer joint follows it.</param>
public readonly record struct FingerAngles(float Abduction, float Flexion, float Curl);

/// <summary>
/// One finger of a right hand as a chain of three bones with three degrees of freedom: the knuckle turns two ways, the
/// two outer joints bend together, as tendons make them do. Positions are relative to the wrist, in the hand's rest axes.
/// </summary>
public sealed class FingerChain
{
    // The outer joint of a freely moving finger bends about two thirds as far as the middle one (Rijpkema and Girard
    // 1991); the thumb's two joints bend about equally.
    private const float FingerCoupling = 2f / 3;
    private const float ThumbCoupling = 0.9f;

    private readonly int _first;
    private readonly Vector3 _proximal;
    private readonly Vector3 _middle;
    private readonly Vector3 _distal;
    private readonly JointFrame _knuckleFrame;
    private readonly JointFrame _middleFrame;
    private readonly JointFrame _distalFrame;

    /// <summary>Reads a finger's bones from a skeleton.</summary>
    /// <param name="skeleton">A right hand.</param>
    /// <param name="finger">Which finger.</param>
    /// <exception cref="ArgumentException">It is a left hand.</exception>
    public FingerChain(HandSkeleton skeleton, Finger finger)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        if (skeleton.Side != HandSide.Right) throw new ArgumentException("Solvers work on right hands: mirror the left hand first.", nameof(skeleton));
        Finger = finger;
        _first = HandJoint.First(finger);
        Knuckle = skeleton.Points[_first];
        _proximal = skeleton.Bone(_first + 1);
        _middle = skeleton.Bone(_first + 2);
        _distal = skeleton.Bone(HandJoint.Tip(finger));
        _knuckleFrame = JointFrame.Of(skeleton, finger, 0);
        _middleFrame = JointFrame.Of(skeleton, finger, 1);
        _distalFrame = JointFrame.Of(skeleton, finger, 2);
        Coupling = finger == Finger.Thumb ? ThumbCoupling : FingerCoupling;
        var (middle, distal) = (JointLimits.RangeOf(finger, 1), JointLimits.RangeOf(finger, 2));
        (AbductionRange, FlexionRange) = finger switch
        {
            Finger.Thumb => (AngleRange.Degrees(-65, 50), AngleRange.Degrees(-45, 55)),
            Finger.Little => (AngleRange.Degrees(-38, 25), AngleRange.Degrees(-35, 92)),
            _ => (AngleRange.Degrees(-28, 28), AngleRange.Degrees(-35, 92)),
        };
        CurlRange = new(MathF.Max(middle.Flexion.Low, distal.Flexion.Low / Coupling), MathF.Min(middle.Flexion.High, distal.Flexion.High / Coupling));
        Length = _proximal.Length() + _middle.Length() + _distal.Length();
    }

    /// <summary>Which finger.</summary>
    public Finger Finger { get; }

    /// <summary>The knuckle, metres from the wrist.</summary>
    public Vector3 Knuckle { get; }

    /// <summary>All bones together, metres.</summary>
    public float Length { get; }

    /// <summary>Limits of <see cref="FingerAngles.Abduction"/>.</summary>
    public AngleRange AbductionRange { get; }

    /// <summary>Limits of <see cref="FingerAngles.Flexion"/>.</summary>
    public AngleRange FlexionRange { get; }

    /// <summary>Limits of <see cref="FingerAngles.Curl"/>, those of both outer joints.</summary>
    public AngleRange CurlRange { get; }

    /// <summary>How far the outer joint bends with the middle one.</summary>
    public float Coupling { get; }

    /// <summary>The angles brought within the limits.</summary>
    public FingerAngles Clamp(FingerAngles angles) => new(AbductionRange.Clamp(angles.Abduction), FlexionRange.Clamp(angles.Flexion), CurlRange.Clamp(angles.Curl));

    /// <summary>Where the pad is.</summary>
    public Vector3 Pad(FingerAngles angles) => Pad(angles, out _, out _, out _);

    /// <summary>Where the pad is and how it moves with each angle (the Jacobian's columns).</summary>
    public Vector3 Pad(FingerAngles angles, out Vector3 byAbduction, out Vector3 byFlexion, out Vector3 byCurl)
    {
        // Abduction turns about an axis that stays with the palm, so that a finger sweeps sideways however far it is bent.
        var abduct = Quaternion.CreateFromAxisAngle(_knuckleFrame.AbductionAxis, angles.Abduction);
        var knuckle = abduct * Quaternion.CreateFromAxisAngle(_knuckleFrame.FlexionAxis, angles.Flexion);
        var middle = Quaternion.CreateFromAxisAngle(_middleFrame.FlexionAxis, angles.Curl);
        var distal = Quaternion.CreateFromAxisAngle(_distalFrame.FlexionAxis, angles.Curl * Coupling);
        var beyondDistal = Vector3.Transform(_distal, distal);
        var beyondMiddle = Vector3.Transform(_middle + beyondDistal, middle);
        var reach = Vector3.Transform(_proximal + beyondMiddle, knuckle);
        byAbduction = Vector3.Cross(_knuckleFrame.AbductionAxis, reach);
        byFlexion = Vector3.Cross(Vector3.Transform(_knuckleFrame.FlexionAxis, abduct), reach);
        var distalPart = Vector3.Transform(Vector3.Cross(_distalFrame.FlexionAxis, beyondDistal), middle) * Coupling;
        byCurl = Vector3.Transform(Vector3.Cross(_middleFrame.FlexionAxis, beyondMiddle) + distalPart, knuckle);
        return Knuckle + reach;
    }

    /// <summary>Writes the angles into a pose's three joints.</summary>
    public void Write(FingerAngles angles, HandPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        pose.Rotations[_first] = Rotation.ToAxisAngle(Knuckles(angles));
        pose.Rotations[_first + 1] = _middleFrame.FlexionAxis * angles.Curl;
        pose.Rotations[_first + 2] = _distalFrame.FlexionAxis * (angles.Curl * Coupling);
    }

    /// <summary>The angles that come nearest to a pose's three joints, within the limits.</summary>
    public FingerAngles Read(HandPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        var back = Vector3.Transform(_knuckleFrame.BackAlongBone, Rotation.FromAxisAngle(pose.Rotations[_first]));
        var (x, y, z) = (Vector3.Dot(back, _knuckleFrame.BackAlongBone), Vector3.Dot(back, _knuckleFrame.AbductionAxis), Vector3.Dot(back, _knuckleFrame.FlexionAxis));
        // Bent by a right angle or more, the way sideways is not to be seen from the bone.
        var abduction = x > 0.1f ? MathF.Atan2(-z, x) : 0;
        var flexion = MathF.Atan2(y, x / MathF.Max(MathF.Cos(abduction), 0.1f));
        var middle = _middleFrame.Decompose(pose.Rotations[_first + 1]).Flexion;
        var distal = _distalFrame.Decompose(pose.Rotations[_first + 2]).Flexion;
        // Least squares of curl = middle and coupling · curl = distal.
        var curl = (middle + Coupling * distal) / (1 + Coupling * Coupling);
        return Clamp(new(abduction, flexion, curl));
    }

    private Quaternion Knuckles(FingerAngles angles) =>
        Quaternion.CreateFromAxisAngle(_knuckleFrame.AbductionAxis, angles.Abduction)
        * Quaternion.CreateFromAxisAngle(_knuckleFrame.FlexionAxis, angles.Flexion);
}
