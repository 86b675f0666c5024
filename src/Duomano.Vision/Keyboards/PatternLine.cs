namespace Duomano.Vision.Keyboards;

/// <summary>A projective map of one line onto another: x = (A t + B) / (C t + 1).</summary>
internal readonly record struct LineMap(double A, double B, double C)
{
    public double Apply(double t) => (A * t + B) / (C * t + 1);

    public double Invert(double x) => (x - B) / (A - C * x);

    /// <summary>Fits it to pairs by least squares; the perspective is held near a line's given one where pairs cannot tell.</summary>
    public static LineMap? Fit(ReadOnlySpan<double> t, ReadOnlySpan<double> x)
    {
        if (t.Length < 3) return null;
        var (middle, centre, spread) = (0.0, 0.0, 1e-9);
        for (var i = 0; i < t.Length; i++)
        {
            middle += t[i] / t.Length;
            centre += x[i] / t.Length;
        }

        for (var i = 0; i < t.Length; i++) spread = Math.Max(spread, Math.Abs(t[i] - middle));

        // Unknowns α, β, γ of x − centre = (α u + β) / (γ u + 1) with u within −1 and 1.
        Span<double> m = stackalloc double[12];
        m.Clear();
        Span<double> row = stackalloc double[4];
        for (var i = 0; i < t.Length; i++)
        {
            var (u, v) = ((t[i] - middle) / spread, x[i] - centre);
            (row[0], row[1], row[2], row[3]) = (u, 1, -u * v, v);
            for (var r = 0; r < 3; r++)
            {
                for (var c = 0; c < 4; c++) m[4 * r + c] += row[r] * row[c];
            }
        }

        // Few pairs do not show perspective; without them it is 0.
        m[10] += 1e-7;
        if (!Solve(m)) return null;
        var (alpha, beta, gamma) = (m[3], m[7], m[11]);

        // u = (t − middle) / spread, and back to x.
        var bottom = 1 - gamma * middle / spread;
        if (Math.Abs(gamma) > 0.95 || Math.Abs(bottom) < 1e-9) return null;
        var (a, b, g) = (alpha / spread, beta - alpha * middle / spread, gamma / spread);
        return new((a + centre * g) / bottom, (b + centre * (1 - gamma * middle / spread)) / bottom, g / bottom);
    }

    private static bool Solve(Span<double> m)
    {
        for (var k = 0; k < 3; k++)
        {
            var pivot = k;
            for (var r = k + 1; r < 3; r++)
            {
                if (Math.Abs(m[4 * r + k]) > Math.Abs(m[4 * pivot + k])) pivot = r;
            }

            if (Math.Abs(m[4 * pivot + k]) < 1e-15) return false;
            for (var c = 0; c < 4; c++) (m[4 * k + c], m[4 * pivot + c]) = (m[4 * pivot + c], m[4 * k + c]);
            for (var r = 0; r < 3; r++)
            {
                if (r == k) continue;
                var factor = m[4 * r + k] / m[4 * k + k];
                for (var c = k; c < 4; c++) m[4 * r + c] -= factor * m[4 * k + c];
            }
        }

        for (var k = 0; k < 3; k++) m[4 * k + 3] /= m[4 * k + k];
        return true;
    }
}

/// <summary>Black keys on a line through a picture: which dark run is which key.</summary>
/// <param name="Map">Samples along the line to metres along the keyboard.</param>
/// <param name="Keys">Numbers of the black keys that were met, as in <see cref="KeyPattern"/>, and where, samples.</param>
/// <param name="Missed">Black keys between them that were not met.</param>
internal sealed record PatternLine(LineMap Map, IReadOnlyList<(int Number, float At)> Keys, int Missed)
{
    // Six black keys in a row, and how far their distances may be from the pattern's.
    private const int Seed = 6;
    private const double SeedTolerance = 0.12, SeedTrend = 0.15, PlaceTolerance = 0.004;

    // Hands cover some keys; after this many in a row without one, the keyboard has ended.
    private const int LongestGap = 8;

    public double Score => Keys.Count - 0.5 * Missed;

    /// <summary>Finds the longest row of dark runs with the distances of black keys.</summary>
    /// <param name="runs">Dark runs in order.</param>
    /// <returns>The row, or null when no six neighbouring runs fit.</returns>
    public static PatternLine? Match(IReadOnlyList<DarkRuns.Run> runs)
    {
        PatternLine? best = null;
        var done = -1;
        for (var first = 0; first + Seed <= runs.Count; first++)
        {
            if (first < done) continue;
            for (var phase = 0; phase < KeyPattern.BlackKeysPerOctave; phase++)
            {
                if (!IsSeed(runs, first, phase) || Extend(runs, first, phase) is not { } line) continue;
                if (best is null || line.Score > best.Score) best = line;
                if (line.Keys.Count > 10) done = first + line.Keys.Count / 2;
            }
        }

        return best;
    }

