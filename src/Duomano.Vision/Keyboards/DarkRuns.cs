namespace Duomano.Vision.Keyboards;

/// <summary>The dark parts of a profile of lightness.</summary>
internal static class DarkRuns
{
    /// <summary>A dark part between two lighter ones.</summary>
    /// <param name="Start">Where the profile falls through the middle between light and dark, samples.</param>
    /// <param name="End">Where it rises again.</param>
    public readonly record struct Run(float Start, float End)
    {
        public float Centre => (Start + End) / 2;

        public float Width => End - Start;
    }

    // What counts as darker: by this factor, after adding a level below which cameras see only noise.
    private const float Contrast = 1.35f, NoiseLevel = 8;

    private const float Narrow = 0.35f;

    /// <summary>Finds them from the first to the last, by the turning points of the profile that stand out.</summary>
    /// <param name="profile">Lightness, 0 to 255; NaN where unknown.</param>
    /// <param name="runs">Receives them.</param>
    public static void Find(ReadOnlySpan<float> profile, List<Run> runs)
    {
        runs.Clear();
        var (extreme, before, dark) = (-1, -1, -1);
        var falling = false;
        for (var i = 0; i < profile.Length; i++)
        {
            var value = profile[i];
            if (float.IsNaN(value))
            {
                (extreme, before, dark, falling) = (-1, -1, -1, false);
                continue;
            }

            if (extreme < 0) extreme = i;
            if (falling)
            {
                // In a dark part: it ends where the profile has clearly risen above the darkest place.
                if (value < profile[extreme]) extreme = i;
                else if (value + NoiseLevel > Contrast * (profile[extreme] + NoiseLevel)) (falling, dark, extreme) = (false, extreme, i);
            }
            else if (value > profile[extreme])
            {
                extreme = i;
            }
            else if (Contrast * (value + NoiseLevel) < profile[extreme] + NoiseLevel)
            {
                if (dark >= 0 && before >= 0) runs.Add(Between(profile, before, dark, extreme));
                (falling, before, extreme) = (true, extreme, i);
            }
        }

        if (!falling && dark >= 0 && before >= 0 && extreme >= 0) runs.Add(Between(profile, before, dark, extreme));
    }

    /// <summary>Takes out the lines between white keys: runs much narrower than both beside them.</summary>
    public static void RemoveLines(List<Run> runs)
    {
        var kept = 0;
        for (var i = 0; i < runs.Count; i++)
        {
            var isLine = kept > 0 && i < runs.Count - 1 && runs[i].Width < Narrow * Math.Min(runs[kept - 1].Width, runs[i + 1].Width);
            if (!isLine) runs[kept++] = runs[i];
        }

        runs.RemoveRange(kept, runs.Count - kept);
    }

    private static Run Between(ReadOnlySpan<float> profile, int before, int dark, int after)
    {
        var level = profile[dark];
        var (left, right) = ((level + profile[before]) / 2, (level + profile[after]) / 2);
        var (start, end) = (dark, dark);
        while (start > before && profile[start] < left) start--;
        while (end < after && profile[end] < right) end++;
        return new(Crossing(profile, start, start + 1, left), Crossing(profile, end, end - 1, right));
    }

    private static float Crossing(ReadOnlySpan<float> profile, int light, int dark, float level)
    {
        if (light == dark || dark < 0 || dark >= profile.Length || profile[light] <= profile[dark]) return light;
        return light + (dark - light) * Math.Clamp((profile[light] - level) / (profile[light] - profile[dark]), 0, 1);
    }
}
