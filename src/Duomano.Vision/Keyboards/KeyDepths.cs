using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>A straight line across a keyboard's band: depth = At + Shear x.</summary>
/// <param name="At">Depth at x = 0.</param>
/// <param name="Shear">Depth per metre.</param>
/// <param name="Share">Part of the keys that show it there, 0 to 1.</param>
internal readonly record struct DepthLine(double At, double Shear, double Share)
{
    public double Depth(double x) => At + Shear * x;
}

/// <summary>Where black and white keys end on the two sides of a band, and which side is the player's.</summary>
internal static class KeyDepths
{
    // Of the keys in sight so many show an end where the others do: hands cover the rest.
    private const double LeastShare = 0.35;

    // The player's part of white keys as a share of the whole key; builders differ a little, falling notes and fallboards hide some of the far part.
    private const double LeastFront = 0.26, MostFront = 0.42;

    // How sure the player's side has to be: the product of what three kinds of keys' ends say of it, 0 to 1.
    private const double LeastTrust = 0.25;

    // A black key ends where this part of its darkness has gone: light from behind softens its far end.
    private const float EndLevel = 0.7f;

    // How far beyond the first line ends are looked for, in lengths of the band in sight.
    private const double Reach = 2.2;

    /// <summary>Finds the plane of the keys from their band.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="band">The band; see <see cref="KeyBand"/>.</param>
    /// <returns>Pixels to the piano frame, with the octave of the band, and the first and the last black key in it; null when no side looks like the player's.</returns>
    public static (Homography Map, int First, int Last)? Find(Lightness picture, KeyBand band)
    {
        var ends = Measure(picture, band);
        (double Front, Homography Map, bool IsMirrored)? best = null;
        foreach (var near in (int[])[1, -1])
        {
            if (Front(picture, ends, band, near) is { } found && (best is null || found.Front > best.Value.Front)) best = found;
        }

        if (best is null) return null;
        return best.Value.IsMirrored ? (best.Value.Map, KeyPattern.MirroredBlack(band.Last), KeyPattern.MirroredBlack(band.First)) : (best.Value.Map, band.First, band.Last);
    }

    private static (double Front, Homography Map, bool IsMirrored)? Front(Lightness picture, Ends ends, KeyBand band, int near)
    {
        var far = -near;
        var black = FitLine(ends.Black[near], ends.Columns, null);
        if (black is not { } blackEnd || blackEnd.Share < LeastShare) return null;
        var frontEnds = FrontEnds(ends, blackEnd, near);

        // All three lines are parallel; glossy ends of black keys mislead one of them at times.
        DepthLine?[] free = [blackEnd, FitLine(frontEnds, ends.Columns, null), FitLine(ends.Black[far], ends.Columns, null)];
        double[] shears = [.. free.Where(line => line is { Share: >= LeastShare }).Select(line => line!.Value.Shear).Order()];
        var shear = shears.Length == 2 ? (shears[0] + shears[1]) / 2 : shears[shears.Length / 2];
        blackEnd = FitLine(ends.Black[near], ends.Columns, shear) ?? blackEnd;
        var white = FitLine(frontEnds, ends.Columns, shear);
        var back = FitLine(ends.Black[far], ends.Columns, shear);
        var nearSeen = white is { } w && w.Share >= LeastShare;
        var farSeen = back is { } b && b.Share >= LeastShare;
        if (!nearSeen && !farSeen) return null;
        var middle = KeyPattern.BlackX((band.First + band.Last) / 2);
        var (blackAt, whiteAt, backAt) = (blackEnd.Depth(middle), white?.Depth(middle) ?? 0, back?.Depth(middle) ?? 0);

        var share = (whiteAt - blackAt) / (whiteAt - backAt);
        var front = FrontIsLight(ends, blackEnd, near) * WhitesGoOn(ends, blackEnd, near);
        if (nearSeen && farSeen && share is < LeastFront or > MostFront) front *= share is > LeastFront and < 2 * MostFront ? 0.8 : 0.4;
        front *= 0.35 + 0.65 * GapsInFront(picture, band, blackEnd, nearSeen ? whiteAt - blackAt : near * 0.02);
        if (front < LeastTrust) return null;

        NormalEquations equations = new(2);
        equations.Add([blackAt, 1], -PianoKey.BlackFront, nearSeen && farSeen ? 0.1 : 1);
        if (nearSeen) equations.Add([whiteAt, 1], 0, 3);
        if (farSeen && (!nearSeen || share is > LeastFront and < MostFront)) equations.Add([backAt, 1], PianoKey.BackZ);
        if (equations.Solve() is not [var scale, var shift] || scale * near <= 0) return null;

        // z = scale (depth − shear (x − middle)) + shift.
        var toKeys = Homography.FromMatrix([1, 0, 0, -scale * shear, scale, shift + scale * shear * middle, 0, 0, 1]).After(band.ToBand);
        return (front, near > 0 ? toKeys : Homography.FromMatrix([-1, 0, KeyPattern.Mirrored(0), 0, 1, 0, 0, 0, 1]).After(toKeys), near < 0);
    }

    private sealed class Ends
    {
        // Where black keys are no longer darker than the white ones beside them, on the two sides.
        public Dictionary<int, List<(double X, double Depth)>> Black { get; } = new() { [-1] = [], [1] = [] };

        // Lightness along white keys, and along black ones.
        public List<DepthColumn> Whites { get; } = [];

        public List<DepthColumn> Blacks { get; } = [];

        public int Columns { get; set; }
    }

