using System.Numerics;
using CsCheck;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Hands;

public sealed class JointLimitsTests
{
    private static Gen<HandPose> Poses { get; } = Gen.Float[-1.8f, 1.8f].Array[HandJoint.PoseLength].Select(values =>
    {
        var pose = new HandPose();
        for (var joint = 0; joint < HandJoint.Count; joint++) pose.Rotations[joint] = new(values.AsSpan(joint * 3, 3));
        return pose;
    });

    [Theory]
    [InlineData(HandSide.Left)]
    [InlineData(HandSide.Right)]
    public void A_clamped_pose_is_within_the_limits(HandSide side)
    {
        var limits = JointLimits.Of(HandSkeleton.Create(side));
        Poses.Sample(pose =>
        {
            limits.Clamp(pose);
            return limits.Excess(pose) < 2e-3f;
        });
    }

    [Fact]
    public void Both_sides_have_mirrored_limits()
    {
        var (left, right) = (JointLimits.Of(HandSkeleton.Create(HandSide.Left)), JointLimits.Of(HandSkeleton.Create(HandSide.Right)));
        Poses.Sample(pose => MathF.Abs(left.Excess(HandMirror.Pose(pose)) - right.Excess(pose)) < 1e-3f);
    }

    [Fact]
    public void Three_turns_make_the_rotation_again() => Poses.Sample(pose =>
    {
        var frame = JointFrame.Of(HandSkeleton.Create(HandSide.Right), Duomano.Core.Fingering.Finger.Ring, 1);
        var rotation = Rotation.FromAxisAngle(pose.Rotations[11]);
        var again = frame.Compose(frame.Decompose(rotation));
        return MathF.Abs(Quaternion.Dot(rotation, again)) > 0.9999f;
    });

    [Fact]
    public void A_fist_is_possible_and_a_finger_bent_backwards_is_not()
    {
        var limits = JointLimits.Of(HandSkeleton.Create(HandSide.Right));
        var pose = new HandPose();
        pose.Rotations[2] = new(0, 0, 1.7f);
        Assert.Equal(0, limits.Excess(pose));
        pose.Rotations[2] = new(0, 0, -1);
        Assert.True(limits.Excess(pose) > 0.8f);
    }
}
