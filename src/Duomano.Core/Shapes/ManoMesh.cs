using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>
/// MANO's mesh as viewers take it: each corner follows its four strongest joints. The correctives that MANO adds for each
/// pose are left out, since no viewer has them.
/// </summary>
internal static class ManoMesh
{
    /// <summary>The right hand's mesh at rest.</summary>
    public static SkinnedPart Build(ManoShape mano)
    {
        int[] indices = [.. mano.Hand.Faces];
        Vector3[] positions = [.. Enumerable.Range(0, ManoArrays.VertexCount).Select(mano.Corner)];
        var weights = new float[positions.Length * SkinWeights.Bones];
        for (var i = 0; i < positions.Length; i++)
        {
            var row = weights.AsSpan(i * SkinWeights.Bones, SkinWeights.Bones);
            for (var joint = 0; joint < HandJoint.Count; joint++) row[joint] = mano.Weight(i, joint);
            SkinWeights.KeepFour(row);
        }

        return HandMesh.Assemble(SurfaceMaterial.Skin, positions, TriangleMesh.NormalsOf(positions, indices), [.. positions.Select(_ => Vector3.One)], weights, indices, 1);
    }
}
