using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;

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
    public void AHand_IsAsThickAsItIsKnownToBe_AndItsPadsLieAsDeep()
    {
        var name = HumanoidBones.Joint(HandSide.Left, Finger.Index, 2);
        var usual = new HumanoidHand(Standing.Humanoid(), HandSide.Left).Skeleton;
        var thick = new HumanoidHand(Standing.Humanoid(shape: new() { Thickness = new Dictionary<string, float> { [name] = 0.009f } }), HandSide.Left).Skeleton;
        Assert.Equal(0.009f, thick.Thickness.Of(Finger.Index, 2), 1e-6f);
        Assert.Equal(usual.Thickness.Of(Finger.Middle, 2), thick.Thickness.Of(Finger.Middle, 2));
        Assert.Equal(0.009f, new HandCapsules(thick).Capsules.Single(capsule => capsule is { Finger: Finger.Index, Bone: 2 }).Radius, 1e-6f);
        Assert.True(thick.Bone(HandJoint.Tip(Finger.Index)).Y < usual.Bone(HandJoint.Tip(Finger.Index)).Y - 0.001f);
        // Claws and gloves are not taken for flesh.
        var claw = new HumanoidHand(Standing.Humanoid(shape: new() { Thickness = new Dictionary<string, float> { [name] = 0.05f } }), HandSide.Left).Skeleton;
        Assert.InRange(claw.Thickness.Of(Finger.Index, 2), 0.01f, 0.02f);
    }

    [Fact]
    public void AShape_GrowsWithItsHumanoid()
    {
        var person = Standing.Humanoid(size: 2, shape: new() { Thickness = new Dictionary<string, float> { ["leftHand"] = 0.02f }, Ground = -0.03f, Waist = new(0.2f, 0.1f) });
        Assert.Equal((-0.06f, 0.04f, new Vector2(0.4f, 0.2f)), (person.Ground, person.Shape.Thickness["leftHand"], person.Shape.Waist!.Value));
    }

    [Fact]
    public void WhatAHandLacks_IsNeverPlayedWith()
    {
        var four = Standing.Humanoid([Finger.Thumb, Finger.Index, Finger.Middle, Finger.Little]);
        var hands = PerHand.Create(side => new HumanoidHand(four, side).Skeleton);
        Assert.Equal([Finger.Ring], HandSkeleton.LackingOf(hands));
        Assert.Equal([Finger.Ring], hands.Left.Lacking);
        // Scales and chords of four, some with the finger that is lacking written over them.
        Note[] notes =
        [
            .. Enumerable.Range(0, 15).Select(i => new Note(0.3 + 0.2 * i, 0.48 + 0.2 * i, new PianoKey(60 + 2 * i - i / 4), 70) with { Finger = i % 3 == 0 ? Finger.Ring : null }),
            .. from chord in Enumerable.Range(0, 4) from step in (int[])[0, 4, 7, 11] select new Note(4 + 0.6 * chord, 4.4 + 0.6 * chord, new PianoKey(48 + chord + step), 70),
        ];
        var plan = FingeringPlanner.Plan(notes, new() { Lacking = [Finger.Ring] });
        Assert.DoesNotContain(plan.Notes, note => note.Finger == Finger.Ring);
        var performance = KinematicPianist.Perform(plan.Notes, PerformanceStyle.Neutral with { HandSize = hands.Right.Reach }, hands: hands);
        Assert.DoesNotContain(performance.Clip.Notes, note => note.Finger == Finger.Ring);
        Assert.InRange(performance.Clip.Notes.Count, notes.Length - 2, notes.Length);
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
