using System.Globalization;
using Duomano.Core.Files;

namespace Duomano.Formats.Scores;

/// <summary>Which instruments of a file two hands at a piano play.</summary>
internal static class InstrumentChoice
{
    private const int MostNamed = 8;

    /// <summary>
    /// The instruments that were asked for; otherwise the pianos, by program and name; where there is none, all but percussion.
    /// </summary>
    /// <param name="instruments">Those that have notes.</param>
    /// <param name="asked">Names or numbers of tracks; null or empty where nobody asked.</param>
    /// <param name="path">What to call the file in messages.</param>
    /// <returns>The instruments with what is played, and a line that names the others where there are any.</returns>
    /// <exception cref="ArgumentException">No instrument is called what was asked for.</exception>
    public static (IReadOnlyList<Instrument> Instruments, string? Message) Choose(IReadOnlyList<Instrument> instruments, IReadOnlyCollection<string>? asked, string path)
    {
        if (instruments.Count == 0) return (instruments, null);
        if (asked is { Count: > 0 })
        {
            var wanted = asked.SelectMany(name => Named(instruments, name, path)).ToHashSet();
            return ([.. instruments.Select(instrument => instrument with { IsPlayed = wanted.Contains(instrument) })], null);
        }

        // Percussion by number that is called a piano or a hand is one all the same.
        var pianos = instruments.Where(IsPiano).ToHashSet();
        if (pianos.Count == 0) pianos = [.. instruments.Where(instrument => !instrument.IsPercussion)];
        Instrument[] others = [.. instruments.Where(instrument => !pianos.Contains(instrument))];
        var lines = new List<string>();
        if (pianos.Count == 0) lines.Add($"all {others.Sum(instrument => instrument.NoteCount)} notes are on channel 10, which is General MIDI's for drums; --track {others[0].Number} plays them as a piano");
        else if (others.Length > 0) lines.Add($"plays {Names(pianos)} and leaves out {Names(others)}; --track NAME or --track NUMBER chooses otherwise");
        else if (pianos.Count > 1 && pianos.All(instrument => !IsPiano(instrument))) lines.Add($"no instrument in it is a piano; all are played: {Names(pianos)}; --track chooses among them");
        if (pianos.Any(instrument => instrument.IsPercussion)) lines.Add($"{Names(pianos.Where(instrument => instrument.IsPercussion))} is on channel 10, which is General MIDI's for drums; it is played as a piano, as its name says");
        return ([.. instruments.Select(instrument => instrument with { IsPlayed = pianos.Contains(instrument) })], lines.Count == 0 ? null : string.Join("; ", lines));
    }

    /// <summary>"violins (track 2), flute (track 4)".</summary>
    public static string Names(IEnumerable<Instrument> instruments)
    {
        var list = instruments.ToArray();
        var isOneTrack = list.Select(instrument => instrument.Number).Distinct().Count() == 1 && list.Length > 1;
        string[] all = [.. list.Select(instrument => $"{FileWords.Line(instrument.Label, 40)} ({(isOneTrack ? $"channel {instrument.Channel}" : $"track {instrument.Number}")})").Distinct()];
        return all.Length == 0 ? "nothing" : string.Join(", ", all.Take(MostNamed)) + (all.Length > MostNamed ? $" and {all.Length - MostNamed} more" : "");
    }

    private static bool IsPiano(Instrument instrument)
    {
        if (instrument.IsPercussion) return InstrumentNames.SaysPiano(instrument.Name) && !InstrumentNames.SaysOther(instrument.Name);
        if (instrument.Program is { } program && !InstrumentNames.IsPianoProgram(program)) return false;
        return !InstrumentNames.SaysOther(instrument.Name);
    }

    private static IEnumerable<Instrument> Named(IReadOnlyList<Instrument> instruments, string name, string path)
    {
        // Of a file with a single track a number is a channel's.
        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var channel) && instruments.Select(instrument => instrument.Number).Distinct().Count() == 1
            && instruments.Any(instrument => instrument.Channel == channel) && instruments.Count > 1)
        {
            return instruments.Where(instrument => instrument.Channel == channel);
        }

        if (int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && instruments.Any(instrument => instrument.Number == number))
        {
            return instruments.Where(instrument => instrument.Number == number);
        }

        Instrument[] exact = [.. instruments.Where(instrument => instrument.Label.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (exact.Length > 0) return exact;
        Instrument[] containing = [.. instruments.Where(instrument => name.Length > 0 && instrument.Label.Contains(name, StringComparison.OrdinalIgnoreCase))];
        return containing.Length > 0 ? containing : throw new ArgumentException($"{path}: no track is called {FileWords.Quote(name)}; it has {Names(instruments)}.");
    }
}
