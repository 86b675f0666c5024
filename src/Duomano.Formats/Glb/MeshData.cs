using System.Numerics;

namespace Duomano.Formats.Glb;

/// <summary>Triangles under construction; corners may be skinned to up to two joints.</summary>
internal sealed class MeshData
{
    public List<Vector3> Positions { get; } = [];

    public List<Vector3> Normals { get; } = [];

    /// <summary>For each corner two joints and the second one's weight; empty for rigid meshes.</summary>
    public List<(int First, int Second, float SecondWeight)> Weights { get; } = [];

    public List<int> Indices { get; } = [];

    /// <summary>Adds a flat face with its own corners, counter-clockwise as seen from outside.</summary>
    public void AddQuad(Vector3 a, Vector3 b, Vector3 c, Vector3 d)
    {
        var start = Positions.Count;
        var normal = Vector3.Normalize(Vector3.Cross(c - a, d - b));
        Positions.AddRange([a, b, c, d]);
        Normals.AddRange([normal, normal, normal, normal]);
        Indices.AddRange([start, start + 1, start + 2, start, start + 2, start + 3]);
    }

    /// <summary>Adds a body with four-cornered ends: the lower and the upper rectangle's corners, both counter-clockwise from above.</summary>
    public void AddHexahedron(ReadOnlySpan<Vector3> bottom, ReadOnlySpan<Vector3> top)
    {
        AddQuad(top[0], top[1], top[2], top[3]);
        AddQuad(bottom[3], bottom[2], bottom[1], bottom[0]);
        for (var i = 0; i < 4; i++)
        {
            var next = (i + 1) % 4;
            AddQuad(bottom[i], bottom[next], top[next], top[i]);
        }
    }

    /// <summary>Adds a box between two corners.</summary>
    public void AddBox(Vector3 low, Vector3 high) => AddHexahedron(
        [new(low.X, low.Y, high.Z), new(high.X, low.Y, high.Z), new(high.X, low.Y, low.Z), new(low.X, low.Y, low.Z)],
        [new(low.X, high.Y, high.Z), new(high.X, high.Y, high.Z), new(high.X, high.Y, low.Z), new(low.X, high.Y, low.Z)]);

    /// <summary>
    /// Adds a closed skin through rings of equally many points, each ring counter-clockwise as seen from the last one back, with
    /// a point at either end. Normals are still missing; see <see cref="SmoothNormals"/>.
    /// </summary>
    public void AddLoft(Vector3 startPole, IReadOnlyList<Vector3[]> rings, Vector3 endPole, Func<int, (int, int, float)> weightOfRing)
    {
        var start = Positions.Count;
        var sides = rings[0].Length;
        Positions.Add(startPole);
        Weights.Add(weightOfRing(0));
        for (var ring = 0; ring < rings.Count; ring++)
        {
            Positions.AddRange(rings[ring]);
            for (var i = 0; i < sides; i++) Weights.Add(weightOfRing(ring));
        }

        var end = Positions.Count;
        Positions.Add(endPole);
        Weights.Add(weightOfRing(rings.Count - 1));
        for (var i = 0; i < sides; i++)
        {
            var next = (i + 1) % sides;
            var last = end - sides;
            Indices.AddRange([start, start + 1 + next, start + 1 + i]);
            Indices.AddRange([end, last + i, last + next]);
            for (var ring = 0; ring < rings.Count - 1; ring++)
            {
                var low = start + 1 + ring * sides;
                var high = low + sides;
                Indices.AddRange([low + i, low + next, high + next, low + i, high + next, high + i]);
            }
        }
    }

    /// <summary>Gives every corner the mean normal of its triangles, weighted by their area.</summary>
    public void SmoothNormals()
    {
        var sums = new Vector3[Positions.Count];
        for (var i = 0; i < Indices.Count; i += 3)
        {
            var (a, b, c) = (Indices[i], Indices[i + 1], Indices[i + 2]);
            var normal = Vector3.Cross(Positions[b] - Positions[a], Positions[c] - Positions[a]);
            sums[a] += normal;
            sums[b] += normal;
            sums[c] += normal;
        }

        Normals.Clear();
        Normals.AddRange(sums.Select(sum => sum.LengthSquared() > 0 ? Vector3.Normalize(sum) : Vector3.UnitY));
    }

    /// <summary>Reflects everything in x; triangles turn round so that they still face outwards.</summary>
    public void Mirror()
    {
        for (var i = 0; i < Positions.Count; i++) Positions[i] = Core.Hands.HandMirror.Point(Positions[i]);
        for (var i = 0; i < Normals.Count; i++) Normals[i] = Core.Hands.HandMirror.Point(Normals[i]);
        for (var i = 0; i < Indices.Count; i += 3) (Indices[i + 1], Indices[i + 2]) = (Indices[i + 2], Indices[i + 1]);
    }
}
