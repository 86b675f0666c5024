using System.Numerics;
using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>Makes a homography exact along the keyboard: by the middles of black keys and by the lines between the fronts of white ones.</summary>
internal static class KeyRefiner
{
    private static readonly double[] BlackDepths = [-0.14, -0.12, -0.10, -0.08, -0.06], GapDepths = [-0.04, -0.03, -0.02, -0.01];

    private const double BlackReach = 0.014, GapReach = 0.006, Step = 0.0005;

    // Places farther from the fit than this count less, metres; round after round it is less.
    private static readonly double[] Tolerances = [1, 0.006, 0.003, 0.002, 0.0015, 0.0015];

    // So many black keys in a row may be covered; places change this much from key to key at most, metres per metre.
    private const int MostMissed = 8;
    private const double MostSlope = 0.06, MostOffset = 0.006;

    // A lens is believed in when it takes this part of the squared distances away, which are counted up to a limit, metres, and when many keys tell.
    private const double MostOfCost = 0.7, MostCounted = 0.005;
    private const int LeastKeysForLens = 15;

    // Black keys' tops are nearer to the camera and seem farther from what is below it, by about 12 mm in 1 to 2 m; how sure that is.
    private const double Nearer = 0.006, NearerWeight = 0.06, BelowWeight = 0.25;

    /// <summary>Fits it anew, also to keys beyond those it was fitted to.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="toKeys">From pixels to the keys, right to a few millimetres in the middle.</param>
    /// <param name="first">The first black key known to be in sight; see <see cref="KeyPattern"/>.</param>
    /// <param name="last">The last.</param>
    /// <returns>The homography, and the first and the last black key that were found.</returns>
    public static (Homography Map, int First, int Last) Refine(Lightness picture, Homography toKeys, int first, int last)
    {
        var (marks, offsets) = Marks(picture, toKeys, first, last);
        if (offsets.Count < 6) return (toKeys, first, last);
        return (Fit(marks, toKeys, picture.Size / 2)?.Map ?? toKeys, offsets.Keys.First(), offsets.Keys.Last());
    }

    /// <summary>Finds the lens distortion with which a homography fits the keys best.</summary>
    /// <param name="picture">The picture as it is.</param>
    /// <param name="toKeys">From pixels to the keys, as <see cref="Refine"/> found it.</param>
    /// <param name="first">The first black key in sight.</param>
    /// <param name="last">The last.</param>
    /// <returns>The lens and the homography after it; null when straight lines do as well.</returns>
    public static (LensDistortion Lens, Homography Map)? FitLens(Lightness picture, Homography toKeys, int first, int last)
    {
        var (marks, offsets) = Marks(picture, toKeys, first, last);
        if (offsets.Count < LeastKeysForLens || Fit(marks, toKeys, picture.Size / 2) is not { } straight) return null;
        (double Cost, LensDistortion Lens, Homography Map)? best = null;
        foreach (var step in (double[])[0.02, 0.004])
        {
            var around = best?.Lens.Coefficient ?? 0;
            for (var i = -6; i <= 6; i++)
            {
                LensDistortion lens = new(picture.Size / 2, picture.Size.Length() / 2, around + i * step);
                List<Mark> bent = [.. marks.Select(mark => mark with { Place = lens.Straighten(mark.Place) })];
                if (Fit(bent, toKeys, picture.Size / 2) is { } fit && (best is null || fit.Cost < best.Value.Cost)) best = (fit.Cost, lens, fit.Map);
            }
        }

        return best is { } found && found.Cost < MostOfCost * straight.Cost ? (found.Lens, found.Map) : null;
    }

    private static (List<Mark> Marks, SortedDictionary<int, double> Offsets) Marks(Lightness picture, Homography toKeys, int first, int last)
    {
        var toPicture = toKeys.Inverted();
        SortedDictionary<int, double> offsets = [];
        List<Mark> marks = [];
        FollowBlacks(picture, toPicture, (first + last) / 2, last, 1, offsets, marks);
        FollowBlacks(picture, toPicture, (first + last) / 2 - 1, first, -1, offsets, marks);
        if (offsets.Count > 0) AddGaps(picture, toPicture, offsets, marks);
        return (marks, offsets);
    }