    /// <summary>Finds the black keys near their places by a known map, and fits it to them.</summary>
    public static PatternLine? Follow(IReadOnlyList<DarkRuns.Run> runs, LineMap map, int first, int last)
    {
        for (var round = 0; round < 2; round++)
        {
            var keys = Assign(runs, map, first, last);
            if (keys.Count < Seed || FitTo(keys) is not { } better) return null;
            map = better;
        }

        var met = Assign(runs, map, first, last);
        return met.Count < Seed ? null : new(map, met, met[^1].Number - met[0].Number + 1 - met.Count);
    }

    private static bool IsSeed(IReadOnlyList<DarkRuns.Run> runs, int first, int phase)
    {
        // Logarithms of metres per sample from gap to gap: a straight line for a camera's view.
        Span<double> ratio = stackalloc double[Seed - 1];
        var (mean, slope) = (0.0, 0.0);
        for (var i = 0; i < Seed - 1; i++)
        {
            ratio[i] = Math.Log(KeyPattern.Gap(phase + i) / (runs[first + i + 1].Centre - runs[first + i].Centre));
            if (i > 0 && Math.Abs(ratio[i] - ratio[i - 1]) > 2 * SeedTolerance + SeedTrend) return false;
            mean += ratio[i] / (Seed - 1);
            slope += (i - 2) * ratio[i] / 10;
        }

        if (Math.Abs(slope) > SeedTrend) return false;
        for (var i = 0; i < Seed - 1; i++)
        {
            if (Math.Abs(ratio[i] - mean - slope * (i - 2)) > SeedTolerance) return false;
        }

        var perMetre = Math.Exp(-mean);
        for (var i = 0; i < Seed; i++)
        {
            var width = runs[first + i].Width / perMetre;
            if (width is < 0.005 or > 0.022) return false;
        }

        return true;
    }

    private static PatternLine? Extend(IReadOnlyList<DarkRuns.Run> runs, int first, int phase)
    {
        List<(int Number, float At)> keys = [.. Enumerable.Range(0, Seed).Select(i => (phase + i, runs[first + i].Centre))];
        if (FitTo(keys) is not { } map) return null;
        for (var (grown, gap) = (true, 1); grown || gap <= LongestGap; gap = grown ? 1 : gap + 1)
        {
            grown = false;
            foreach (var number in (int[])[keys[^1].Number + gap, keys[0].Number - gap])
            {
                if (Nearest(runs, map, number) is not { } at) continue;
                List<(int Number, float At)> more = number > keys[0].Number ? [.. keys, (number, at)] : [(number, at), .. keys];
                if (FitTo(more) is not { } better) continue;
                (keys, map, grown) = (more, better, true);
            }
        }

        return Follow(runs, map, keys[0].Number, keys[^1].Number);
    }

    private static List<(int Number, float At)> Assign(IReadOnlyList<DarkRuns.Run> runs, LineMap map, int first, int last)
    {
        List<(int Number, float At)> keys = [];
        for (var number = first; number <= last; number++)
        {
            if (Nearest(runs, map, number) is { } at) keys.Add((number, at));
        }

        return keys;
    }

    private static float? Nearest(IReadOnlyList<DarkRuns.Run> runs, LineMap map, int number)
    {
        var x = KeyPattern.BlackX(number);
        var expected = map.Invert(x);

        // Beyond the horizon the map comes back from the other side.
        if (map.C * expected + 1 <= 0.05 || !double.IsFinite(expected)) return null;
        var (low, high) = (0, runs.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (runs[middle].Centre < expected) low = middle + 1;
            else high = middle;
        }

        float? best = null;
        var least = PlaceTolerance;
        for (var i = Math.Max(0, low - 1); i <= Math.Min(low, runs.Count - 1); i++)
        {
            var away = Math.Abs(map.Apply(runs[i].Centre) - x);
            var width = Math.Abs(map.Apply(runs[i].End) - map.Apply(runs[i].Start));
            if (away < least && width is > 0.005 and < 0.022) (best, least) = (runs[i].Centre, away);
        }

        return best;
    }

    private static LineMap? FitTo(List<(int Number, float At)> keys)
    {
        Span<double> t = stackalloc double[keys.Count];
        Span<double> x = stackalloc double[keys.Count];
        for (var i = 0; i < keys.Count; i++) (t[i], x[i]) = (keys[i].At, KeyPattern.BlackX(keys[i].Number));
        return LineMap.Fit(t, x) is { } map && map.C * t[0] + 1 > 0.05 && map.C * t[^1] + 1 > 0.05 && map.Apply(t[^1]) > map.Apply(t[0]) ? map : null;
    }
}
