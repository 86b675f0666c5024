namespace Duomano.Core.Playing;

/// <summary>
/// Spreads a chord that a hand cannot hold at once: bottom up, each key held for as long as the hand still reaches the
/// next ones. As much of the spread as possible stays near the written moment.
/// </summary>
internal static class RolledChord
{
    // From one note to the next, seconds; slower where there is time and the chord is wide.
    private const double Fastest = 0.026;
    private const double Slowest = 0.060;

    // How long before the written moment a roll begins at most, seconds.
    private const double Lead = 0.045;

    // A hand that lets go of one end travels so fast to the other: a start, then metres a second.
    private const double LeapStart = 0.035;
    private const double LeapSpeed = 2.4;

    // Keys farther beyond a hand's span than this are not one hand's chord, metres.
    private const float TooFar = 0.06f;

    // The longest roll, seconds.
    private const double Longest = 0.35;

    /// <summary>Sets the strokes' moments, bottom up; false if no roll helps.</summary>
    /// <param name="chord">The strokes; receives them in the order of the roll.</param>
    /// <param name="pause">Until the hand's next stroke, seconds.</param>
    /// <param name="leastHold">How long a key is held at least, seconds.</param>
    /// <param name="reach">What the hand can hold.</param>
    public static bool Spread(List<Stroke> chord, double pause, double leastHold, HandReach reach)
    {
        if (chord.Count is < 2 or > 5 || chord.DistinctBy(stroke => stroke.Finger).Count() < chord.Count) return false;
        chord.Sort((a, b) => a.Note.Key.CompareTo(b.Note.Key));
        var gap = Math.Clamp(0.3 * pause / chord.Count, Fastest, 0.5 * (Fastest + Slowest));
        var times = new double[chord.Count];
        for (var k = 1; k < chord.Count; k++)
        {
            times[k] = times[k - 1] + gap;
            var first = 0;
            while (first < k && !reach.CanHold(chord.GetRange(first, k - first + 1))) first++;
            for (var j = 0; j < first; j++)
            {
                var beyond = reach.Beyond(chord[j], chord[k]);
                if (beyond > TooFar) return false;
                times[k] = Math.Max(times[k], times[j] + leastHold + LeapStart + beyond / LeapSpeed);
            }
        }

        var spread = times[^1];
        if (spread > Math.Min(Longest, 0.8 * pause)) return false;
        var start = chord.Min(stroke => stroke.Press) - Math.Min(Lead, spread / 2);
        for (var k = 0; k < chord.Count; k++)
        {
            chord[k].Delay(Math.Max(0, start) + times[k]);
            chord[k].Release = Math.Max(chord[k].Release, chord[k].Press + leastHold);
        }

        return true;
    }
}
