using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Tests;

namespace Duomano.Core.Tests.Motion;

public class PianoMotionFrameTest
{
    [Fact]
    public void The_camera_looks_down_from_24_m()
    {
        AssertNear(new(0, 0, 24), PianoMotionFrame.ToCamera(Vector3.Zero));
        AssertNear(new(0.3f, 0, 24), PianoMotionFrame.ToCamera(new(0.3f, 0, 0)));
        AssertNear(new(0, 0.1f, 24), PianoMotionFrame.ToCamera(new(0, 0, 0.1f)));
        AssertNear(new(0, 0, 23.9f), PianoMotionFrame.ToCamera(new(0, 0.1f, 0)));
    }

    [Fact]
    public void Points_come_back()
    {
        var point = new Vector3(0.25f, 0.0625f, -0.125f);
        AssertNear(point, PianoMotionFrame.ToPiano(PianoMotionFrame.ToCamera(point)));
    }

    [Fact]
    public void A_right_hand_at_rest_is_turned_a_quarter_about_x()
    {
        var values = Write(HandSide.Right, new HandPose { Wrist = new(0.3f, 0.05f, 0.1f) }, PianoMotionHand.Duomano);
        AssertNear(new(0.3f, 0.1f, 23.95f), new(values));
        AssertNear(new(-MathF.PI / 2, 0, 0), new(values.AsSpan(3)));
        Assert.All(values[6..], value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_left_hand_is_stored_as_its_mirror_image()
    {
        var pose = Clips.Smooth(frames: 1).Hands.Right.GetPose(0);
        Assert.Equal(Write(HandSide.Right, pose, PianoMotionHand.Duomano), Write(HandSide.Left, HandMirror.Pose(pose), PianoMotionHand.Duomano));
    }

    [Fact]
    public void The_published_viewer_sees_the_same_points()
    {
        // What it does: the right hand's model posed by the row, translated, and for a left hand x negated.
        var clip = Clips.Smooth(frames: 10);
        var model = HandSkeleton.Create(HandSide.Right, 1.1f);
        foreach (var side in HandSides.Both)
        {
            var expected = clip.Points(side);
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                var values = Write(side, clip.Hands[side].GetPose(frame), PianoMotionHand.Duomano);
                var seen = new HandPose { Wrist = new(values) };
                for (var joint = 0; joint < HandJoint.Count; joint++) seen.Rotations[joint] = new(values.AsSpan(3 + joint * 3));
                var points = new Vector3[HandJoint.PointCount];
                ForwardKinematics.Points(model, seen, points);
                for (var i = 0; i < points.Length; i++)
                {
                    if (side == HandSide.Left) points[i].X = -points[i].X;
                    AssertNear(PianoMotionFrame.ToCamera(expected[frame * HandJoint.PointCount + i]), points[i]);
                }
            }
        }
    }

    [Theory]
    [InlineData(HandSide.Left)]
    [InlineData(HandSide.Right)]
    public void Poses_come_back(HandSide side)
    {
        var clip = Clips.Smooth();
        var hand = new PianoMotionHand
        {
            Name = "with a mean pose",
            RestWrist = new(0.096f, 0.006f, 0.006f),
            MeanPose = [.. Enumerable.Range(0, 15).Select(joint => new Vector3(0.1f, -0.02f * joint, 0.3f))],
        };
        foreach (var model in (PianoMotionHand[])[PianoMotionHand.Duomano, PianoMotionHand.Mano, hand])
        {
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                var pose = clip.Hands[side].GetPose(frame);
                var back = new HandPose();
                PianoMotionFrame.Read(side, Write(side, pose, model), model, back);
                AssertNear(pose.Wrist, back.Wrist);
                for (var joint = 0; joint < HandJoint.Count; joint++) AssertNear(pose.Rotations[joint], back.Rotations[joint]);
            }
        }
    }

    [Fact]
    public void A_models_resting_wrist_is_taken_off_the_translation()
    {
        var pose = new HandPose { Wrist = new(0.3f, 0, 0) };
        Assert.Equal(0.3f - 0.096f, Write(HandSide.Right, pose, PianoMotionHand.Mano)[0], 1e-6f);
        Assert.Equal(-0.3f - 0.096f, Write(HandSide.Left, pose, PianoMotionHand.Mano)[0], 1e-6f);
    }

    [Fact]
    public void A_mean_pose_has_15_joints() =>
        Assert.Throws<ArgumentException>(() => new PianoMotionHand { Name = "short", MeanPose = new Vector3[16] });

    private static float[] Write(HandSide side, HandPose pose, PianoMotionHand hand)
    {
        var values = new float[PianoMotionFrame.Length];
        PianoMotionFrame.Write(side, pose, hand, values);
        return values;
    }

    // Three parts in ten million of 24 m, the camera's height, are 2 µm in float32.
    private static void AssertNear(Vector3 expected, Vector3 actual) =>
        Assert.True(Vector3.Distance(expected, actual) < 4e-6f, $"{actual}, expected {expected}");
}
