using System.Numerics;
using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>Makes a homography exact along the keyboard: by the middles of black keys and by the lines between the fronts of white ones.</summary>
internal static class KeyRefiner
{
    private static readonly double[] BlackDepths = [-0.14, -0.12, -0.10, -0.08, -0.06], GapDepths = [-0.04, -0.03, -0.02, -0.01];

    private const double BlackReach = 0.014, GapReach = 0.006, Step = 0.0005;

    // Places farther from the fit than this count less, metres.
    private const double Tolerance = 0.0012;

    // Black keys' tops are nearer to the camera and seem farther from what is below it, by about 12 mm in 1 to 2 m; how sure that is.
    private const double Nearer = 0.006, NearerWeight = 0.06, BelowWeight = 0.25;

    /// <summary>Fits it anew.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="toKeys">From pixels to the keys, right to a few millimetres.</param>
    /// <param name="first">The first black key in sight; see <see cref="KeyPattern"/>.</param>
    /// <param name="last">The last.</param>
    public static Homography Refine(Lightness picture, Homography toKeys, int first, int last)
    {
        var marks = Marks(picture, toKeys.Inverted(), first, last);
        return marks.Count < 8 ? toKeys : Fit(marks, toKeys, picture.Size / 2) ?? toKeys;
    }

    private readonly record struct Mark(Vector2 Place, double X, bool IsBlack);

    private static List<Mark> Marks(Lightness picture, Homography toPicture, int first, int last)
    {
        List<Mark> marks = [];
        var profile = new float[2 * (int)(BlackReach / Step) + 1];
        List<DarkRuns.Run> runs = [];
        for (var number = first; number <= last; number++)
        {
            var x = KeyPattern.BlackX(number);
            foreach (var z in BlackDepths)
            {
                Read(picture, toPicture, x, z, profile);
                DarkRuns.Find(profile, runs);
                foreach (var run in runs)
                {
                    var (away, width) = ((run.Centre - profile.Length / 2) * Step, run.Width * Step);
                    if (Math.Abs(away) < 0.005 && width is > 0.006 and < 0.019) marks.Add(new(toPicture.Apply(new((float)(x + away), (float)z)), x, true));
                }
            }
        }

        var gap = profile.AsSpan(0, 2 * (int)(GapReach / Step) + 1);
        for (var white = KeyPattern.WhiteAt(KeyPattern.BlackX(first)) - 1; white <= KeyPattern.WhiteAt(KeyPattern.BlackX(last)) + 1; white++)
        {
            var x = KeyPattern.WhiteX(white) + PianoKey.WhiteSpacing / 2;
            foreach (var z in GapDepths)
            {
                Read(picture, toPicture, x, z, gap);
                if (Lowest(gap) is { } at) marks.Add(new(toPicture.Apply(new((float)(x + (at - gap.Length / 2) * Step), (float)z)), x, false));
            }
        }

        return marks;
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
    private static Homography? Fit(List<Mark> marks, Homography toKeys, Vector2 below)
    {
        var centre = marks.Aggregate(Vector2.Zero, (sum, mark) => sum + mark.Place) / marks.Count;
        double scale = 1 / marks.Max(mark => Vector2.Distance(mark.Place, centre));
        var middle = marks.Average(mark => mark.X);
        var m = toKeys.After(Homography.FromMatrix([1 / scale, 0, centre.X, 0, 1 / scale, centre.Y, 0, 0, 1])).Matrix.ToArray();
        m = [.. m.Select(number => number / m[8])];
        double[] s = [m[0] - middle * m[6], m[1] - middle * m[7], m[2] - middle, m[6], m[7], 0, 0];
        var underCamera = toKeys.Apply(below).X - middle;
        if (!(Math.Abs(underCamera) < 2)) underCamera = 0;
        for (var round = 0; round < 6; round++)
        {
            NormalEquations equations = new(7);
            foreach (var (place, at, isBlack) in marks)
            {
                var (u, v, x) = (scale * (place.X - centre.X), scale * (place.Y - centre.Y), at - middle);
                var bottom = s[3] * u + s[4] * v + 1;
                var seen = isBlack ? x + s[5] * x - s[6] : x;
                var away = ((s[0] * u + s[1] * v + s[2]) / bottom - seen) / Tolerance;
                equations.Add([u, v, 1, -x * u, -x * v, isBlack ? -x * bottom : 0, isBlack ? bottom : 0], x, (round == 0 ? 1 : 1 / (1 + away * away)) / (bottom * bottom));
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
            return Homography.FromMatrix(normalized).After(Homography.FromMatrix([scale, 0, -scale * centre.X, 0, scale, -scale * centre.Y, 0, 0, 1]));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
