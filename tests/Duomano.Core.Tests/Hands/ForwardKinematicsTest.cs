using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Tests;

namespace Duomano.Core.Tests.Hands;

public class ForwardKinematicsTest
{
    private const float Tolerance = 1e-6f;

    // A stick figure whose fingers are easy to follow by hand: bones of 1 along −x from knuckles at (−2, 0, finger).
    private static readonly HandSkeleton Sticks = MakeSticks();

    [Fact]
    public void At_rest_the_points_are_the_skeletons()
    {
        var pose = new HandPose { Wrist = new(1, 2, 3) };
        var points = Points(HandSkeleton.Create(HandSide.Right), pose);
        var rest = HandSkeleton.Create(HandSide.Right).Points;
        for (var i = 0; i < points.Length; i++) AssertNear(rest[i] + pose.Wrist, points[i]);
    }

    [Fact]
    public void A_bent_joint_turns_what_lies_beyond_it()
    {
        // A quarter turn about +z takes −x to −y: the second index joint bends the finger down.
        var pose = new HandPose();
        pose.Rotations[2] = new(0, 0, MathF.PI / 2);
        var points = Points(Sticks, pose);
        AssertNear(new(-2, 0, 2), points[1]);
        AssertNear(new(-3, 0, 2), points[2]);
        AssertNear(new(-3, -1, 2), points[3]);
        AssertNear(new(-3, -2, 2), points[HandJoint.Tip(Finger.Index)]);
        AssertNear(new(-5, 0, 1), points[HandJoint.Tip(Finger.Middle)]);
    }

    [Fact]
    public void Turns_add_up_along_a_finger()
    {
        var pose = new HandPose();
        pose.Rotations[1] = pose.Rotations[2] = new(0, 0, MathF.PI / 2);
        var points = Points(Sticks, pose);
        AssertNear(new(-2, -1, 2), points[2]);
        AssertNear(new(-1, -1, 2), points[3]);
        AssertNear(new(0, -1, 2), points[HandJoint.Tip(Finger.Index)]);
    }

    [Fact]
    public void A_child_turns_about_its_parents_axes()
    {
        // The wrist turns −x to −z (−90° about y), so the index joint's own z axis is now the world's −x …
        var pose = new HandPose { Wrist = new(0, 1, 0) };
        pose.Rotations[HandJoint.Wrist] = new(0, -MathF.PI / 2, 0);
        pose.Rotations[1] = new(0, 0, MathF.PI / 2);
        var points = Points(Sticks, pose);

        // … but the finger still bends down.
        AssertNear(new(-2, 1, -2), points[1]);
        AssertNear(new(-2, 0, -2), points[2]);
        AssertNear(new(-2, -2, -2), points[HandJoint.Tip(Finger.Index)]);
    }

    [Fact]
    public void Orientations_carry_rest_axes_into_the_world()
    {
        var pose = new HandPose();
        pose.Rotations[HandJoint.Wrist] = new(0, -MathF.PI / 2, 0);
        pose.Rotations[4] = new(0, 0, MathF.PI / 2);
        var orientations = new Quaternion[HandJoint.Count];
        ForwardKinematics.Points(Sticks, pose, new Vector3[HandJoint.PointCount], orientations);
        AssertNear(-Vector3.UnitY, Vector3.Transform(-Vector3.UnitX, orientations[5]));
        AssertNear(-Vector3.UnitZ, Vector3.Transform(-Vector3.UnitX, orientations[1]));
    }

    [Fact]
    public void A_mirrored_pose_of_the_mirrored_hand_gives_the_mirrored_points()
    {
        var clip = Clips.Smooth(frames: 30);
        foreach (var side in HandSides.Both)
        {
            var skeleton = clip.Skeletons[side];
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                var pose = clip.Hands[side].GetPose(frame);
                var expected = Array.ConvertAll(Points(skeleton, pose), HandMirror.Point);
                var mirrored = Points(skeleton.Mirrored(), HandMirror.Pose(pose));
                for (var i = 0; i < expected.Length; i++) AssertNear(expected[i], mirrored[i]);
            }
        }
    }

    [Fact]
    public void Mirroring_twice_changes_nothing()
    {
        var pose = Clips.Smooth(frames: 1).Hands.Left.GetPose(0);
        var twice = HandMirror.Pose(HandMirror.Pose(pose));
        Assert.Equal(pose.Wrist, twice.Wrist);
        Assert.Equal(pose.Rotations, twice.Rotations);
    }

    [Fact]
    public void Axis_angles_and_quaternions_mirror_alike()
    {
        var vector = new Vector3(0.3f, -0.7f, 1.1f);
        var a = Rotation.FromAxisAngle(HandMirror.AxisAngle(vector));
        var b = HandMirror.Rotation(Rotation.FromAxisAngle(vector));
        Assert.Equal(1, MathF.Abs(Quaternion.Dot(a, b)), Tolerance);
    }

    [Fact]
    public void Left_and_right_skeletons_are_mirror_images()
    {
        var (left, right) = (HandSkeleton.Create(HandSide.Left, 0.9f), HandSkeleton.Create(HandSide.Right, 0.9f));
        Assert.Equal(right.Points.ToArray(), left.Points.ToArray().Select(HandMirror.Point));
        Assert.Equal(HandSide.Left, right.Mirrored().Side);
    }

    private static Vector3[] Points(HandSkeleton skeleton, HandPose pose)
    {
        var points = new Vector3[HandJoint.PointCount];
        ForwardKinematics.Points(skeleton, pose, points);
        return points;
    }

    private static HandSkeleton MakeSticks()
    {
        var points = new Vector3[HandJoint.PointCount];
        foreach (var (finger, z) in Fingers.All.Zip((int[])[3, 2, 1, 0, -1]))
        {
            var first = HandJoint.First(finger);
            for (var i = 0; i < 3; i++) points[first + i] = new(-2 - i, 0, z);
            points[HandJoint.Tip(finger)] = new(-5, 0, z);
        }

        return new(HandSide.Right, points);
    }

    private static void AssertNear(Vector3 expected, Vector3 actual) =>
        Assert.True(Vector3.Distance(expected, actual) < Tolerance * 5, $"{actual}, expected {expected}");
}
