using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Tests.Body;

public class HumanoidTests
{
    [Fact]
    public void Bones_ComeAfterThoseTheyHangOn()
    {
        var humanoid = Standing.Humanoid();
        var bones = humanoid.Bones.ToList();
        Assert.Equal("hips", bones[0]);
        Assert.All(bones.Skip(1), bone => Assert.True(bones.IndexOf(humanoid.Parent(bone)!) < bones.IndexOf(bone)));
        Assert.Equal(0.005f, humanoid.Ground, 1e-5f);
        Assert.Equal(2 * humanoid["head"], humanoid.Times(2)["head"]);
        Assert.Throws<KeyNotFoundException>(() => humanoid["tail"]);
    }

    [Fact]
    public void BonesThatHangOnNothingKnown_OrOnThemselves_AreRefused()
    {
        Dictionary<string, Vector3> positions = new() { ["hips"] = default, ["spine"] = default };
        Assert.Throws<ArgumentException>(() => new Humanoid(positions, new Dictionary<string, string> { ["spine"] = "tail" }));
        Assert.Throws<ArgumentException>(() => new Humanoid(positions, new Dictionary<string, string> { ["spine"] = "hips", ["hips"] = "spine" }));
    }

    [Fact]
    public void AHand_IsTakenForAFlatOneOfTheSameBones()
    {
        var humanoid = Standing.Humanoid();
        foreach (var side in HandSides.Both)
        {
            var skeleton = new HumanoidHand(humanoid, side).Skeleton;
            Assert.Equal(side, skeleton.Side);
            foreach (var finger in Fingers.All)
            {
                var first = HandJoint.First(finger);
                Assert.Equal(Vector3.Distance(humanoid[HumanoidBones.Hand(side)], humanoid[HumanoidBones.Joint(side, finger, 0)]), skeleton.Bone(first).Length(), 1e-5f);
                for (var joint = 1; joint < 3; joint++)
                {
                    Assert.Equal(Vector3.Distance(humanoid[HumanoidBones.Joint(side, finger, joint - 1)], humanoid[HumanoidBones.Joint(side, finger, joint)]), skeleton.Bone(first + joint).Length(), 1e-5f);
                }

                // Fingers point away from the body's middle line, thumbs forward.
                Assert.True(skeleton.Bone(first + 1).X * (side == HandSide.Right ? -1 : 1) > 0.6f * skeleton.Bone(first + 1).Length());
            }

            Assert.True(skeleton.Points[HandJoint.Tip(Finger.Thumb)].Z > 0.03f);
        }
    }

    [Fact]
    public void FourFingers_CanPlay_AndAHandWithoutThumbCannot()
    {
        var four = Standing.Humanoid([Finger.Thumb, Finger.Index, Finger.Middle, Finger.Little]);
        Assert.Equal([Finger.Thumb, Finger.Index, Finger.Middle, Finger.Little], new HumanoidHand(four, HandSide.Left).Fingers);
        var problem = Assert.Throws<ArgumentException>(() => new HumanoidHand(Standing.Humanoid([Finger.Index, Finger.Middle, Finger.Ring]), HandSide.Left));
        Assert.Contains("left hand", problem.Message, StringComparison.Ordinal);
    }
}
