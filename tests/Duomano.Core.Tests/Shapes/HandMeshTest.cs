using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Shapes;

namespace Duomano.Core.Tests.Shapes;

public class HandMeshTest
{
    public static TheoryData<float> Sizes => [0.8f, 1f, 1.25f];

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_skin_is_closed_and_of_a_hands_volume(float size)
    {
        var skin = HandMesh.Of(HandSkeleton.Create(HandSide.Right, size)).Parts[0];
        var edges = new HashSet<(int, int)>();
        for (var i = 0; i < skin.Indices.Length; i++)
        {
            Assert.True(edges.Add((skin.Indices[i], skin.Indices[i % 3 == 2 ? i - 2 : i + 1])), "two triangles run along an edge the same way");
        }

        Assert.All(edges, edge => Assert.Contains((edge.Item2, edge.Item1), edges));

        // A hand holds 0.3 to 0.5 litres, and the wrist goes on a little into the cuff.
        Assert.InRange(Volume(skin.Indices, skin.Positions) / (size * size * size), 3.5e-4f, 6e-4f);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void It_has_as_many_triangles_as_viewers_like(float size) =>
        Assert.InRange(HandMesh.Of(HandSkeleton.Create(HandSide.Left, size)).TriangleCount, 1500, 6000);

    [Fact]
    public void Corners_are_moved_by_at_most_four_bones_that_share_them()
    {
        foreach (var part in HandMesh.Of(HandSkeleton.Create(HandSide.Right)).Parts)
        {
            Assert.All(part.Weights, weights => Assert.Equal(1, weights.X + weights.Y + weights.Z + weights.W, 1e-5f));
            Assert.All(part.Joints, joints => Assert.True(joints.A < HandMesh.BoneCount && joints.B < HandMesh.BoneCount && joints.C < HandMesh.BoneCount && joints.D < HandMesh.BoneCount));
            Assert.All(part.Normals, normal => Assert.Equal(1, normal.Length(), 1e-4f));
            Assert.All(part.Tints, tint => Assert.True(tint is { X: > 0 and <= 1, Y: > 0 and <= 1, Z: > 0 and <= 1 }));
        }
    }

    [Fact]
    public void Every_bone_moves_something()
    {
        var skin = HandMesh.Of(HandSkeleton.Create(HandSide.Right)).Parts[0];
        var most = new float[HandMesh.BoneCount];
        for (var i = 0; i < skin.Joints.Length; i++)
        {
            var (a, b, c, d) = skin.Joints[i];
            foreach (var (bone, weight) in new[] { (a, skin.Weights[i].X), (b, skin.Weights[i].Y), (c, skin.Weights[i].Z), (d, skin.Weights[i].W) }) most[bone] = MathF.Max(most[bone], weight);
        }

        Assert.All(most, weight => Assert.InRange(weight, 0.85f, 1));
    }

    [Fact]
    public void The_left_hand_is_the_right_ones_mirror_image()
    {
        var (left, right) = (HandMesh.Of(HandSkeleton.Create(HandSide.Left)), HandMesh.Of(HandSkeleton.Create(HandSide.Right)));
        foreach (var (own, other) in left.Parts.Zip(right.Parts))
        {
            Assert.Equal(own.Positions, other.Positions.Select(HandMirror.Point));
            Assert.Equal(own.Weights, other.Weights);
        }

        Assert.True(Volume(left.Parts[0].Indices, left.Parts[0].Positions) > 0);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_pads_lie_on_the_skin(float size)
    {
        var skeleton = HandSkeleton.Create(HandSide.Right, size);
        var skin = HandMesh.Of(skeleton).Parts[0].Positions;
        for (var tip = HandJoint.Count; tip < HandJoint.PointCount; tip++)
        {
            var pad = skeleton.Points[tip];
            Assert.InRange(skin.Min(position => Vector3.Distance(position, pad)), 0, 0.003f * size);
            Assert.True(skin.Where(position => Vector2.Distance(new(position.X, position.Z), new(pad.X, pad.Z)) < 0.004f).Min(position => position.Y) > pad.Y - 0.0015f * size);
        }
    }

    [Fact]
    public void Neighbouring_fingers_do_not_move_each_other()
    {
        var skeleton = HandSkeleton.Create(HandSide.Right);
        var skin = HandMesh.Of(skeleton).Parts[0];
        foreach (var finger in Fingers.All)
        {
            // Beyond the webs, around the two outer bones.
            var first = HandJoint.First(finger);
            var (from, to) = (skeleton.Points[first + 1], skeleton.Points[first + 2]);
            for (var i = 0; i < skin.Positions.Length; i++)
            {
                var along = Vector3.Dot(skin.Positions[i] - from, Vector3.Normalize(to - from));
                if (along < 0 || Vector3.Distance(skin.Positions[i], from + Vector3.Normalize(to - from) * along) > 0.012f) continue;
                var (a, b, c, d) = skin.Joints[i];
                var foreign = new[] { (a, skin.Weights[i].X), (b, skin.Weights[i].Y), (c, skin.Weights[i].Z), (d, skin.Weights[i].W) }.Where(share => share.Item1 < first || share.Item1 > first + 2).Sum(share => share.Item2);
                Assert.InRange(foreign, 0, 0.02f);
            }
        }
    }

    [Fact]
    public void Bending_joints_by_a_right_angle_keeps_their_flesh()
    {
        var skeleton = HandSkeleton.Create(HandSide.Right);
        var skinner = new HandSkinner(skeleton);
        var pose = new HandPose();
        skinner.Pose(pose);
        var skin = skinner.Mesh.Parts[0];
        var straight = Volume(skin.Indices, skinner.Positions[0]);
        foreach (var finger in Fingers.All) new FingerChain(skeleton, finger).Write(new(0, 0.3f, MathF.PI / 2), pose);
        skinner.Pose(pose);
        Assert.InRange(Volume(skin.Indices, skinner.Positions[0]) / straight, 0.96f, 1.02f);
    }

    private static float Volume(int[] indices, Vector3[] positions)
    {
        // The signed volume of a closed skin is positive where its triangles face outwards (divergence theorem).
        var volume = 0.0;
        for (var i = 0; i < indices.Length; i += 3) volume += Vector3.Dot(positions[indices[i]], Vector3.Cross(positions[indices[i + 1]], positions[indices[i + 2]])) / 6;
        return (float)volume;
    }
}
