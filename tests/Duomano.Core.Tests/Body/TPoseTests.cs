using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Tests;

namespace Duomano.Core.Tests.Body;

public class TPoseTests
{
    [Fact]
    public void ABodyWithHangingArms_IsToldOfATPose_AndMovesAsBefore()
    {
        var person = Standing.Humanoid();
        var lowered = Lowered(person, 0.8f);
        var hands = PerHand.Create(side => new HumanoidHand(lowered, side));
        var clip = Clips.Smooth(frames: 12);
        var motion = SeatedPianist.Play(lowered, hands, new TwoHandClip(clip.Hands, hands.Map(hand => hand.Skeleton), clip.Fps, clip.Notes));
        var told = TPose.Of(motion);
        foreach (var side in HandSides.Both)
        {
            string[] arm = [HumanoidBones.Limb(side, "UpperArm"), HumanoidBones.Limb(side, "LowerArm"), HumanoidBones.Hand(side)];
            Assert.Equal(told.Humanoid[arm[0]].Y, told.Humanoid[arm[2]].Y, 1e-4f);
            Assert.Equal(lowered[arm[0]], told.Humanoid[arm[0]]);
        }

        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            var (before, after) = (motion.Positions(frame), told.Positions(frame));
            Assert.All(before, bone => Assert.True(Vector3.Distance(bone.Value, after[bone.Key]) < 1e-5f, bone.Key));
        }
    }

    [Fact]
    public void WhoStandsInOne_StaysAsHeIs()
    {
        var person = Standing.Humanoid();
        var hands = PerHand.Create(side => new HumanoidHand(person, side));
        var clip = Clips.Smooth(frames: 3);
        var motion = SeatedPianist.Play(person, hands, new TwoHandClip(clip.Hands, hands.Map(hand => hand.Skeleton), clip.Fps));
        Assert.Same(motion, TPose.Of(motion));
    }

    [Fact]
    public void AnAverageBody_HasTheClipsHands_WhereTheyAre()
    {
        var clip = Clips.Smooth(frames: 20);
        var (body, hands) = AverageBody.With(clip.Skeletons);
        Assert.True(SeatedPianist.CanSeat(body));
        Assert.InRange(body["head"].Y - body.Ground, 1.3f, 1.9f);
        var motion = SeatedPianist.Play(body, hands, clip);
        foreach (var side in HandSides.Both)
        {
            var expected = clip.Points(side);
            var at = motion.Positions(13);
            foreach (var finger in Fingers.All)
            {
                Assert.True(Vector3.Distance(expected[13 * HandJoint.PointCount + HandJoint.Tip(finger)] - expected[13 * HandJoint.PointCount], at[HumanoidBones.Tip(side, finger)] - at[HumanoidBones.Hand(side)]) < 1e-4f, $"{side} {finger}");
            }
        }
    }

    // The arms turned down about the shoulders.
    private static Humanoid Lowered(Humanoid person, float angle)
    {
        var positions = person.Bones.ToDictionary(bone => bone, bone => person[bone]);
        foreach (var side in HandSides.Both)
        {
            var shoulder = HumanoidBones.Limb(side, "UpperArm");
            var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitZ, side == HandSide.Left ? -angle : angle);
            foreach (var bone in person.Bones)
            {
                var above = bone;
                while (above is not null && above != shoulder) above = person.Parent(above);
                if (above is not null) positions[bone] = person[shoulder] + Vector3.Transform(person[bone] - person[shoulder], turn);
            }
        }

        return new(positions, person.Bones.Where(bone => person.Parent(bone) is not null).ToDictionary(bone => bone, bone => person.Parent(bone)!));
    }
}
