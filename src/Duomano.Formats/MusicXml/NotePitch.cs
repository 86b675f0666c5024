using System.Text.RegularExpressions;
using System.Xml.Linq;
using Duomano.Core.Files;
using Duomano.Core.Fingering;

namespace Duomano.Formats.MusicXml;

/// <summary>Reads what belongs to a single note head: pitch, ties and fingers.</summary>
internal static partial class NotePitch
{
    private static ReadOnlySpan<int> Semitones => [0, 2, 4, 5, 7, 9, 11];

    public static WrittenNote Read(XElement note, XElement pitch, int staff, int transposition, string path)
    {
        var step = pitch.Text("step") ?? "";
        var index = step.Length == 1 ? "CDEFGAB".IndexOf(step[0], StringComparison.Ordinal) : -1;
        if (index < 0) throw XmlElements.Wrong(path, pitch, $"has the step {FileWords.Quote(step)}, expected A to G");
        var octave = (int)pitch.Needed("octave", -1, 10, path);
        var alter = pitch.Has("alter") ? pitch.Needed("alter", -100, 100, path) : 0;
        if (Math.Abs(alter) > 3) alter = 0;
        return new()
        {
            Element = note,
            Midi = Midi(7 * octave + index, (int)Math.Round(alter)) + transposition,
            Diatonic = 7 * octave + index,
            Transposition = transposition,
            Staff = staff,
            TieStarts = Tied(note, "start"),
            TieStops = Tied(note, "stop"),
            Finger = Fingers(note),
            Dynamics = XmlElements.Number(note.Value("dynamics")) is { } level and > 0 and < 1000 ? level * 0.9 : null,
        };
    }

    /// <summary>The MIDI number of a step (0 is C, octaves are 7 apart) with an alteration.</summary>
    public static int Midi(int diatonic, int alter) => 12 * ((int)Math.Floor(diatonic / 7.0) + 1) + Semitones[(diatonic % 7 + 7) % 7] + alter;

    /// <summary>The fingers that are printed at a note, in their order; other editors' alternatives are left out.</summary>
    public static IEnumerable<Finger> PrintedFingers(XElement note)
    {
        foreach (var fingering in note.Children("notations").SelectMany(notations => notations.Children("technical")).SelectMany(technical => technical.Children("fingering")))
        {
            if (fingering.Says("alternate", "yes")) continue;
            foreach (Match digit in Digit().Matches(fingering.Value)) yield return (Finger)(digit.Value[0] - '0');
        }
    }

    // Of a change of fingers on a held key the first one strikes it.
    private static Finger? Fingers(XElement note)
    {
        foreach (var finger in PrintedFingers(note)) return finger;
        return null;
    }

    private static bool Tied(XElement note, string type) =>
        note.Children("tie").Concat(note.Children("notations").SelectMany(notations => notations.Children("tied"))).Any(tie => tie.Says("type", type));

    [GeneratedRegex("[1-5]")]
    private static partial Regex Digit();
}
