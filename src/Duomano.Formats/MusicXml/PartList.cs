using System.Xml.Linq;

namespace Duomano.Formats.MusicXml;

/// <summary>What the part list says of a part.</summary>
/// <param name="Name">Its name, or null.</param>
/// <param name="Program">General MIDI program, from 0, or null.</param>
/// <param name="IsPercussion">Whether it is on channel 10.</param>
internal sealed record PartInfo(string? Name, int? Program, bool IsPercussion);

/// <summary>Finds the parts of a score, whichever way round it is written.</summary>
internal static class PartList
{
    private const int DrumChannel = 10;

    public static Dictionary<string, PartInfo> Read(XElement root)
    {
        var result = new Dictionary<string, PartInfo>(StringComparer.Ordinal);
        foreach (var part in root.Children("part-list").SelectMany(list => list.Children("score-part")))
        {
            string?[] names = [part.Text("part-name"), part.Child("score-instrument")?.Text("instrument-name"), part.Text("part-abbreviation")];
            var midi = part.Children("midi-instrument").ToArray();
            var programs = midi.Select(one => XmlElements.Number(one.Text("midi-program"))).Where(program => program is >= 1 and <= 128).ToArray();
            var drums = midi.Length > 0 && midi.All(one => XmlElements.Number(one.Text("midi-channel")) == DrumChannel);
            result[part.Value("id") ?? ""] = new(names.Select(Words).FirstOrDefault(name => name is not null), programs.Length > 0 ? (int)programs[0]! - 1 : null, drums);
        }

        return result;

        static string? Words(string? text) => Core.Files.FileWords.Line(text ?? "") is { Length: > 0 } line ? line : null;
    }

    /// <summary>Each part's measures in their order.</summary>
    public static IEnumerable<(string Id, IEnumerable<XElement> Measures)> Measures(XElement root)
    {
        if (root.Name.LocalName == "score-partwise") return root.Children("part").Select(part => (part.Value("id") ?? "", part.Children("measure")));

        // Timewise: each measure holds a piece of every part.
        var measures = root.Children("measure").ToArray();
        string[] ids = [.. measures.SelectMany(measure => measure.Children("part")).Select(part => part.Value("id") ?? "").Distinct()];
        return ids.Select(id => (id, measures.Select(measure => measure.Children("part").FirstOrDefault(part => (part.Value("id") ?? "") == id) ?? new XElement("part"))));
    }
}
