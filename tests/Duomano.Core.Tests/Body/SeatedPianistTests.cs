using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;

namespace Duomano.Core.Tests.Body;

public class SeatedPianistTests
{
    private static readonly Humanoid Person = Standing.Humanoid();
    private static readonly PerHand<HumanoidHand> Hands = PerHand.Create(side => new HumanoidHand(Person, side));
    private static readonly TwoHandClip Clip = Played();
    private static readonly BodyMotion Motion = SeatedPianist.Play(Person, Hands, Clip);

    [Fact]
    public void EveryFinger_IsWhereTheClipHasIt()
    {
        foreach (var side in HandSides.Both)
        {
            var expected = Clip.Points(side);
            for (var frame = 0; frame < Clip.FrameCount; frame += 7)
            {
                var at = Motion.Positions(frame);
                Near(expected[frame * HandJoint.PointCount], at[HumanoidBones.Hand(side)], 2e-4f);
                foreach (var finger in Fingers.All)
                {
                    for (var joint = 0; joint < HumanoidBones.FingerJoints; joint++)
                    {
                        Near(expected[frame * HandJoint.PointCount + HandJoint.First(finger) + joint], at[HumanoidBones.Joint(side, finger, joint)], 4e-4f);
                    }

                    // Pads lie a little below and before the tip.
                    Near(expected[frame * HandJoint.PointCount + HandJoint.Tip(finger)], at[HumanoidBones.Tip(side, finger)], 0.009f);
                }
            }
        }
    }

    [Fact]
    public void TheBody_SitsUpright_ItsFeetOnTheFloor_ItsThighsBelowTheKeys()
    {
        for (var frame = 0; frame < Motion.FrameCount; frame += 5)
        {
            var at = Motion.Positions(frame);
            Assert.True(at["head"].Y > at["hips"].Y + 0.5f);
            Assert.InRange(at["hips"].Z, 0.25f, 0.6f);
            foreach (var side in HandSides.Both)
            {
                Assert.Equal(-SeatedPianist.Floor + 0.085f, at[HumanoidBones.Limb(side, "Foot")].Y, 2e-3f);
                Assert.True(at[HumanoidBones.Limb(side, "UpperLeg")].Y < -0.12f);
                Assert.True(at[HumanoidBones.Limb(side, "LowerLeg")].Z < at[HumanoidBones.Limb(side, "UpperLeg")].Z - 0.2f, "knees are before the hips");
            }
        }
    }

    [Fact]
    public void Elbows_HangBesideTheBody_AndBendAsElbowsDo()
    {
        for (var frame = 0; frame < Motion.FrameCount; frame += 5)
        {
            var at = Motion.Positions(frame);
            foreach (var side in HandSides.Both)
            {
                var out_ = side == HandSide.Right ? 1 : -1;
                var (shoulder, elbow, wrist) = (at[HumanoidBones.Limb(side, "UpperArm")], at[HumanoidBones.Limb(side, "LowerArm")], at[HumanoidBones.Hand(side)]);
                Assert.True(out_ * (elbow.X - at["spine"].X) > 0.1f, $"the {side} elbow is {elbow} beside {at["spine"]}");
                Assert.True(elbow.Y < shoulder.Y - 0.1f);
                Assert.True(wrist.Z < elbow.Z, "forearms go forward");
            }
        }
    }

    [Theory]
    [InlineData(30)]
    [InlineData(90)]
    public void Elbows_GoAroundTheBody_WhereverTheHandsAre(int key)
    {
        var waist = new Vector2(0.17f, 0.14f);
        var person = Standing.Humanoid(shape: new() { Waist = waist });
        var motion = SeatedPianist.Play(person, Hands, Played(i => key + i % 5, i => key - 5 - i % 4));
        for (var frame = 0; frame < motion.FrameCount; frame += 5)
        {
            var at = motion.Positions(frame);
            var (left, right) = (at["leftUpperArm"], at["rightUpperArm"]);
            var up = Vector3.Normalize((left + right) / 2 - at["hips"]);
            var across = Vector3.Normalize(right - left);
            foreach (var elbow in (Vector3[])[at["leftLowerArm"], at["rightLowerArm"]])
            {
                var away = elbow - at["hips"];
                away -= Vector3.Dot(away, up) * up;
                var share = new Vector2(Vector3.Dot(away, across) / waist.X, Vector3.Cross(across, away).Length() / waist.Y).Length();
                Assert.True(share > 1.05f, $"frame {frame}: {elbow} is {share:0.00} of the way out of the trunk at {at["hips"]}");
            }
        }
    }

