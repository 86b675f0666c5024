using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Hands;

/// <summary>A hand in MANO's form against a plain implementation of MANO's definition, from annotation row to joints and mesh.</summary>
public class ManoHandTest_Definition
{
    private static readonly ManoArrays Arrays = SyntheticMano.Arrays();
    private static readonly ManoHand Hand = new(Arrays);

    [Theory]
    [InlineData(HandSide.Right, 0)]
    [InlineData(HandSide.Right, 1)]
    [InlineData(HandSide.Left, 2)]
    [InlineData(HandSide.Left, 3)]
    public void Row_GivesTheDefinitionsJointsFingertipsAndMesh(HandSide side, int seed)
    {
        var random = new SeededRandom(seed);
        var row = new float[PianoMotionFrame.Length];
        (row[0], row[1], row[2]) = (0.2f, 0.15f, 23.9f);
        for (var i = 3; i < row.Length; i++) row[i] = (float)(0.6 * random.NextGaussian());
        var build = new float[ManoArrays.ShapeLength];
        random.FillGaussian(build);
        var shape = Hand.Shape(build);
        var expected = PlainMano.Pose(Arrays, [row[0], row[1], row[2]], Array.ConvertAll(row[3..], value => (double)value), Array.ConvertAll(build, value => (double)value));

        var pose = new HandPose();
        PianoMotionFrame.Read(side, row, PianoMotionHand.Of(shape), pose);
        var points = new Vector3[HandJoint.PointCount];
        ForwardKinematics.Points(shape.Skeleton(side), pose, points);
        var corners = new Vector3[ManoArrays.VertexCount];
        shape.Pose(side, pose, corners);

        // The camera stands 24 m away: a float there is exact to two micrometres.
        for (var joint = 0; joint < HandJoint.Count; joint++) AssertNear(PlainMano.InPiano(expected.Joints, joint, side), points[joint]);
        for (var i = 0; i < 5; i++) AssertNear(PlainMano.InPiano(expected.Corners, ManoHand.FingertipVertices[i], side), points[HandJoint.Count + i]);
        for (var i = 0; i < corners.Length; i++) AssertNear(PlainMano.InPiano(expected.Corners, i, side), corners[i]);
    }

    [Fact]
    public void RestSkeleton_IsTheMeanHandsJointsCountedFromTheWrist()
    {
        var skeleton = Hand.Mean.Skeleton(HandSide.Right);
        Assert.True(Vector3.Distance(SyntheticMano.Wrist, Hand.Mean.Joints[0]) < 1e-6f);
        for (var joint = 0; joint < HandJoint.Count; joint++) Assert.True(Vector3.Distance(Hand.Mean.Joints[joint] - Hand.Mean.Joints[0], skeleton.Points[joint]) < 1e-6f);
        Assert.Equal(Array.ConvertAll(skeleton.Points.ToArray(), HandMirror.Point), Hand.Mean.Skeleton(HandSide.Left).Points.ToArray());
        Assert.InRange(skeleton.Size, 1.03f, 1.05f);
    }

    [Fact]
    public void LeftHandsFile_IsRefused()
    {
        var template = (double[])Arrays.Template.Clone();
        for (var i = 0; i < template.Length; i += 3) template[i] = -template[i];
        var error = Assert.Throws<ArgumentException>(() => new ManoHand(Arrays with { Template = template }));
        Assert.Contains("MANO_RIGHT", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WrongSizesAndNumbers_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => Arrays with { Weights = new double[5] });
        Assert.Throws<ArgumentException>(() => Arrays with { MeanPose = [.. Arrays.MeanPose[1..], double.NaN] });
        Assert.Throws<ArgumentException>(() => Arrays with { Faces = [0, 1, ManoArrays.VertexCount] });
        Assert.Throws<ArgumentException>(() => Hand.Shape(new float[11]));
        Assert.Throws<ArgumentException>(() => Hand.Shape(float.NaN));
    }

    private static void AssertNear(Vector3 expected, Vector3 actual) => Assert.True(Vector3.Distance(expected, actual) < 4e-6f, $"{actual} is {Vector3.Distance(expected, actual)} m from {expected}");
}
