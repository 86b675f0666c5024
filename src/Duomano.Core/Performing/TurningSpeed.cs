namespace Duomano.Core.Performing;

/// <summary>Keeps an angle from turning faster than a finger's joint can, where the finger is free.</summary>
internal static class TurningSpeed
{
    // Radians a second: the fastest that fingers of pianists are seen to turn about their knuckles, and some more.
    private const double Fastest = 24;

    /// <summary>Changes a path so that it turns no faster where it may change, as long as what is fixed allows it.</summary>
    /// <param name="path">An angle a frame, radians.</param>
    /// <param name="isFixed">Which frames keep theirs.</param>
    /// <param name="fps">Frames a second.</param>
    public static void Limit(Span<float> path, ReadOnlySpan<bool> isFixed, double fps)
    {
        var most = (float)(Fastest / fps);
        for (var start = 0; start < path.Length; start++)
        {
            if (isFixed[start]) continue;
            var end = start;
            while (end < path.Length && !isFixed[end]) end++;
            LimitFree(path, start, end, most);
            start = end;
        }
    }

    // From the first free frame up to the next fixed one.
    private static void LimitFree(Span<float> path, int start, int end, float most)
    {
        var quick = false;
        for (var i = Math.Max(1, start); i < Math.Min(end + 1, path.Length); i++) quick |= MathF.Abs(path[i] - path[i - 1]) > most;
        if (!quick) return;
        var (forth, back) = (new float[end - start], new float[end - start]);
        for (var k = 0; k < forth.Length; k++)
        {
            forth[k] = Towards(path, start + k, start + k > 0 ? k > 0 ? forth[k - 1] : path[start - 1] : null, end, end - start - k, most);
            var i = end - 1 - k;
            back[^(k + 1)] = Towards(path, i, i + 1 < path.Length ? k > 0 ? back[^k] : path[end] : null, start - 1, i - start + 1, most);
        }

        // Either way round lags behind; both together do not.
        for (var k = 0; k < forth.Length; k++) path[start + k] = (forth[k] + back[k]) / 2;
    }

    // Near to the path, at most one step from the last angle and in reach of the one at the other end.
    private static float Towards(ReadOnlySpan<float> path, int at, float? last, int other, int away, float most)
    {
        var angle = path[at];
        if (other >= 0 && other < path.Length) angle = Math.Clamp(angle, path[other] - most * away, path[other] + most * away);
        if (last is not { } before) return angle;
        // What cannot be reached in time is gone to evenly.
        if (other >= 0 && other < path.Length && MathF.Abs(path[other] - before) > most * (away + 1)) return before + (path[other] - before) / (away + 1);
        return Math.Clamp(angle, before - most, before + most);
    }
}
