using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Tests.Hands;

public sealed class HandBuildTests
{
    // From the wrist to each stretched fingertip, thumb first, metres: what recorded pianists reach, see FingerBones.
    private static readonly float[] Stretched = [0.147f, 0.181f, 0.188f, 0.180f, 0.160f];

    [Fact]
    public void A_pianists_hand_reaches_as_far_as_recorded_ones()
    {
        var skeleton = HandSkeleton.Create(HandSide.Right);
        foreach (var finger in Fingers.All)
        {
            var chain = skeleton.Bone(HandJoint.First(finger)).Length();
            for (var segment = 1; segment < 3; segment++) chain += skeleton.Bone(HandJoint.First(finger) + segment).Length();
            chain += skeleton.Bone(HandJoint.Tip(finger)).Length();
            Assert.InRange(chain, Stretched[(int)finger - 1] - 0.003f, Stretched[(int)finger - 1] + 0.004f);
        }
    }

    [Fact]
    public void It_is_longer_and_narrower_than_an_average_one()
    {
        var (pianist, average) = (HandSkeleton.Create(HandSide.Right), HandSkeleton.Create(HandSide.Right, build: HandBuild.Average));
        Assert.True(pianist.Points[HandJoint.Tip(Finger.Middle)].Length() > 1.04f * average.Points[HandJoint.Tip(Finger.Middle)].Length());
        Assert.True(Breadth(pianist) < Breadth(average));
        Assert.Equal(HandBuild.Pianist, pianist.Mirrored().Build);
    }

    [Fact]
    public void Builds_are_found_by_name()
    {
        foreach (var build in Enum.GetValues<HandBuild>()) Assert.Equal(build, HandBuilds.Find(build.Name()));
        Assert.Null(HandBuilds.Find("giant"));
    }

    private static float Breadth(HandSkeleton skeleton) => skeleton.Points[HandJoint.First(Finger.Index)].Z - skeleton.Points[HandJoint.First(Finger.Little)].Z;
}
