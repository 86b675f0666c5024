namespace Duomano.Formats.Midi;

/// <summary>Turns ticks into seconds.</summary>
internal sealed class MidiTempoMap
{
    private const int DefaultMicroseconds = 500_000;

    private readonly List<(long Tick, double Time, double SecondsPerTick)> _segments = [];

    /// <summary>A map that follows tempo events.</summary>
    /// <param name="ticksPerQuarter">The file's division.</param>
    /// <param name="tempos">Tempo events of all tracks, in any order; of several at a tick the last one holds.</param>
    public MidiTempoMap(int ticksPerQuarter, IEnumerable<(long Tick, int Microseconds)> tempos)
    {
        _segments.Add((0, 0, DefaultMicroseconds / 1e6 / ticksPerQuarter));
        foreach (var (tick, microseconds) in tempos.OrderBy(tempo => tempo.Tick))
        {
            var secondsPerTick = microseconds / 1e6 / ticksPerQuarter;
            if (tick == _segments[^1].Tick) _segments[^1] = _segments[^1] with { SecondsPerTick = secondsPerTick };
            else if (secondsPerTick != _segments[^1].SecondsPerTick) _segments.Add((tick, Seconds(tick), secondsPerTick));
        }

        Tempos = [.. _segments.Select(segment => new TempoChange(segment.Time, 60 / (segment.SecondsPerTick * ticksPerQuarter)))];
    }

    /// <summary>A map of ticks of fixed length, as SMPTE divisions have.</summary>
    public MidiTempoMap(double ticksPerSecond)
    {
        _segments.Add((0, 0, 1 / ticksPerSecond));
        Tempos = [];
    }

    /// <summary>The tempo changes, where there is a tempo.</summary>
    public IReadOnlyList<TempoChange> Tempos { get; }

    public double Seconds(long tick)
    {
        var (low, high) = (0, _segments.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (_segments[middle].Tick <= tick) low = middle;
            else high = middle - 1;
        }

        var segment = _segments[low];
        return segment.Time + (tick - segment.Tick) * segment.SecondsPerTick;
    }
}
