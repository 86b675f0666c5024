namespace Duomano.Formats.MusicXml;

/// <summary>How loud a part is over written time: what dynamic signs say, and hairpins between them.</summary>
internal sealed class Loudness
{
    // A hairpin that leads to no sign changes by about one sign.
    private const double UsualChange = 16;

    private readonly (long Tick, double Level)[] _signs;
    private readonly (long From, long To, double Start, double End)[] _hairpins;

    public Loudness(WrittenPart part, ScoreTime time)
    {
        _signs = [.. part.Dynamics.Select(sign => (Tick: time.At(sign.Measure, sign.Tick), sign.Level)).OrderBy(sign => sign.Tick)];
        _hairpins = [.. part.Hairpins.Select(pin => Hairpin(time.At(pin.Measure, pin.Tick), time.At(pin.EndMeasure, pin.EndTick), pin.Direction)).Where(pin => pin.To > pin.From).OrderBy(pin => pin.From)];
    }

    /// <summary>The velocity at a place.</summary>
    public double At(long tick)
    {
        var sign = Last(_signs, entry => entry.Tick, tick);
        var pin = Last(_hairpins, entry => entry.From, tick);
        if (pin < 0 || (sign >= 0 && _signs[sign].Tick > _hairpins[pin].From)) return sign < 0 ? DynamicSigns.Usual : _signs[sign].Level;
        var (from, to, start, end) = _hairpins[pin];
        return tick >= to ? end : start + (end - start) * (tick - from) / (to - from);
    }

    private (long From, long To, double Start, double End) Hairpin(long from, long to, int direction)
    {
        var before = Last(_signs, entry => entry.Tick, from);
        var start = before < 0 ? DynamicSigns.Usual : _signs[before].Level;

        // The sign it leads to stands at its end or shortly behind it.
        var after = Last(_signs, entry => entry.Tick, to + WrittenFrame.Quarter);
        var end = after >= 0 && _signs[after].Tick > from && Math.Sign(_signs[after].Level - start) == direction ? _signs[after].Level : start + direction * UsualChange;
        return (from, to, start, Math.Clamp(end, 10, 127));
    }

    private static int Last<T>(T[] entries, Func<T, long> tick, long limit)
    {
        var (low, high) = (0, entries.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (tick(entries[middle]) <= limit) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
