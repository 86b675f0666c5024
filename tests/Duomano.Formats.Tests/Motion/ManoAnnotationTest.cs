using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Glb;
using Duomano.Formats.Motion;

namespace Duomano.Formats.Tests.Motion;

/// <summary>Motion of a user's own MANO hand in files.</summary>
public class ManoAnnotationTest
{
    private static readonly ManoHand Mano = new(SyntheticMano.Arrays());

    [Fact]
    public void Annotation_HasManosOriginItsMeanPoseAndTheBuild_AndReadsBackTheSame()
    {
        var shape = Mano.Shape(1, -0.5f, 2);
        var clip = Clips.Smooth(12).Onto(shape.Skeletons);
        using var folder = new TemporaryFolder();
        MotionFile.Write(folder.PathOf("a.json"), clip);
        var annotation = AnnotationJson.Read(folder.PathOf("a.json"));

        Assert.Equal("mano", annotation.HandModel);
        Assert.Null(annotation.HandSize);
        Assert.Equal(shape.Build.ToArray(), annotation.Row(HandSide.Left, 3)[52..].ToArray());
        var row = annotation.Row(HandSide.Right, 3);
        var origin = PianoMotionFrame.ToCamera(clip.Hands.Right.Wrist(3)) - shape.Joints[0];
        Assert.True(Vector3.Distance(origin, new(row[1], row[2], row[3])) < 1e-5f);
        var first = clip.Hands.Right.JointRotation(3, 1) - Mano.MeanPose[0];
        Assert.True(Vector3.Distance(first, new(row[7], row[8], row[9])) < 1e-5f);

        var read = MotionFile.Read(folder.PathOf("a.json"), Mano);
        foreach (var side in HandSides.Both) AssertNear(clip.Points(side), read.Points(side));

        // Without the annotated build the hand is MANO's mean one.
        Assert.Same(Mano.Mean, MotionFile.Read(folder.PathOf("a.json"), Mano, annotatedBuild: false).Skeletons.Right.Mano);
    }

    [Fact]
    public void OtherMotion_IsPutOntoTheHandsBones()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in (string[])["a.json", "a.npz"])
        {
            MotionFile.Write(folder.PathOf(file), Clips.Smooth(3));
            Assert.Same(Mano.Mean, MotionFile.Read(folder.PathOf(file), Mano).Skeletons.Left.Mano);
        }
    }

    [Fact]
    public void NpzJoints_AreTheMeshsOwn()
    {
        var clip = Clips.Smooth(2).Onto(Mano.Mean.Skeletons);
        using var stream = new MemoryStream();
        NpzMotion.Write(stream, clip);
        stream.Position = 0;
        var joints = NumericJoints(stream);
        var corners = new Vector3[ManoArrays.VertexCount];
        Mano.Mean.Pose(HandSide.Left, clip.Hands.Left.GetPose(1), corners);
        for (var i = 0; i < 5; i++) Assert.True(Vector3.Distance(corners[ManoHand.FingertipVertices[i]], joints[HandJoint.PointCount + HandJoint.Count + i]) < 1e-6f);
    }

    [Fact]
    public void Glb_HasManosMesh_AndSaysWhatIsLeftOut()
    {
        using var stream = new MemoryStream();
        GlbMotion.Write(stream, Clips.Smooth(2).Onto(Mano.Mean.Skeletons));
        stream.Position = 0;
        var model = SharpGLTF.Schema2.ModelRoot.ReadGLB(stream);
        Assert.Contains("correctives", model.Extras!["hand_mesh"]!.ToString(), StringComparison.Ordinal);
        var mesh = model.LogicalMeshes.Single(mesh => mesh.Name == "left_hand");
        var primitive = Assert.Single(mesh.Primitives);
        Assert.Equal(ManoArrays.VertexCount, primitive.GetVertexAccessor("POSITION").Count);
        Assert.Equal(Mano.Faces.Count, primitive.GetIndexAccessor().Count);
        Assert.All(primitive.GetVertexAccessor("WEIGHTS_0").AsVector4Array(), weights => Assert.Equal(1, Vector4.Dot(weights, Vector4.One), 1e-5));
    }

    private static Vector3[] NumericJoints(Stream stream)
    {
        var values = Duomano.Formats.Motion.NpzArrays.ReadAll(stream, "joints")["left_joints"].Values;
        return [.. values.Chunk(3).Select(point => new Vector3(point[0], point[1], point[2]))];
    }

    private static void AssertNear(Vector3[] expected, Vector3[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Vector3.Distance(expected[i], actual[i]) < 2e-5f, $"point {i}: {actual[i]}, expected {expected[i]}");
    }
}
