namespace Duomano.Formats.MusicXml;

/// <summary>Seconds of a score as it is written, without repeats, and of each measure as it is played.</summary>
internal sealed class ScoreTime
{
    private readonly List<(long Tick, double Time, double SecondsPerTick)> _segments = [];
    private readonly long[] _starts;

    public ScoreTime(WrittenFrame frame)
    {
        _starts = new long[frame.Measures.Count + 1];
        for (var i = 0; i < frame.Measures.Count; i++)
        {
            // A measure without any notes lasts as long as its time signature says.
            var length = frame.Measures[i].Length > 0 ? frame.Measures[i].Length : frame.Measures[i].Nominal;
            _starts[i + 1] = _starts[i] + length;
        }

        _segments.Add((0, 0, SecondsPerTick(TempoMarks.Usual)));
        foreach (var (tick, tempo) in frame.Tempos.Select(tempo => (Tick: At(tempo.Measure, tempo.Tick), tempo.QuartersPerMinute)).OrderBy(tempo => tempo.Tick))
        {
            if (tick == _segments[^1].Tick) _segments[^1] = _segments[^1] with { SecondsPerTick = SecondsPerTick(tempo) };
            else _segments.Add((tick, Seconds(tick), SecondsPerTick(tempo)));
        }
    }

    /// <summary>Tempo changes by written time.</summary>
    public IEnumerable<(long Tick, double QuartersPerMinute)> Tempos => _segments.Select(segment => (segment.Tick, 60 / (segment.SecondsPerTick * WrittenFrame.Quarter)));

    /// <summary>Written ticks of a place in a measure.</summary>
    public long At(int measure, long tick) => _starts[Math.Min(measure, _starts.Length - 1)] + tick;

    /// <summary>Seconds that a measure takes.</summary>
    public double LengthOf(int measure) => Seconds(_starts[measure + 1]) - Seconds(_starts[measure]);

    /// <summary>Seconds at a place that is told in written ticks.</summary>
    public double Seconds(long tick) => Segment(tick) is var segment ? segment.Time + (tick - segment.Tick) * segment.SecondsPerTick : 0;

    /// <summary>Seconds that a quarter note takes there.</summary>
    public double QuarterAt(long tick) => Segment(tick).SecondsPerTick * WrittenFrame.Quarter;

    private (long Tick, double Time, double SecondsPerTick) Segment(long tick)
    {
        var (low, high) = (0, _segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_segments[middle].Tick <= tick) low = middle;
            else high = middle - 1;
        }

        return _segments[low];
    }

    private static double SecondsPerTick(double quartersPerMinute) => 60 / quartersPerMinute / WrittenFrame.Quarter;
}
