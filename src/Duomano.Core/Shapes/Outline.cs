using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>A closed line with rounded corners in the plane of the keys (x, z), counter-clockwise as seen from above.</summary>
internal sealed class Outline
{
    private const int ArcSteps = 3;

    private readonly List<Vector2> _points = [];
    private readonly List<Vector2> _normals = [];

    private Outline()
    {
    }

    public IReadOnlyList<Vector2> Points => _points;

    /// <summary>Outward unit vectors.</summary>
    public IReadOnlyList<Vector2> Normals => _normals;

    /// <summary>Rounds every corner of a polygon, those that point inwards too.</summary>
    public static Outline Rounded(ReadOnlySpan<Vector2> corners, float radius)
    {
        var outline = new Outline();
        for (var i = 0; i < corners.Length; i++)
        {
            var corner = corners[i];
            var before = Vector2.Normalize(corner - corners[(i + corners.Length - 1) % corners.Length]);
            var after = Vector2.Normalize(corners[(i + 1) % corners.Length] - corner);
            var (from, to) = (Outward(before), Outward(after));

            // Left turns of the walk round the outline point outwards; z grows downwards as seen from above.
            var convex = before.X * after.Y - before.Y * after.X < 0;
            var centre = corner + (convex ? -1 : 1) * radius * (from + to) / (1 + Vector2.Dot(from, to));
            for (var step = 0; step <= ArcSteps; step++)
            {
                var normal = Vector2.Normalize(Vector2.Lerp(from, to, (float)step / ArcSteps));
                outline._points.Add(centre + (convex ? 1 : -1) * radius * normal);
                outline._normals.Add(normal);
            }
        }

        return outline;
    }

    /// <summary>The area inside as triangles, by cutting off ears (Meisters 1975).</summary>
    public List<int> Triangles()
    {
        var left = Enumerable.Range(0, _points.Count).ToList();
        var triangles = new List<int>();
        while (left.Count > 3)
        {
            var ear = Enumerable.Range(0, left.Count).FirstOrDefault(i => IsEar(left, i), 0);
            triangles.AddRange([left[(ear + left.Count - 1) % left.Count], left[ear], left[(ear + 1) % left.Count]]);
            left.RemoveAt(ear);
        }

        triangles.AddRange(left);
        return triangles;
    }

    private static Vector2 Outward(Vector2 way) => new(-way.Y, way.X);

    private bool IsEar(List<int> left, int i)
    {
        var (before, tip, after) = (left[(i + left.Count - 1) % left.Count], left[i], left[(i + 1) % left.Count]);
        if (Turn(_points[before], _points[tip], _points[after]) >= 0) return false;
        foreach (var other in left)
        {
            if (other == before || other == tip || other == after) continue;
            var point = _points[other];
            if (Turn(_points[before], _points[tip], point) <= 0 && Turn(_points[tip], _points[after], point) <= 0 && Turn(_points[after], _points[before], point) <= 0) return false;
        }

        return true;
    }

    private static float Turn(Vector2 a, Vector2 b, Vector2 c) => (b.X - a.X) * (c.Y - a.Y) - (b.Y - a.Y) * (c.X - a.X);
}
