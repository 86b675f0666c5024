using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>
/// Makes a closed mesh coarser by drawing edges together, always the one that changes the shape least (Garland and
/// Heckbert 1997, "Surface simplification using quadric error metrics"). Stays closed; no triangle turns over.
/// </summary>
internal sealed class MeshSimplifier
{
    // Short edges go first where the surface is flat, which keeps triangles even.
    private const float Evenness = 2e-3f;

    private readonly Func<Vector3, float> _importance;
    private readonly Vector3[] _positions;
    private readonly Quadric[] _quadrics;
    private readonly int[] _indices;
    private readonly List<int>[] _triangles;
    private readonly int[] _versions;
    private readonly PriorityQueue<(int A, int B, int VersionA, int VersionB), double> _edges = new();
    private readonly HashSet<int> _neighbours = [];
    private int _count;

    private MeshSimplifier(List<Vector3> positions, List<int> indices, Func<Vector3, float> importance)
    {
        _importance = importance;
        _positions = [.. positions];
        _indices = [.. indices];
        _quadrics = new Quadric[positions.Count];
        _versions = new int[positions.Count];
        _triangles = new List<int>[positions.Count];
        for (var i = 0; i < _triangles.Length; i++) _triangles[i] = new(8);
        _count = indices.Count / 3;
        for (var triangle = 0; triangle < _count; triangle++)
        {
            var (a, b, c) = Corners(triangle);
            var quadric = Quadric.OfTriangle(_positions[a], _positions[b], _positions[c]);
            foreach (var corner in (ReadOnlySpan<int>)[a, b, c])
            {
                _triangles[corner].Add(triangle);
                _quadrics[corner] += quadric;
            }
        }

        for (var i = 0; i < _indices.Length; i++)
        {
            var (a, b) = (_indices[i], _indices[i % 3 == 2 ? i - 2 : i + 1]);
            if (a < b) Offer(a, b);
        }
    }

    /// <summary>Makes a mesh coarser.</summary>
    /// <param name="positions">Its corners.</param>
    /// <param name="indices">Its triangles.</param>
    /// <param name="target">How many triangles to leave, about.</param>
    /// <param name="importance">How much a change counts at a place.</param>
    public static (List<Vector3> Positions, List<int> Indices) Simplify(List<Vector3> positions, List<int> indices, int target, Func<Vector3, float> importance)
    {
        var simplifier = new MeshSimplifier(positions, indices, importance);
        while (simplifier._count > target && simplifier._edges.TryDequeue(out var edge, out _)) simplifier.TryCollapse(edge.A, edge.B, edge.VersionA, edge.VersionB);
        return simplifier.Result();
    }

    private (int A, int B, int C) Corners(int triangle) => (_indices[triangle * 3], _indices[triangle * 3 + 1], _indices[triangle * 3 + 2]);

    private void Offer(int a, int b)
    {
        var place = Place(a, b, out var error);
        var cost = (error + Evenness * Vector3.DistanceSquared(_positions[a], _positions[b])) * _importance(place);
        _edges.Enqueue((a, b, _versions[a], _versions[b]), cost);
    }

    private Vector3 Place(int a, int b, out double error)
    {
        var quadric = _quadrics[a] + _quadrics[b];
        var middle = (_positions[a] + _positions[b]) / 2;
        var place = quadric.Least() is { } least && Vector3.DistanceSquared(least, middle) < Vector3.DistanceSquared(_positions[a], _positions[b]) ? least : middle;
        error = Math.Max(0, quadric.At(place));
        return place;
    }

    private void TryCollapse(int a, int b, int versionA, int versionB)
    {
        if (_versions[a] != versionA || _versions[b] != versionB || _triangles[a].Count == 0 || _triangles[b].Count == 0) return;
        var place = Place(a, b, out _);

        // Drawn together, the two may have only the two corners beside the edge in common, or the skin would pinch.
        _neighbours.Clear();
        foreach (var triangle in _triangles[a]) AddCorners(triangle);
        var shared = 0;
        var seen = new HashSet<int>();
        foreach (var triangle in _triangles[b])
        {
            var (x, y, z) = Corners(triangle);
            foreach (var corner in (ReadOnlySpan<int>)[x, y, z])
            {
                if (corner != a && corner != b && _neighbours.Contains(corner) && seen.Add(corner)) shared++;
            }
        }

        if (shared != 2 || TurnsOver(a, b, place) || TurnsOver(b, a, place)) return;
        _positions[a] = place;
        _quadrics[a] += _quadrics[b];
        foreach (var triangle in _triangles[b])
        {
            var (x, y, z) = Corners(triangle);
            if (x == a || y == a || z == a)
            {
                _count--;
                foreach (var corner in (ReadOnlySpan<int>)[x, y, z])
                {
                    if (corner != b) _triangles[corner].Remove(triangle);
                }

                _indices[triangle * 3] = -1;
                continue;
            }

            for (var i = 0; i < 3; i++)
            {
                if (_indices[triangle * 3 + i] == b) _indices[triangle * 3 + i] = a;
            }

            _triangles[a].Add(triangle);
        }

        _triangles[b].Clear();
        _versions[a]++;
        _versions[b]++;
        _neighbours.Clear();
        foreach (var triangle in _triangles[a]) AddCorners(triangle);
        foreach (var corner in _neighbours)
        {
            if (corner != a) Offer(a, corner);
        }
    }

    private void AddCorners(int triangle)
    {
        var (x, y, z) = Corners(triangle);
        _neighbours.Add(x);
        _neighbours.Add(y);
        _neighbours.Add(z);
    }

    private bool TurnsOver(int moved, int gone, Vector3 place)
    {
        foreach (var triangle in _triangles[moved])
        {
            var (x, y, z) = Corners(triangle);
            if (x == gone || y == gone || z == gone) continue;
            var before = Vector3.Cross(_positions[y] - _positions[x], _positions[z] - _positions[x]);
            var (px, py, pz) = (x == moved ? place : _positions[x], y == moved ? place : _positions[y], z == moved ? place : _positions[z]);
            var after = Vector3.Cross(py - px, pz - px);
            if (Vector3.Dot(before, after) <= 0.3f * before.Length() * after.Length()) return true;
        }

        return false;
    }

    private (List<Vector3> Positions, List<int> Indices) Result()
    {
        var (positions, indices) = (new List<Vector3>(), new List<int>());
        var numbers = new int[_positions.Length];
        Array.Fill(numbers, -1);
        for (var i = 0; i < _indices.Length; i++)
        {
            if (_indices[i / 3 * 3] < 0) continue;
            ref var number = ref numbers[_indices[i]];
            if (number < 0)
            {
                number = positions.Count;
                positions.Add(_positions[_indices[i]]);
            }

            indices.Add(number);
        }

        return (positions, indices);
    }
}
