using System.Numerics;
using CsCheck;
using Duomano.Core.Hands;
using Duomano.Core.Shapes;

namespace Duomano.Core.Tests.Shapes;

public class ForearmPoseTest
{
    private static readonly Gen<(Vector3 Wrist, Quaternion Hand)> Hands =
        from x in Gen.Float[-0.6f, 0.6f]
        from y in Gen.Float[0, 0.2f]
        from z in Gen.Float[-0.1f, 0.2f]
        from yaw in Gen.Float[-0.8f, 0.8f]
        from pitch in Gen.Float[-0.7f, 0.7f]
        from roll in Gen.Float[-1.2f, 1.2f]
        select (new Vector3(x, y, z), Quaternion.CreateFromYawPitchRoll(yaw - MathF.PI / 2, roll, pitch));

    [Fact]
    public void No_wrist_bends_or_twists_more_than_wrists_do() => Hands.Sample(hand =>
    {
        var relative = ForearmPose.Relative(HandSide.Right, hand.Wrist, hand.Hand);
        var bend = MathF.Acos(Math.Clamp(Vector3.Dot(Vector3.Transform(Vector3.UnitX, relative), Vector3.UnitX), -1, 1));
        Assert.InRange(bend, 0, 0.65f);
        var angle = 2 * MathF.Acos(Math.Min(1, MathF.Abs(relative.W)));
        Assert.InRange(angle, 0, 1.5f);
    });

    [Fact]
    public void The_left_arm_is_the_right_ones_mirror_image() => Hands.Sample(hand =>
    {
        var right = ForearmPose.Orientation(HandSide.Right, hand.Wrist, hand.Hand);
        var left = ForearmPose.Orientation(HandSide.Left, HandMirror.Point(hand.Wrist), HandMirror.Rotation(hand.Hand));
        Assert.Equal(1, MathF.Abs(Quaternion.Dot(right, HandMirror.Rotation(left))), 1e-5f);
    });

    [Fact]
    public void A_little_move_of_the_hand_moves_the_arm_a_little() => Hands.Sample(hand =>
    {
        var turn = Quaternion.Normalize(Quaternion.CreateFromYawPitchRoll(0.004f, -0.003f, 0.005f) * hand.Hand);
        var before = ForearmPose.Orientation(HandSide.Right, hand.Wrist, hand.Hand);
        var after = ForearmPose.Orientation(HandSide.Right, hand.Wrist + new Vector3(0.002f, 0.001f, -0.002f), turn);
        Assert.InRange(2 * MathF.Acos(Math.Min(1, MathF.Abs(Quaternion.Dot(before, after)))), 0, 0.03f);
    });

    [Fact]
    public void An_arm_in_the_middle_of_the_keyboard_leads_to_the_player()
    {
        var straight = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -MathF.PI / 2);
        var along = Vector3.Transform(Vector3.UnitX, ForearmPose.Orientation(HandSide.Right, new(0.1f, 0.08f, 0.05f), straight));
        Assert.True(along.Z > 0.9f && along.X > 0.05f, $"{along}");
    }
}
