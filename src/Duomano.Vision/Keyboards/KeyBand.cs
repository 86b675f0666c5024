using System.Numerics;

namespace Duomano.Vision.Keyboards;

/// <summary>
/// The band of black keys in a picture, grown from one line to all that cross the same keys. Its plane has x along the keyboard (metres) and a depth
/// across it that is right up to scale, shift and shear, 0 on the first line and larger on the clockwise side of x.
/// </summary>
internal sealed record KeyBand(Homography ToBand, int First, int Last, double DepthFrom, double DepthTo)
{
    /// <summary>Grows it.</summary>
    public static KeyBand? Grow(Lightness picture, PatternSearch.Candidate seed)
    {
        List<(Vector2 Place, int Number)> points = [];
        var across = Vector2.Normalize(new Vector2(-seed.Line.Step.Y, seed.Line.Step.X)) / picture.Scale;
        Collect(points, seed.Line, seed.Pattern);
        int[] reach = [0, 0];
        foreach (var side in (int[])[-1, 1])
        {
            var map = seed.Pattern.Map;
            for (var (offset, lost) = (1, 0); lost < 3 && offset < 400; offset++)
            {
                if (FollowAt(picture, seed, seed.Line.Origin + side * offset * across, map) is not { } row || row.Pattern.Keys.Count < 0.5 * seed.Pattern.Keys.Count)
                {
                    lost++;
                    continue;
                }

                (map, lost, reach[(side + 1) / 2]) = (row.Pattern.Map, 0, offset);
                Collect(points, row.Line, row.Pattern);
            }
        }

        if (reach[0] + reach[1] < 5) return null;
        var numbers = points.Select(point => point.Number).ToList();
        return Fit(points, seed) is not { } fitted ? null
            : new(fitted.Map, numbers.Min(), numbers.Max(), -reach[0] * fitted.DepthPerPixel / picture.Scale, reach[1] * fitted.DepthPerPixel / picture.Scale);
    }

    private static (PictureLine Line, PatternLine Pattern)? FollowAt(Lightness picture, PatternSearch.Candidate seed, Vector2 origin, LineMap map)
    {
        PictureLine line = new(origin, seed.Line.Step);
        var (first, last) = (seed.Pattern.Keys[0], seed.Pattern.Keys[^1]);
        var room = (last.At - first.At) / seed.Pattern.Keys.Count;
        var from = (int)(first.At - 3 * room);
        var profile = new float[(int)(last.At + 3 * room) - from];
        for (var i = 0; i < profile.Length; i++) profile[i] = picture.At(line.At(from + i));
        List<DarkRuns.Run> runs = [];
        DarkRuns.Find(profile, runs);
        for (var i = 0; i < runs.Count; i++) runs[i] = new(runs[i].Start + from, runs[i].End + from);
        return PatternLine.Follow(runs, map, first.Number, last.Number) is { } pattern ? (line, pattern) : null;
    }

    private static void Collect(List<(Vector2, int)> points, PictureLine line, PatternLine pattern)
    {
        foreach (var (number, at) in pattern.Keys) points.Add((line.At(at), number));
    }

    // x = (a · p) / (c · p): five unknowns, linear in them; places that do not fit lose their weight.
    private static (Homography Map, double DepthPerPixel)? Fit(List<(Vector2 Place, int Number)> points, PatternSearch.Candidate seed)
    {
        var centre = points.Aggregate(Vector2.Zero, (sum, point) => sum + point.Place) / points.Count;
        double scale = 1 / points.Max(point => Vector2.Distance(point.Place, centre));
        var middle = points.Average(point => KeyPattern.BlackX(point.Number));
        double[] s = [];
        for (var round = 0; round < 5; round++)
        {
            NormalEquations equations = new(5);
            foreach (var (place, number) in points)
            {
                var (u, v, x) = (scale * (place.X - centre.X), scale * (place.Y - centre.Y), KeyPattern.BlackX(number) - middle);
                var away = s.Length == 0 ? 0 : ((s[0] * u + s[1] * v + s[2]) / (s[3] * u + s[4] * v + 1) - x) / 0.002;
                equations.Add([u, v, 1, -x * u, -x * v], x, 1 / (1 + away * away));
            }

            // A short band does not tell how perspective changes across it.
            equations.Expect(3, 0, 1e-6 * points.Count);
            equations.Expect(4, 0, 1e-6 * points.Count);
            if (equations.Solve() is not { } better) return null;
            s = better;
        }

        // The first line is depth 0; a pixel across it in its middle is as deep as a pixel along it is wide.
        var step = Vector2.Normalize(seed.Line.Step);
        Vector2 across = new(-step.Y, step.X);
        var half = seed.Line.At((seed.Pattern.Keys[0].At + seed.Pattern.Keys[^1].At) / 2);
        double Bottom(Vector2 place) => s[3] * scale * (place.X - centre.X) + s[4] * scale * (place.Y - centre.Y) + 1;
        double X(Vector2 place) => (s[0] * scale * (place.X - centre.X) + s[1] * scale * (place.Y - centre.Y) + s[2]) / Bottom(place);
        var perPixel = (X(half + step) - X(half - step)) / 2;
        if (points.Any(point => Bottom(point.Place) < 0.02) || perPixel <= 0) return null;
        var depth = perPixel * Bottom(half);
        double[] normalized =
        [
            s[0] + middle * s[3], s[1] + middle * s[4], s[2] + middle,
            depth * across.X / scale, depth * across.Y / scale, depth * Vector2.Dot(across, centre - seed.Line.Origin),
            s[3], s[4], 1,
        ];
        try
        {
            return (Homography.FromMatrix(normalized).After(Homography.FromMatrix([scale, 0, -scale * centre.X, 0, scale, -scale * centre.Y, 0, 0, 1])), perPixel);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
