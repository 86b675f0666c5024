using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>Moves a hand's surface into a pose (linear blend skinning, as glTF viewers do it).</summary>
public sealed class HandSkinner
{
    private readonly HandSkeleton _skeleton;
    private readonly Matrix4x4[] _bones = new Matrix4x4[HandMesh.BoneCount];
    private readonly Vector3[] _points = new Vector3[HandJoint.PointCount];
    private readonly Quaternion[] _orientations = new Quaternion[HandJoint.Count];

    /// <summary>Prepares for one hand.</summary>
    public HandSkinner(HandSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        _skeleton = skeleton;
        Mesh = HandMesh.Of(skeleton);
        Positions = [.. Mesh.Parts.Select(part => new Vector3[part.Positions.Length])];
        Normals = [.. Mesh.Parts.Select(part => new Vector3[part.Positions.Length])];
    }

    /// <summary>The surface at rest.</summary>
    public HandMesh Mesh { get; }

    /// <summary>For each part of the mesh where its corners are, metres in the piano frame.</summary>
    public IReadOnlyList<Vector3[]> Positions { get; }

    /// <summary>For each part of the mesh its corners' normals, about of unit length.</summary>
    public IReadOnlyList<Vector3[]> Normals { get; }

    /// <summary>Fills <see cref="Positions"/> and <see cref="Normals"/>.</summary>
    public void Pose(HandPose pose)
    {
        ForwardKinematics.Points(_skeleton, pose, _points, _orientations);
        for (var joint = 0; joint < HandJoint.Count; joint++) _bones[joint] = Bone(_skeleton.Points[joint], _orientations[joint], _points[joint]);
        _bones[HandMesh.Forearm] = Bone(Vector3.Zero, ForearmPose.Orientation(_skeleton.Side, pose.Wrist, _orientations[HandJoint.Wrist]), pose.Wrist);
        for (var part = 0; part < Mesh.Parts.Count; part++) Move(Mesh.Parts[part], Positions[part], Normals[part]);
    }

    private static Matrix4x4 Bone(Vector3 rest, Quaternion orientation, Vector3 place) =>
        Matrix4x4.CreateTranslation(-rest) * Matrix4x4.CreateFromQuaternion(orientation) * Matrix4x4.CreateTranslation(place);

    private void Move(SkinnedPart part, Vector3[] positions, Vector3[] normals)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            var (a, b, c, d) = part.Joints[i];
            var weights = part.Weights[i];
            var bone = _bones[a] * weights.X;
            if (weights.Y > 0) bone += _bones[b] * weights.Y;
            if (weights.Z > 0) bone += _bones[c] * weights.Z;
            if (weights.W > 0) bone += _bones[d] * weights.W;
            positions[i] = Vector3.Transform(part.Positions[i], bone);
            normals[i] = Vector3.TransformNormal(part.Normals[i], bone);
        }
    }
}
