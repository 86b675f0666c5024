using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Duomano.Formats.MusicXml;

/// <summary>Tempo as quarter notes a minute.</summary>
internal static partial class TempoMarks
{
    public const double Slowest = 4;
    public const double Fastest = 1000;
    public const double Usual = 120;

    // The middle of what metronomes print for each word; longer words first, since "allegretto" begins like "allegro".
    private static readonly (string Word, double QuartersPerMinute)[] Words =
    [
        ("prestissimo", 200), ("presto", 184), ("vivacissimo", 176), ("vivace", 160), ("allegrissimo", 172), ("allegretto", 112), ("allegro", 138),
        ("moderato", 108), ("andantino", 90), ("andante", 80), ("adagietto", 72), ("adagissimo", 40), ("adagio", 62), ("larghetto", 63), ("larghissimo", 30),
        ("largo", 50), ("lento", 54), ("grave", 40), ("lent", 54), ("modéré", 108), ("vif", 160), ("langsam", 54), ("mäßig", 108), ("lebhaft", 144), ("schnell", 160),
    ];

    /// <summary>What a metronome mark says; null where it has no number, as an equation of two note values.</summary>
    public static double? OfMetronome(XElement metronome)
    {
        if (metronome.Children("beat-unit").Count() != 1 || NoteValues.Quarters(metronome.Text("beat-unit")) is not { } unit) return null;
        var numbers = Numbers().Matches(metronome.Text("per-minute") ?? "").Select(match => double.Parse(match.Value.Replace(',', '.'), CultureInfo.InvariantCulture)).Where(value => value > 0).ToArray();
        return numbers.Length == 0 ? null : numbers.Take(2).Average() * unit * (2 - Math.Pow(0.5, Math.Min(4, metronome.Children("beat-unit-dot").Count())));
    }

    /// <summary>What a word such as "Andante" means; a number in the text goes before it ("Andante (♩ = 72)").</summary>
    public static double? OfWords(string words)
    {
        var text = words.ToLowerInvariant();
        foreach (var (word, tempo) in Words)
        {
            if (Regex.IsMatch(text, $@"(?<!\p{{L}}){word}(?!\p{{L}})")) return tempo;
        }

        return null;
    }

    [GeneratedRegex(@"\d{1,4}(?:[.,]\d{1,4})?")]
    private static partial Regex Numbers();
}