    private static Ends Measure(Lightness picture, KeyBand band)
    {
        Ends ends = new();
        var toPicture = band.ToBand.Inverted();
        var middle = (band.DepthFrom + band.DepthTo) / 2;
        var length = Math.Max(0.02, band.DepthTo - band.DepthFrom);
        for (var number = band.First; number <= band.Last; number++)
        {
            var x = KeyPattern.BlackX(number);
            DepthColumn key = new(picture, toPicture, x, middle, Reach * length);
            DepthColumn before = new(picture, toPicture, x - (KeyPattern.Gap(number - 1) < 0.035 ? KeyPattern.Gap(number - 1) / 2 : 0.0125), middle, Reach * length);
            DepthColumn after = new(picture, toPicture, x + (KeyPattern.Gap(number) < 0.035 ? KeyPattern.Gap(number) / 2 : 0.0125), middle, Reach * length);
            var light = Math.Min(before.Level(length / 3), after.Level(length / 3));
            var dark = key.Level(length / 3);
            if (!(light > 1.25f * dark + 2)) continue;
            ends.Columns++;
            ends.Whites.Add(after);
            ends.Blacks.Add(key);
            var ratio = key.Over(before, after);
            var inside = ratio.Level(length / 3);
            foreach (var side in (int[])[-1, 1])
            {
                if (ratio.FirstPast(side, inside + EndLevel * (1 - inside), true) is { } end) ends.Black[side].Add((x, end));
            }
        }

        return ends;
    }

    // Where white keys end on the player's side, by how light they are just beyond the black keys: it may be darker there than between these.
    private static List<(double X, double Depth)> FrontEnds(Ends ends, DepthLine black, int near)
    {
        List<(double X, double Depth)> found = [];
        foreach (var column in ends.Whites)
        {
            var from = black.Depth(column.X) + near * 0.006;
            var level = column.Level(0.004, from);
            if (level > 5 && column.FirstPast(near, level / 2, false, from) is { } end && near * (end - from) > 0.002) found.Add((column.X, end));
        }

        return found;
    }

    // The share of black keys that are followed by as much light as a front is long.
    private static double FrontIsLight(Ends ends, DepthLine black, int near)
    {
        var (light, all) = (0, 0);
        foreach (var column in ends.Blacks)
        {
            var from = black.Depth(column.X) + near * 0.006;
            var level = column.Level(0.003, from);
            if (float.IsNaN(level)) continue;
            all++;
            if (level > 5 && (column.FirstPast(near, level / 2, false, from) is not { } end || near * (end - from) > 0.005)) light++;
        }

        return light / (double)Math.Max(1, all);
    }

    // The share of white keys that are about as light beyond the black keys' ends as shortly before.
    private static double WhitesGoOn(Ends ends, DepthLine black, int near)
    {
        var (light, all) = (0, 0);
        foreach (var column in ends.Whites)
        {
            var (before, beyond) = (column.Level(0.004, black.Depth(column.X) - near * 0.008), column.Level(0.004, black.Depth(column.X) + near * 0.008));
            if (float.IsNaN(before) || float.IsNaN(beyond)) continue;
            all++;
            if (beyond > 0.5f * before) light++;
        }

        return light / (double)Math.Max(1, all);
    }

    // Whether thin dark lines part the white keys where their fronts would be, 0 to 1.
    private static double GapsInFront(Lightness picture, KeyBand band, DepthLine black, double front)
    {
        var toPicture = band.ToBand.Inverted();
        List<float> depths = [];
        for (var white = KeyPattern.WhiteAt(KeyPattern.BlackX(band.First)); white <= KeyPattern.WhiteAt(KeyPattern.BlackX(band.Last)); white++)
        {
            var x = KeyPattern.WhiteX(white) + PianoKey.WhiteSpacing / 2;
            float At(double x, double part) => picture.At(toPicture.Apply(new((float)x, (float)(black.Depth(x) + part * front))));
            foreach (var part in (double[])[0.35, 0.5, 0.65])
            {
                var beside = Math.Min(At(x - 0.006, part), At(x + 0.006, part));
                var lowest = Enumerable.Range(-6, 13).Min(step => At(x + step * 0.0005, part));
                if (!float.IsNaN(beside) && !float.IsNaN(lowest)) depths.Add((beside - lowest) / (beside + 4));
            }
        }

        if (depths.Count == 0) return 0;
        depths.Sort();
        return Math.Clamp(depths[depths.Count / 2] / 0.06, 0, 1);
    }

    // The line that most ends agree on: through pairs of ends, then by least squares of those near.
    private static DepthLine? FitLine(List<(double X, double Depth)> ends, int columns, double? shear)
    {
        if (ends.Count < 4 || columns == 0) return null;
        var (best, count, tolerance) = (default(DepthLine), 0, 0.004);
        for (var i = 0; i < ends.Count; i++)
        {
            for (var k = i + 1; k < ends.Count; k++)
            {
                var apart = ends[k].X - ends[i].X;
                var slope = shear ?? (ends[k].Depth - ends[i].Depth) / apart;
                if (shear is null && (apart < 0.1 || Math.Abs(slope) > 0.5)) continue;
                DepthLine line = new(ends[i].Depth - slope * ends[i].X, slope, 0);
                var near = ends.Count(end => Math.Abs(end.Depth - line.Depth(end.X)) < tolerance);
                if (near > count) (best, count) = (line, near);
                if (shear is not null) break;
            }
        }

        if (count < 4) return null;
        NormalEquations equations = new(2);
        foreach (var (x, depth) in ends)
        {
            if (Math.Abs(depth - best.Depth(x)) < tolerance) equations.Add([1, x], depth);
        }

        if (shear is { } given) equations.Expect(1, given, 1e6);
        return equations.Solve() is [var at, var fitted] ? new(at, fitted, count / (double)columns) : null;
    }
}
