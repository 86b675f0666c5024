using System.Numerics;
using CsCheck;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Tests.Hands;

public sealed class FingerIkTests
{
    private static readonly HandSkeleton Skeleton = HandSkeleton.Create(HandSide.Right);

    private static Gen<(Finger Finger, FingerAngles Angles)> Reachable { get; } =
        from finger in Gen.Int[1, 5]
        from abduction in Gen.Float[0.1f, 0.9f]
        from flexion in Gen.Float[0.3f, 0.9f]
        from curl in Gen.Float[0.25f, 0.8f]
        select ((Finger)finger, Within(new FingerChain(Skeleton, (Finger)finger), abduction, flexion, curl));

    private static FingerAngles Within(FingerChain chain, float a, float f, float c) => new(
        float.Lerp(chain.AbductionRange.Low, chain.AbductionRange.High, a),
        float.Lerp(chain.FlexionRange.Low, chain.FlexionRange.High, f),
        float.Lerp(chain.CurlRange.Low, chain.CurlRange.High, c));

    [Fact]
    public void Reaches_what_can_be_reached_and_forward_kinematics_agrees() => Reachable.Sample(sample =>
    {
        var chain = new FingerChain(Skeleton, sample.Finger);
        var target = chain.Pad(sample.Angles);
        // As in motion, the search starts near by.
        var near = chain.Clamp(new(sample.Angles.Abduction + 0.1f, sample.Angles.Flexion - 0.15f, sample.Angles.Curl + 0.2f));
        var reach = FingerIk.Solve(chain, target, near);
        Assert.True(reach.Miss.Length() < 5e-4f, $"missed by {reach.Miss.Length()} m");

        var pose = new HandPose();
        chain.Write(reach.Angles, pose);
        var points = new Vector3[HandJoint.PointCount];
        ForwardKinematics.Points(Skeleton, pose, points);
        Assert.True(Vector3.Distance(points[HandJoint.Tip(sample.Finger)], target) < 5e-4f);
        Assert.True(JointLimits.Of(Skeleton).Excess(pose) < 1e-3f);
    });

    [Fact]
    public void Out_of_reach_it_keeps_the_limits_and_tells_the_rest()
    {
        var chain = new FingerChain(Skeleton, Finger.Index);
        var target = new Vector3(-0.4f, 0.1f, 0.2f);
        var reach = FingerIk.Solve(chain, target, new(0, 0.3f, 0.5f));
        Assert.Equal(chain.Clamp(reach.Angles), reach.Angles);
        Assert.True(Vector3.Distance(chain.Pad(reach.Angles) + reach.Miss, target) < 1e-6f);
        Assert.True(reach.Miss.Length() > 0.1f);
    }

    [Fact]
    public void Angles_read_from_a_pose_are_those_written() => Reachable.Sample(sample =>
    {
        var chain = new FingerChain(Skeleton, sample.Finger);
        if (sample.Angles.Flexion > 1.4f) return;
        var pose = new HandPose();
        chain.Write(sample.Angles, pose);
        var read = chain.Read(pose);
        Assert.Equal(sample.Angles.Abduction, read.Abduction, 1e-3f);
        Assert.Equal(sample.Angles.Flexion, read.Flexion, 1e-3f);
        Assert.Equal(sample.Angles.Curl, read.Curl, 1e-3f);
    });
}