    [Fact]
    public void NothingJerks()
    {
        foreach (var bone in (string[])["head", "leftLowerArm", "rightLowerArm", "leftLowerLeg", "rightLowerLeg"])
        {
            var path = Enumerable.Range(0, Motion.FrameCount).Select(frame => Motion.Positions(frame)[bone]).ToList();
            for (var frame = 1; frame < path.Count; frame++) Assert.True(Vector3.Distance(path[frame - 1], path[frame]) < 0.06f, $"{bone} jumps in frame {frame}");
        }
    }

    [Fact]
    public void TheHead_LooksAtTheHands()
    {
        var at = Motion.Positions(60);
        var looking = Vector3.Transform(Vector3.UnitZ, Motion.Turn("head", 60));
        var way = Vector3.Normalize((at["leftHand"] + at["rightHand"]) / 2 - at["head"]);
        Assert.True(Vector3.Dot(looking, way) > 0.8f);
        Assert.True(looking.Y < -0.2f);
    }

    [Fact]
    public void ThePedal_MovesTheRightFootAlone()
    {
        var pressed = SeatedPianist.Play(Person, Hands, Clip.WithPedal([new(1, 127)]));
        Assert.True(Motion.Turn("rightFoot", 90) != pressed.Turn("rightFoot", 90));
        Assert.Equal(Motion.Turn("leftFoot", 90), pressed.Turn("leftFoot", 90));
        var (up, down) = (Vector3.Transform(Vector3.UnitZ, pressed.Turn("rightFoot", 3)).Y, Vector3.Transform(Vector3.UnitZ, pressed.Turn("rightFoot", 90)).Y);
        Assert.True(down < up - 0.05f);
    }

    [Fact]
    public void StylesMoveMoreOrLess()
    {
        double Moved(BodyStyle style)
        {
            var motion = SeatedPianist.Play(Person, Hands, Clip, style);
            return Enumerable.Range(1, motion.FrameCount - 1).Sum(frame => (double)Vector3.Distance(motion.Positions(frame)["head"], motion.Positions(frame - 1)["head"]));
        }

        Assert.True(Moved(BodyStyle.Still) < Moved(BodyStyle.Neutral));
        Assert.True(Moved(BodyStyle.Neutral) < Moved(BodyStyle.Expressive));
    }

    [Fact]
    public void WhoLacksLegs_IsNotSeated()
    {
        var hands = new Humanoid(Person.Bones.Where(bone => !bone.Contains("Leg", StringComparison.Ordinal)).ToDictionary(bone => bone, bone => Person[bone]), new Dictionary<string, string>());
        Assert.False(SeatedPianist.CanSeat(hands));
        Assert.Throws<ArgumentException>(() => SeatedPianist.Play(hands, Hands, Clip));
    }

    private static void Near(Vector3 expected, Vector3 actual, float tolerance) => Assert.True(Vector3.Distance(expected, actual) <= tolerance, $"{actual} is {Vector3.Distance(expected, actual) * 1000:0.0} mm from {expected}");

    // From one end of the keyboard to the other, softly and loudly.
    private static TwoHandClip Played() => Played(i => 60 + 2 * i, i => 58 - 3 * i / 2);

    private static TwoHandClip Played(Func<int, int> right, Func<int, int> left)
    {
        var notes = Enumerable.Range(0, 24).SelectMany(i => (Note[])
        [
            new(0.5 + 0.25 * i, 0.7 + 0.25 * i, new PianoKey(right(i)), 40 + 3 * i), new(0.5 + 0.25 * i, 0.7 + 0.25 * i, new PianoKey(left(i)), 40 + 3 * i),
        ]);
        var style = PerformanceStyle.Neutral with { HandSize = Hands.Right.Skeleton.Reach };
        return KinematicPianist.Perform(FingeringPlanner.Plan([.. notes]).Notes, style, hands: Hands.Map(hand => hand.Skeleton)).Clip;
    }
}
