using System.Numerics;
using Duomano.Core.Body;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Shapes;
using Duomano.Formats.Avatars;

namespace Duomano.Formats.Tests.Avatars;

/// <summary>A whole body with a surface, all over the keyboard.</summary>
public class AvatarAtThePianoTests
{
    private static readonly AvatarFile Avatar = AvatarFile.Pianist(TwoHandClip.SkeletonsOfSize(1));
    private static readonly Humanoid Person = Avatar.Rig.ToHumanoid();
    private static readonly PerHand<HumanoidHand> Hands = PerHand.Create(side => new HumanoidHand(Person, side));
    private static readonly TwoHandClip Clip = Performed();
    private static readonly BodyMotion Motion = SeatedPianist.Play(Person, Hands, Clip, BodyStyle.Expressive);

    [Fact]
    public void Nothing_of_it_is_in_the_wood()
    {
        // The boxes that the case is made of: each has its eight outermost corners.
        var boxes = KeyShape.BuildCase().Single(part => part.Name == "case").Mesh;
        var (low, high) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
        foreach (var corner in boxes.Positions) (low, high) = (Vector3.Min(low, corner), Vector3.Max(high, corner));
        // Below the keys, and behind them.
        (Vector3 Low, Vector3 High)[] wood = [(low, high with { Y = -0.034f }), (low, high with { Z = PianoKey.BackZ - 0.008f })];
        Assert.True(low.Y < -0.05f && high.Y > 0.05f && high.Z < 0.03f, $"the case is {low} to {high}");
        var skin = new AvatarSkin(Avatar, Motion, 1);
        for (var frame = 0; frame < Clip.FrameCount; frame += 6)
        {
            skin.Pose(frame / Clip.Fps);
            foreach (var at in skin.Parts.SelectMany(part => part.Positions))
            {
                var deepest = wood.Max(box => Math.Min(Least(at - box.Low), Least(box.High - at)));
                Assert.True(deepest < 0.005f, $"in frame {frame} {at} is {deepest * 1000:0.0} mm in the wood");
            }
        }

        static float Least(Vector3 way) => MathF.Min(way.X, MathF.Min(way.Y, way.Z));
    }

    [Fact]
    public void No_joint_goes_where_peoples_do_not()
    {
        for (var frame = 0; frame < Motion.FrameCount; frame += 3)
        {
            foreach (var side in HandSides.Both)
            {
                string Limb(string limb) => HumanoidBones.Limb(side, limb);
                var at = Motion.Positions(frame);
                float Bend(string from, string joint, string to) => Angle(at[Limb(joint)] - at[Limb(from)], at[Limb(to)] - at[Limb(joint)]);
                Assert.InRange(Bend("UpperArm", "LowerArm", "Hand"), 0.05f, 2.5f);
                Assert.InRange(Bend("UpperLeg", "LowerLeg", "Foot"), 0.3f, 2.4f);
                // The upper arm hangs or goes forward, neither up nor far behind.
                Assert.True(at[Limb("LowerArm")].Y < at[Limb("UpperArm")].Y - 0.05f, $"frame {frame}: the {side} arm is lifted");
                var (forearm, hand) = (Motion.Turn(Limb("LowerArm"), frame), Motion.Turn(Limb("Hand"), frame));
                var axis = Vector3.Normalize(Person[Limb("Hand")] - Person[Limb("LowerArm")]);
                var wrist = Quaternion.Conjugate(forearm) * hand;
                var twist = Rotation.Twist(wrist, axis);
                var swing = wrist * Quaternion.CreateFromAxisAngle(axis, -twist);
                Assert.InRange(twist, -0.8f, 0.8f);
                Assert.True(2 * MathF.Acos(Math.Min(1, MathF.Abs(swing.W))) < 1.2f, $"frame {frame}: the {side} wrist is bent by {2 * MathF.Acos(Math.Min(1, MathF.Abs(swing.W))):0.00} rad");
            }

            var lean = Motion.Positions(frame);
            Assert.True(Angle(lean["head"] - lean["hips"], Vector3.UnitY) < 0.7f);
        }
    }

    private static float Angle(Vector3 a, Vector3 b) => MathF.Acos(Math.Clamp(Vector3.Dot(Vector3.Normalize(a), Vector3.Normalize(b)), -1, 1));

    // Both hands in the middle, apart, at either end, and crossing.
    private static TwoHandClip Performed()
    {
        (int Left, int Right)[] places = [(48, 60), (30, 80), (24, 36), (84, 96), (60, 48), (40, 76), (22, 106)];
        Note[] notes =
        [
            .. places.SelectMany((place, i) => Enumerable.Range(0, 5).SelectMany(step => (Note[])
            [
                new Note(0.5 + 1.6 * i + 0.2 * step, 0.66 + 1.6 * i + 0.2 * step, new PianoKey(place.Left + step % 4), 60 + 4 * i) with { Hand = HandSide.Left },
                new Note(0.5 + 1.6 * i + 0.2 * step, 0.66 + 1.6 * i + 0.2 * step, new PianoKey(place.Right + (step + 1) % 3), 60 + 4 * i) with { Hand = HandSide.Right },
            ])),
        ];
        return KinematicPianist.Perform(FingeringPlanner.Plan(notes).Notes, PerformanceStyle.Neutral, hands: Hands.Map(hand => hand.Skeleton)).Clip;
    }
}
