using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>Fingernails: curved plates laid on the backs of the fingertips, their borders sunk into the skin.</summary>
internal static class NailShape
{
    // Lines across and along a plate: close to its border, where it rises out of the skin, and where its free edge begins.
    private static readonly float[] Across = [-1, -0.92f, -0.5f, 0, 0.5f, 0.92f, 1];
    private static readonly float[] Along = [-1, -0.94f, -0.55f, -0.1f, 0.35f, 0.66f, 0.74f, 0.95f, 1];
    private const float FreeEdge = 0.70f;

    // How far plates stand out of the skin in the middle, and how deep their borders lie, millimetres.
    private const float Raise = 0.45f;
    private const float Sink = 0.6f;

    // The bed shines through the plate, palest at the root; the free edge has the plate's own colour.
    private static readonly Vector3 Bed = new(0.86f, 0.66f, 0.63f);
    private static readonly Vector3 Root = new(0.92f, 0.76f, 0.72f);

    public static SkinnedPart Build(HandSurface surface, float scale)
    {
        var (positions, normals, indices) = (new List<Vector3>(), new List<Vector3>(), new List<int>());
        var weights = new List<float>();
        var tints = new List<Vector3>();
        foreach (var finger in surface.Fingers)
        {
            var thumb = finger.Finger == Fingering.Finger.Thumb;
            var girth = FingerShape.Girth(finger.Finger);
            var (halfLength, halfWidth) = thumb ? (7.4f, 6.9f) : (6.3f * girth, 5.2f * girth);
            var middle = finger.End - 1.2f - halfLength;
            var start = positions.Count;
            for (var j = 0; j < Along.Length; j++)
            {
                for (var i = 0; i < Across.Length; i++)
                {
                    var (u, v) = (Across[i], Along[j]);
                    var border = MathF.Max(MathF.Abs(u), MathF.Abs(v));

                    // A square drawn into the outline of a nail, rounder at its root than at its free edge.
                    var round = v < 0 ? 0.55f : 0.40f;
                    var (x, y) = (u * MathF.Sqrt(1 - round * v * v), v * MathF.Sqrt(1 - 0.42f * u * u));
                    var height = border > 0.99f ? -Sink : Raise;
                    var (position, normal) = OnBack(surface, finger, middle + y * halfLength, x * halfWidth);
                    positions.Add(position + normal * height);
                    normals.Add(border > 0.99f ? Vector3.Normalize(normal + 0.6f * (finger.Side * u + finger.Along * v)) : normal);
                    tints.Add(v > FreeEdge ? Vector3.One : Vector3.Lerp(Bed, Root, Math.Clamp(-v - 0.3f, 0, 1)));
                    for (var bone = 0; bone < SkinWeights.Bones; bone++) weights.Add(bone == HandJoint.First(finger.Finger) + 2 ? 1 : 0);
                }
            }

            for (var j = 0; j < Along.Length - 1; j++)
            {
                for (var i = 0; i < Across.Length - 1; i++)
                {
                    var at = start + j * Across.Length + i;
                    indices.AddRange([at, at + Across.Length, at + Across.Length + 1, at, at + Across.Length + 1, at + 1]);
                }
            }
        }

        FaceOutwards(positions, normals, indices);
        return HandMesh.Assemble(SurfaceMaterial.Nail, positions, [.. normals], [.. tints], [.. weights], indices, scale);
    }

    // Seen from the back of the finger, towards the bone.
    private static (Vector3 Position, Vector3 Normal) OnBack(HandSurface surface, FingerShape finger, float place, float aside)
    {
        var bone = finger.BoneAt(place);
        var (outside, inside) = (20f, 0f);
        for (var i = 0; i < 24; i++)
        {
            var middle = (outside + inside) / 2;
            if (surface.Distance(bone + finger.Side * aside - finger.Pulp * middle) > 0) outside = middle;
            else inside = middle;
        }

        var point = bone + finger.Side * aside - finger.Pulp * outside;
        return (point, surface.Normal(point));
    }

    private static void FaceOutwards(List<Vector3> positions, List<Vector3> normals, List<int> indices)
    {
        for (var i = 0; i < indices.Count; i += 3)
        {
            var (a, b, c) = (indices[i], indices[i + 1], indices[i + 2]);
            var facing = Vector3.Cross(positions[b] - positions[a], positions[c] - positions[a]);
            if (Vector3.Dot(facing, normals[a] + normals[b] + normals[c]) < 0) (indices[i + 1], indices[i + 2]) = (c, b);
        }
    }
}
