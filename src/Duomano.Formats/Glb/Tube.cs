using System.Numerics;

namespace Duomano.Formats.Glb;

/// <summary>A tapered tube with round ends along a line of joints, as rings of points.</summary>
internal sealed class Tube
{
    private const int RingsPerBone = 6;
    private const int CapRings = 4;

    private readonly float[] _jointPlaces;
    private readonly float[] _radii;
    private readonly List<float> _ringPlaces = [];

    /// <summary>Lays rings around a line.</summary>
    /// <param name="line">At least two points.</param>
    /// <param name="radii">The radius at each of them.</param>
    /// <param name="sides">Points of a ring.</param>
    public Tube(Vector3[] line, float[] radii, int sides)
    {
        _radii = radii;
        _jointPlaces = new float[line.Length];
        for (var i = 1; i < line.Length; i++) _jointPlaces[i] = _jointPlaces[i - 1] + Vector3.Distance(line[i - 1], line[i]);

        var (firstWay, lastWay) = (Vector3.Normalize(line[1] - line[0]), Vector3.Normalize(line[^1] - line[^2]));
        StartPole = line[0] - firstWay * radii[0];
        EndPole = line[^1] + lastWay * radii[^1];
        for (var i = 1; i < CapRings; i++)
        {
            var (sin, cos) = MathF.SinCos(MathF.PI / 2 * i / CapRings);
            AddRing(line[0] - firstWay * (radii[0] * cos), firstWay, radii[0] * sin, sides, -radii[0] * cos);
        }

        for (var bone = 0; bone < line.Length - 1; bone++)
        {
            var rings = bone == line.Length - 2 ? RingsPerBone + 1 : RingsPerBone;
            for (var i = 0; i < rings; i++)
            {
                var part = (float)i / RingsPerBone;
                var way = Direction(line, bone, part);
                AddRing(Vector3.Lerp(line[bone], line[bone + 1], part), way, float.Lerp(radii[bone], radii[bone + 1], part), sides, float.Lerp(_jointPlaces[bone], _jointPlaces[bone + 1], part));
            }
        }

        for (var i = CapRings - 1; i > 0; i--)
        {
            var (sin, cos) = MathF.SinCos(MathF.PI / 2 * i / CapRings);
            AddRing(line[^1] + lastWay * (radii[^1] * cos), lastWay, radii[^1] * sin, sides, _jointPlaces[^1] + radii[^1] * cos);
        }
    }

    public Vector3 StartPole { get; }

    public Vector3 EndPole { get; }

    public List<Vector3[]> Rings { get; } = [];

    /// <summary>Which joints move a ring: the bone it is on, and near a joint also the neighbouring one.</summary>
    /// <param name="ring">The ring.</param>
    /// <param name="joints">What moves before the first joint, then what each joint moves.</param>
    public (int First, int Second, float SecondWeight) WeightAt(int ring, ReadOnlySpan<int> joints)
    {
        var place = _ringPlaces[ring];
        for (var i = joints.Length - 2; i >= 0; i--)
        {
            var reach = _radii[i];
            var part = Math.Clamp((place - _jointPlaces[i] + reach) / (2 * reach), 0, 1);
            if (part > 0) return (joints[i], joints[i + 1], part * part * (3 - 2 * part));
        }

        return (joints[0], joints[0], 0);
    }

    // Along the bone, turning half way to the neighbour at its ends.
    private static Vector3 Direction(Vector3[] line, int bone, float part)
    {
        var own = Vector3.Normalize(line[bone + 1] - line[bone]);
        var other = part < 0.5f
            ? bone > 0 ? Vector3.Normalize(line[bone] - line[bone - 1]) : own
            : bone < line.Length - 2 ? Vector3.Normalize(line[bone + 2] - line[bone + 1]) : own;
        return Vector3.Normalize(Vector3.Lerp(own, other, MathF.Abs(part - 0.5f)));
    }

    private void AddRing(Vector3 centre, Vector3 way, float radius, int sides, float place)
    {
        // Sideways and up as seen along the finger; fingers never point straight up at rest.
        var across = Vector3.Normalize(Vector3.Cross(Vector3.UnitY, way));
        var up = Vector3.Cross(way, across);
        var points = new Vector3[sides];
        for (var i = 0; i < sides; i++)
        {
            var (sin, cos) = MathF.SinCos(MathF.Tau * i / sides);
            points[i] = centre + (across * cos + up * sin) * radius;
        }

        Rings.Add(points);
        _ringPlaces.Add(place);
    }
}
