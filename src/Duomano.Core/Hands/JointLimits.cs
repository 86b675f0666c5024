using Duomano.Core.Fingering;
using Duomano.Core.Numerics;

namespace Duomano.Core.Hands;

/// <summary>
/// How far the joints of a living hand turn: active ranges of motion of adults, as clinical handbooks give them, with a
/// little room. The wrist's orientation in the piano frame is free.
/// </summary>
public sealed class JointLimits
{
    private readonly JointFrame[] _frames = new JointFrame[HandJoint.Count];
    private readonly JointRange[] _ranges = new JointRange[HandJoint.Count];
    private readonly bool _mirrored;

    private JointLimits(HandSkeleton skeleton)
    {
        _mirrored = skeleton.Side == HandSide.Left;
        var right = _mirrored ? skeleton.Mirrored() : skeleton;
        foreach (var finger in Fingers.All)
        {
            for (var segment = 0; segment < 3; segment++)
            {
                var joint = HandJoint.First(finger) + segment;
                _frames[joint] = JointFrame.Of(right, finger, segment);
                _ranges[joint] = RangeOf(finger, segment);
            }
        }
    }

    /// <summary>The limits of a hand of either side.</summary>
    public static JointLimits Of(HandSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        return new(skeleton);
    }

    /// <summary>How far one of a finger's three joints can turn.</summary>
    /// <param name="finger">Which finger.</param>
    /// <param name="segment">0 for the knuckle to 2 for the outermost joint.</param>
    public static JointRange RangeOf(Finger finger, int segment) => (finger, segment) switch
    {
        // The saddle joint and the knuckles turn a little about the bone when they are moved both ways at once.
        (Finger.Thumb, 0) => Range((-72, 80), (-67, 52), 70),
        (Finger.Thumb, 1) => Range((-25, 70), (-12, 12), 12),
        (Finger.Thumb, _) => Range((-30, 85), (-8, 8), 8),
        (Finger.Little, 0) => Range((-45, 98), (-40, 28), 42),
        (_, 0) => Range((-42, 98), (-30, 30), 35),
        (_, 1) => Range((-8, 112), (-8, 8), 8),
        _ => Range((-15, 85), (-8, 8), 8),
    };

    /// <summary>The three angles of a joint in a pose.</summary>
    /// <param name="pose">A pose of the hand these limits are of.</param>
    /// <param name="joint">1 to 15.</param>
    public JointAngles Angles(HandPose pose, int joint)
    {
        ArgumentNullException.ThrowIfNull(pose);
        ArgumentOutOfRangeException.ThrowIfLessThan(joint, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(joint, HandJoint.Count);
        var vector = pose.Rotations[joint];
        return _frames[joint].Decompose(_mirrored ? HandMirror.AxisAngle(vector) : vector);
    }

    /// <summary>How far a joint is turned beyond its limits, radians (the largest of its three angles' excess); 0 within.</summary>
    public float Excess(HandPose pose, int joint)
    {
        var angles = Angles(pose, joint);
        var range = _ranges[joint];
        return MathF.Max(range.Flexion.Excess(angles.Flexion), MathF.Max(range.Abduction.Excess(angles.Abduction), range.Twist.Excess(angles.Twist)));
    }

    /// <summary>The largest excess of all 15 joints, radians; 0 when the hand can do this.</summary>
    public float Excess(HandPose pose)
    {
        var largest = 0f;
        for (var joint = 1; joint < HandJoint.Count; joint++) largest = MathF.Max(largest, Excess(pose, joint));
        return largest;
    }

    /// <summary>Turns every joint that is beyond its limits back to them.</summary>
    public void Clamp(HandPose pose)
    {
        for (var joint = 1; joint < HandJoint.Count; joint++)
        {
            if (Excess(pose, joint) == 0) continue;
            var angles = Angles(pose, joint);
            var range = _ranges[joint];
            JointAngles kept = new(range.Flexion.Clamp(angles.Flexion), range.Abduction.Clamp(angles.Abduction), range.Twist.Clamp(angles.Twist));
            var vector = Rotation.ToAxisAngle(_frames[joint].Compose(kept));
            pose.Rotations[joint] = _mirrored ? HandMirror.AxisAngle(vector) : vector;
        }
    }

    private static JointRange Range((float Low, float High) flexion, (float Low, float High) abduction, float twist) =>
        new(AngleRange.Degrees(flexion.Low, flexion.High), AngleRange.Degrees(abduction.Low, abduction.High), AngleRange.Degrees(-twist, twist));
}
