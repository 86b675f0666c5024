using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>A body that does not bend, as triangles.</summary>
public sealed class TriangleMesh
{
    private readonly List<Vector3> _positions = [];
    private readonly List<Vector3> _normals = [];
    private readonly List<int> _indices = [];

    /// <summary>Corners, metres.</summary>
    public IReadOnlyList<Vector3> Positions => _positions;

    /// <summary>The corners' outward unit normals.</summary>
    public IReadOnlyList<Vector3> Normals => _normals;

    /// <summary>Three corners a triangle, counter-clockwise as seen from outside.</summary>
    public IReadOnlyList<int> Indices => _indices;

    /// <summary>Each corner's normal: those of its triangles, larger ones counting more; upwards where a corner has none.</summary>
    public static Vector3[] NormalsOf(IReadOnlyList<Vector3> positions, IReadOnlyList<int> indices)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(indices);
        var sums = new Vector3[positions.Count];
        for (var i = 0; i < indices.Count; i += 3)
        {
            var (a, b, c) = (indices[i], indices[i + 1], indices[i + 2]);
            var normal = Vector3.Cross(positions[b] - positions[a], positions[c] - positions[a]);
            sums[a] += normal;
            sums[b] += normal;
            sums[c] += normal;
        }

        return Array.ConvertAll(sums, sum => sum.LengthSquared() > 0 ? Vector3.Normalize(sum) : Vector3.UnitY);
    }

    /// <summary>Adds an upright body with rounded upper edges, open below.</summary>
    /// <param name="outline">Its outline from above (x, z), counter-clockwise as seen from above.</param>
    /// <param name="bottom">Lowest y.</param>
    /// <param name="top">Highest y.</param>
    /// <param name="bevel">Radius of the upper edges.</param>
    internal void AddPrism(Outline outline, float bottom, float top, float bevel)
    {
        var start = _positions.Count;
        var count = outline.Points.Count;
        const int Rings = 5;
        for (var ring = 0; ring < Rings; ring++)
        {
            var (sin, cos) = ring == 0 ? (0, 1) : MathF.SinCos(MathF.PI / 2 * (ring - 1) / (Rings - 2));
            var height = ring == 0 ? bottom : top - bevel * (1 - sin);
            for (var i = 0; i < count; i++)
            {
                var (point, normal) = (outline.Points[i] - outline.Normals[i] * (bevel * (1 - cos)), outline.Normals[i] * cos);
                _positions.Add(new(point.X, height, point.Y));
                _normals.Add(new(normal.X, sin, normal.Y));
            }
        }

        for (var ring = 0; ring < Rings - 1; ring++)
        {
            for (var i = 0; i < count; i++)
            {
                var next = (i + 1) % count;
                var (a, b) = (start + ring * count + i, start + ring * count + next);
                _indices.AddRange([a, b, b + count, a, b + count, a + count]);
            }
        }

        var upper = start + (Rings - 1) * count;
        foreach (var corner in outline.Triangles()) _indices.Add(upper + corner);
    }

    /// <summary>Adds an upright block with rounded upper edges.</summary>
    internal void AddBlock(Vector3 low, Vector3 high, float bevel) =>
        AddPrism(Outline.Rounded([new(low.X, high.Z), new(high.X, high.Z), new(high.X, low.Z), new(low.X, low.Z)], bevel * 1.2f), low.Y, high.Y, bevel);

    /// <summary>Moves every corner and its normal.</summary>
    internal void Change(Func<Vector3, Vector3, (Vector3 Position, Vector3 Normal)> change)
    {
        for (var i = 0; i < _positions.Count; i++) (_positions[i], _normals[i]) = change(_positions[i], _normals[i]);
    }
}