    private readonly record struct Mark(Vector2 Place, double X, bool IsBlack);

    // From key to key: how far one is from its expected place tells where the next one is, since lenses bend what a homography holds for straight.
    private static void FollowBlacks(Lightness picture, Homography toPicture, int from, int known, int side, SortedDictionary<int, double> offsets, List<Mark> marks)
    {
        (int Number, double Offset)? before = null, last = offsets.TryGetValue(from - side, out var start) ? (from - side, start) : null;
        List<(int Number, double Offset, List<Mark> Marks)> pending = [];
        for (var (number, missed) = (from, 0); missed <= MostMissed; number += side)
        {
            var x = KeyPattern.BlackX(number);
            var expected = last?.Offset ?? 0;
            if (before is { } one && last is { } other)
            {
                var slope = (other.Offset - one.Offset) / (KeyPattern.BlackX(other.Number) - KeyPattern.BlackX(one.Number));
                expected += Math.Clamp(slope, -MostSlope, MostSlope) * (x - KeyPattern.BlackX(other.Number));
            }

            // Where the homography was fitted, it is not wrong by much.
            var isKnown = side * (number - known) <= 0;
            if (isKnown) expected = missed > 2 ? 0 : Math.Clamp(expected, -MostOffset, MostOffset);
            var found = Black(picture, toPicture, x, expected);
            if (found.Count < 2)
            {
                pending.Clear();
                missed += isKnown && missed == MostMissed ? 0 : 1;
                continue;
            }

            pending.Add((number, found.Average(mark => mark.Offset), [.. found.Select(mark => mark.Mark)]));

            // Behind a hand or beyond the known keys, one alone is not believed in.
            if (missed > 0 && !isKnown && pending.Count < 3) continue;
            missed = 0;
            foreach (var (key, offset, its) in pending)
            {
                offsets[key] = offset;
                marks.AddRange(its);
                if (last is null || Math.Abs(KeyPattern.BlackX(key) - KeyPattern.BlackX(before?.Number ?? last.Value.Number)) > 0.06) before = last;
                last = (key, offset);
            }

            pending.Clear();
        }
    }

    private static List<(Mark Mark, double Offset)> Black(Lightness picture, Homography toPicture, double x, double expected)
    {
        List<(Mark Mark, double Offset)> found = [];
        var profile = new float[2 * (int)(BlackReach / Step) + 1];
        List<DarkRuns.Run> runs = [];
        foreach (var z in BlackDepths)
        {
            Read(picture, toPicture, x + expected, z, profile);
            DarkRuns.Find(profile, runs);
            foreach (var run in runs)
            {
                var (away, width) = ((run.Centre - profile.Length / 2) * Step, run.Width * Step);
                if (Math.Abs(away) < 0.005 && width is > 0.006 and < 0.019) found.Add((new(toPicture.Apply(new((float)(x + expected + away), (float)z)), x, true), expected + away));
            }
        }

        return found;
    }

    private static void AddGaps(Lightness picture, Homography toPicture, SortedDictionary<int, double> offsets, List<Mark> marks)
    {
        var gap = new float[2 * (int)(GapReach / Step) + 1];
        for (var white = KeyPattern.WhiteAt(KeyPattern.BlackX(offsets.Keys.First())) - 1; white <= KeyPattern.WhiteAt(KeyPattern.BlackX(offsets.Keys.Last())) + 1; white++)
        {
            var x = KeyPattern.WhiteX(white) + PianoKey.WhiteSpacing / 2;
            var offset = offsets.MinBy(one => Math.Abs(KeyPattern.BlackX(one.Key) - x)).Value;
            foreach (var z in GapDepths)
            {
                Read(picture, toPicture, x + offset, z, gap);
                if (Lowest(gap) is { } at) marks.Add(new(toPicture.Apply(new((float)(x + offset + (at - gap.Length / 2) * Step), (float)z)), x, false));
            }
        }
    }

