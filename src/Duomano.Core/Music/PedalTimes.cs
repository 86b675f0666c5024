namespace Duomano.Core.Music;

/// <summary>When the sustain pedal is down.</summary>
/// <param name="changes">Its movements, by time.</param>
public sealed class PedalTimes(IReadOnlyList<PedalChange> changes)
{
    /// <summary>Whether the pedal is down at a time.</summary>
    /// <param name="time">Seconds.</param>
    public bool IsDown(double time) => new PedalChange(time, ValueAt(time)).IsDown;

    /// <summary>The first moment from a time on in which the pedal is up, seconds; infinite where it stays down.</summary>
    /// <param name="time">Seconds.</param>
    public double LiftedFrom(double time)
    {
        var next = After(time);
        if (next == 0 || !changes[next - 1].IsDown) return time;
        while (next < changes.Count && changes[next].IsDown) next++;
        return next < changes.Count ? changes[next].Time : double.PositiveInfinity;
    }

    /// <summary>How far down the pedal is at a time, 0 (up) to 127.</summary>
    /// <param name="time">Seconds; infinite for where it ends.</param>
    public int ValueAt(double time)
    {
        var after = After(time);
        return after > 0 ? changes[after - 1].Value : 0;
    }

    // The first change after a time, by halving.
    private int After(double time)
    {
        var (low, high) = (0, changes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (changes[middle].Time <= time) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
