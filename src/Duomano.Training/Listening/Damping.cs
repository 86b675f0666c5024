using Duomano.Core.Music;

namespace Duomano.Training.Listening;

/// <summary>When dampers fall on strings: when the key is up and the pedal too, or when the key is struck again.</summary>
internal static class Damping
{
    /// <summary>Of each note of a score, the time at which its sound is ended, seconds.</summary>
    public static double[] Of(Score score)
    {
        var ends = new double[score.Notes.Count];
        var next = new Dictionary<int, double>();
        for (var i = score.Notes.Count - 1; i >= 0; i--)
        {
            var note = score.Notes[i];
            ends[i] = Math.Max(note.Offset, Math.Min(Lifted(score.Pedal, note.Offset), next.GetValueOrDefault(note.Key.Index, double.PositiveInfinity)));
            next[note.Key.Index] = note.Onset;
        }

        return ends;
    }

    /// <summary>Whether the pedal is down at a time.</summary>
    public static bool IsDown(IReadOnlyList<PedalChange> pedal, double time)
    {
        var after = After(pedal, time);
        return after > 0 && pedal[after - 1].IsDown;
    }

    private static double Lifted(IReadOnlyList<PedalChange> pedal, double time)
    {
        var i = After(pedal, time);
        if (i == 0 || !pedal[i - 1].IsDown) return time;
        while (i < pedal.Count && pedal[i].IsDown) i++;
        return i < pedal.Count ? pedal[i].Time : double.PositiveInfinity;
    }

    // The first change after a time, by halving.
    private static int After(IReadOnlyList<PedalChange> pedal, double time)
    {
        var (low, high) = (0, pedal.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (pedal[middle].Time <= time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
