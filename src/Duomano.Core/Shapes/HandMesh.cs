using System.Collections.Concurrent;
using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>
/// A hand to look at: a closed, smoothly skinned surface around a skeleton at rest, with nails and a piece of forearm that ends in
/// a sleeve; or MANO's own mesh where the skeleton is a MANO hand. The forearm is a bone of its own, number 16, that turns about the wrist (<see cref="ForearmPose"/>).
/// </summary>
public sealed class HandMesh
{
    /// <summary>Bones that move the surface: the 16 joints and the forearm.</summary>
    public const int BoneCount = SkinWeights.Bones;

    /// <summary>The forearm's number among the bones.</summary>
    public const int Forearm = SkinWeights.Forearm;

    // A grid of this many millimetres, and what is left of its triangles.
    private const float Cell = 1.9f;
    private const int SkinTriangles = 4250;

    private static readonly ConcurrentDictionary<Shape, Lazy<HandMesh>> Made = new();

    private HandMesh(IReadOnlyList<SkinnedPart> parts) => Parts = parts;

    /// <summary>Skin (the first), nails, cuff and sleeve; MANO's hand is skin alone.</summary>
    public IReadOnlyList<SkinnedPart> Parts { get; }

    /// <summary>Number of triangles of all parts.</summary>
    public int TriangleCount => Parts.Sum(part => part.Indices.Length / 3);

    /// <summary>The surface of a hand; equal skeletons share one.</summary>
    public static HandMesh Of(HandSkeleton skeleton)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        return Made.GetOrAdd(new(skeleton), shape => new(() => Make(shape.Skeleton))).Value;
    }

    private static HandMesh Make(HandSkeleton skeleton)
    {
        if (skeleton.Mano is { } mano) return new([skeleton.Side == HandSide.Right ? ManoMesh.Build(mano) : Mirrored(ManoMesh.Build(mano))]);
        if (skeleton.Side == HandSide.Left) return new([.. Of(skeleton.Mirrored()).Parts.Select(Mirrored)]);
        var surface = new HandSurface(skeleton);
        var scale = skeleton.Size / 1000;
        return new([Skin(surface, scale), NailShape.Build(surface, scale), .. SleeveShape.Build(scale)]);
    }

    private static SkinnedPart Skin(HandSurface surface, float scale)
    {
        var (low, high) = (new Vector3(float.MaxValue), new Vector3(float.MinValue));
        foreach (var point in surface.Points) (low, high) = (Vector3.Min(low, point), Vector3.Max(high, point));
        high.X = MathF.Max(high.X, PalmShape.ForearmEnd - 14);
        (low.Z, high.Z) = (MathF.Min(low.Z, -40), MathF.Max(high.Z, 34));
        (low.Y, high.Y) = (MathF.Min(low.Y, -22), MathF.Max(high.Y, 22));
        var (positions, indices) = SurfaceNets.Build(surface.Distance, low - new Vector3(20), high + new Vector3(20), Cell);
        (positions, indices) = MeshSimplifier.Simplify(positions, indices, SkinTriangles, point => Importance(surface, point));
        for (var i = 0; i < positions.Count; i++) positions[i] = surface.Project(positions[i]);
        var weights = new SkinWeights(surface).Of(positions, indices);
        return Assemble(SurfaceMaterial.Skin, positions, [.. positions.Select(surface.Normal)], [.. positions.Select(point => SkinTint.At(surface, point))], weights, indices, scale);
    }

    // Corners are spent where the skin bends and where one looks.
    private static float Importance(HandSurface surface, Vector3 point)
    {
        if (point.X > 12) return 0.25f;
        var nearest = 60f;
        foreach (var finger in surface.Fingers)
        {
            for (var joint = 0; joint < 3; joint++) nearest = MathF.Min(nearest, Vector3.Distance(point, finger.BoneAt(finger.Places[joint])));
            nearest = MathF.Min(nearest, Vector3.Distance(point, finger.BoneAt(finger.Places[3])) + 2);
        }

        return nearest < 15 ? 2.5f : 1;
    }

    internal static SkinnedPart Assemble(
        SurfaceMaterial material, IReadOnlyList<Vector3> positions, Vector3[] normals, Vector3[] tints, float[] weights, IReadOnlyList<int> indices, float scale)
    {
        var joints = new (byte, byte, byte, byte)[positions.Count];
        var shares = new Vector4[positions.Count];
        Span<byte> bones = stackalloc byte[4];
        for (var i = 0; i < joints.Length; i++)
        {
            bones.Clear();
            var count = 0;
            for (var bone = 0; bone < BoneCount; bone++)
            {
                if (weights[i * BoneCount + bone] is not (> 0 and var weight)) continue;
                bones[count] = (byte)bone;
                shares[i][count++] = weight;
            }

            joints[i] = (bones[0], bones[1], bones[2], bones[3]);
        }

        return new(material, [.. positions.Select(position => position * scale)], normals, tints, joints, shares, [.. indices]);
    }

    private static SkinnedPart Mirrored(SkinnedPart part)
    {
        var indices = (int[])part.Indices.Clone();
        for (var i = 0; i < indices.Length; i += 3) (indices[i + 1], indices[i + 2]) = (indices[i + 2], indices[i + 1]);
        return part with { Positions = Array.ConvertAll(part.Positions, HandMirror.Point), Normals = Array.ConvertAll(part.Normals, HandMirror.Point), Indices = indices };
    }

    private sealed class Shape(HandSkeleton skeleton) : IEquatable<Shape>
    {
        public HandSkeleton Skeleton => skeleton;

        public bool Equals(Shape? other) => other is not null && other.Skeleton.Side == skeleton.Side && other.Skeleton.Size == skeleton.Size && ReferenceEquals(other.Skeleton.Mano, skeleton.Mano) && other.Skeleton.Points.SequenceEqual(skeleton.Points);

        public override bool Equals(object? obj) => Equals(obj as Shape);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(skeleton.Side);
            foreach (var point in skeleton.Points) hash.Add(point);
            return hash.ToHashCode();
        }
    }
}
