using System.Numerics;
using Duomano.Vision.Hands;

namespace Duomano.Vision.Keyboards;

/// <summary>What became of a keyboard from one picture to another.</summary>
public enum KeyboardMotion
{
    /// <summary>It is where it was; its sighting stays exactly the same.</summary>
    Still,

    /// <summary>It was found at another place near by.</summary>
    Moved,

    /// <summary>It is not to be seen near where it was.</summary>
    Lost,
}

/// <summary>
/// Follows a keyboard through a video by the edges of its keys: a camera that stands still gives one homography for all frames, one that shakes or moves
/// a new one for each. All frames are compared with the first, so errors do not add up.
/// </summary>
public sealed class KeyboardTracker
{
    // Edges may be this far from where they are expected, pixels: first, and when the movement is nearly known.
    private const float Far = 10, Near = 4;

    // Edges that agree with a movement are this near to it, pixels; so many of them do when it is right.
    private const float Agreement = 0.7f, LeastShare = 0.35f;

    // A keyboard stands still when its edges moved less than this in the median, pixels.
    private const float StillPixels = 0.3f;

    // Edges of one kind that are really keys' lie in a row: they are scattered less than this around their median, pixels.
    private const float MostScatter = 1.4f;

    private const int LeastEdges = 16;

    private readonly KeyboardSighting _first;
    private readonly List<KeyEdge> _edges;
    private readonly Vector2 _centre;
    private readonly float _scale;
    private Homography _movement = Homography.FromMatrix([1, 0, 0, 0, 1, 0, 0, 0, 1]);

    /// <summary>Begins with a sighting.</summary>
    /// <param name="sighting">The keyboard.</param>
    /// <param name="picture">The picture in which it was found, or a median of several.</param>
    /// <exception cref="ArgumentException">The picture does not show the keyboard's edges where the sighting has them.</exception>
    public KeyboardTracker(KeyboardSighting sighting, Picture picture)
    {
        ArgumentNullException.ThrowIfNull(sighting);
        ArgumentNullException.ThrowIfNull(picture);
        (_first, Sighting) = (sighting, sighting);
        _edges = KeyEdges.Of(picture, sighting);
        if (_edges.Count < LeastEdges || _edges.GroupBy(edge => edge.Kind).Max(Scatter) > MostScatter)
        {
            throw new ArgumentException("The picture does not show edges of keys where the sighting has them.", nameof(picture));
        }

        _centre = _edges.Aggregate(Vector2.Zero, (sum, edge) => sum + edge.Place) / _edges.Count;
        _scale = 1 / _edges.Max(edge => Vector2.Distance(edge.Place, _centre));
    }

    /// <summary>The keyboard in the last picture in which it was seen.</summary>
    public KeyboardSighting Sighting { get; private set; }

    /// <summary>Looks for it in the next picture.</summary>
    /// <param name="picture">A picture of the same camera and size.</param>
    /// <param name="covered">Regions that hide keys, such as hands; null for none.</param>
    /// <returns>What became of it; <see cref="Sighting"/> then tells where it is.</returns>
    public KeyboardMotion Follow(Picture picture, IReadOnlyList<HandRegion>? covered = null)
    {
        ArgumentNullException.ThrowIfNull(picture);
        covered ??= [];
        if (IsAt(Measure(picture, _movement, Near, covered), StillPixels)) return KeyboardMotion.Still;
        var movement = _movement;
        foreach (var (reach, parameters) in ((float, int)[])[(Far, 2), (Far, 2), (Near, 8), (Near, 8), (Near, 8)])
        {
            if (Improve(movement, Measure(picture, movement, reach, covered), parameters) is not { } better) return KeyboardMotion.Lost;
            movement = better;
        }

        if (!IsAt(Measure(picture, movement, Near, covered), Agreement)) return KeyboardMotion.Lost;
        _movement = movement;
        Sighting = _first with { ToKeys = _first.ToKeys.After(movement.Inverted()) };
        return KeyboardMotion.Moved;
    }

    private readonly record struct Shift(Vector2 Place, Vector2 Towards, float Pixels);

    // How far along its normal each edge is from where a movement takes it.
    private List<Shift?> Measure(Picture picture, Homography movement, float reach, IReadOnlyList<HandRegion> covered)
    {
        List<Shift?> shifts = new(_edges.Count);
        foreach (var edge in _edges)
        {
            var place = movement.Apply(edge.Place);
            var towards = Vector2.Normalize(movement.Apply(edge.Place + edge.ToLight) - place);
            shifts.Add(KeyEdges.Find(picture, _first.Lens, place, towards, reach, covered, 0.3f * edge.Strength) is var (offset, _) ? new(place, towards, offset - edge.Offset) : null);
        }

        return shifts;
    }

    // Whether enough edges along and across the keyboard are where they should be, and those in the median nearer than some pixels.
    private bool IsAt(List<Shift?> shifts, float pixels)
    {
        foreach (var areFronts in (bool[])[false, true])
        {
            var all = Enumerable.Range(0, shifts.Count).Where(i => _edges[i].Kind is KeyEdgeKind.BlackFront or KeyEdgeKind.WhiteFront == areFronts).ToList();
            float[] away = [.. all.Where(i => shifts[i] is not null).Select(i => Math.Abs(shifts[i]!.Value.Pixels)).Order()];
            if (all.Count > 0 && (away.Count(one => one < Agreement) < LeastShare * all.Count || away[away.Length / 2] > pixels)) return false;
        }

        return true;
    }

    private static float Scatter(IEnumerable<KeyEdge> edges)
    {
        float[] offsets = [.. edges.Select(edge => edge.Offset).Order()];
        float[] away = [.. offsets.Select(offset => Math.Abs(offset - offsets[offsets.Length / 2])).Order()];
        return away[away.Length / 2];
    }

    // A small movement of all places: 2 parameters for a shift, 8 for a homography; edges that disagree lose their weight.
    private Homography? Improve(Homography movement, List<Shift?> shifts, int parameters)
    {
        var (q, row) = (new double[8], new double[8]);
        foreach (var tolerance in (float[])[8, 3, 1, 0.5f])
        {
            NormalEquations equations = new(8);
            foreach (var shift in shifts)
            {
                if (shift is not var (place, towards, pixels)) continue;
                var (u, v) = (_scale * (place.X - _centre.X), _scale * (place.Y - _centre.Y));
                var along = towards.X * u + towards.Y * v;
                (row[0], row[1], row[2], row[3]) = (towards.X, towards.X * u, towards.X * v, towards.Y);
                (row[4], row[5], row[6], row[7]) = (towards.Y * u, towards.Y * v, along * u, along * v);
                var predicted = 0.0;
                for (var i = 0; i < 8; i++) predicted += row[i] * q[i];
                var away = (predicted - pixels) / tolerance;
                equations.Add(row, pixels, 1 / (1 + away * away));
            }

            for (var i = 0; i < 8; i++) equations.Expect(i, 0, parameters == 2 && i is not (0 or 3) ? 1e9 : 0.01);
            if (equations.Solve() is not { } better) return null;
            q = better;
        }

        for (var i = 0; i < 8; i++) q[i] *= _scale;
        var small = Homography.FromMatrix([1 + q[1], q[2], q[0], q[4], 1 + q[5], q[3], -q[6], -q[7], 1]);
        var normal = Homography.FromMatrix([_scale, 0, -_scale * _centre.X, 0, _scale, -_scale * _centre.Y, 0, 0, 1]);
        return normal.Inverted().After(small).After(normal).After(movement);
    }
}