    private static void Read(Lightness picture, Homography toPicture, double x, double z, Span<float> profile)
    {
        for (var i = 0; i < profile.Length; i++) profile[i] = picture.At(toPicture.Apply(new((float)(x + (i - profile.Length / 2) * Step), (float)z)));
    }

    // Where a thin dark line is, between samples; none when it hardly stands out.
    private static double? Lowest(ReadOnlySpan<float> profile)
    {
        var lowest = 1;
        for (var i = 0; i < profile.Length; i++)
        {
            if (float.IsNaN(profile[i])) return null;
            if (i > 0 && i < profile.Length - 1 && profile[i] < profile[lowest]) lowest = i;
        }

        var (left, right) = (0f, 0f);
        for (var i = 0; i < lowest; i++) left = Math.Max(left, profile[i]);
        for (var i = lowest + 1; i < profile.Length; i++) right = Math.Max(right, profile[i]);
        if (profile[lowest] + 4 > 0.95f * (Math.Min(left, right) + 4)) return null;

        // The middle of what is darker than half-way.
        var level = (profile[lowest] + Math.Min(left, right)) / 2;
        var (from, to) = (lowest, lowest);
        while (from > 0 && profile[from] < level) from--;
        while (to < profile.Length - 1 && profile[to] < level) to++;
        return to - from > 0.006 / Step ? null : (from + (level - profile[from]) / (profile[from + 1] - profile[from]) + to - (level - profile[to]) / (profile[to - 1] - profile[to])) / 2;
    }

    // x = (a · p) / (c · p), where black keys appear at x + Nearer (x − what is below the camera).
    private static (Homography Map, double Cost)? Fit(List<Mark> marks, Homography toKeys, Vector2 below)
    {
        var centre = marks.Aggregate(Vector2.Zero, (sum, mark) => sum + mark.Place) / marks.Count;
        double scale = 1 / marks.Max(mark => Vector2.Distance(mark.Place, centre));
        var middle = marks.Average(mark => mark.X);
        var m = toKeys.After(Homography.FromMatrix([1 / scale, 0, centre.X, 0, 1 / scale, centre.Y, 0, 0, 1])).Matrix.ToArray();
        m = [.. m.Select(number => number / m[8])];
        var cost = 0.0;
        double[] s = [m[0] - middle * m[6], m[1] - middle * m[7], m[2] - middle, m[6], m[7], 0, 0];
        var underCamera = toKeys.Apply(below).X - middle;
        if (!(Math.Abs(underCamera) < 2)) underCamera = 0;
        foreach (var tolerance in Tolerances)
        {
            NormalEquations equations = new(7);
            cost = 0;
            foreach (var (place, at, isBlack) in marks)
            {
                var (u, v, x) = (scale * (place.X - centre.X), scale * (place.Y - centre.Y), at - middle);
                var bottom = s[3] * u + s[4] * v + 1;
                var seen = isBlack ? x + s[5] * x - s[6] : x;
                var away = ((s[0] * u + s[1] * v + s[2]) / bottom - seen) / tolerance;
                cost += Math.Min(1, Math.Pow(away * tolerance / MostCounted, 2));
                equations.Add([u, v, 1, -x * u, -x * v, isBlack ? -x * bottom : 0, isBlack ? bottom : 0], x, 1 / (1 + away * away) / (bottom * bottom));
            }

            equations.Expect(4, m[7], 1e-6 * marks.Count);
            equations.Expect(3, m[6], 1e-6 * marks.Count);
            equations.Expect(5, Nearer, NearerWeight);
            equations.Expect(6, Nearer * underCamera, BelowWeight);
            if (equations.Solve() is not { } better) return null;
            s = better;
        }

        // The depth's row keeps its values in the middle; its lines are fitted after this.
        double[] normalized = [s[0] + middle * s[3], s[1] + middle * s[4], s[2] + middle, m[3], m[4], m[5], s[3], s[4], 1];
        try
        {
            return (Homography.FromMatrix(normalized).After(Homography.FromMatrix([scale, 0, -scale * centre.X, 0, scale, -scale * centre.Y, 0, 0, 1])), cost);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
