using System.Xml.Linq;

namespace Duomano.Formats.MusicXml;

/// <summary>Note values by name.</summary>
internal static class NoteValues
{
    /// <summary>Quarter notes of a value; null for an unknown name.</summary>
    public static double? Quarters(string? name) => name switch
    {
        "maxima" => 32,
        "long" => 16,
        "breve" => 8,
        "whole" => 4,
        "half" => 2,
        "quarter" => 1,
        "eighth" => 1 / 2.0,
        "16th" => 1 / 4.0,
        "32nd" => 1 / 8.0,
        "64th" => 1 / 16.0,
        "128th" => 1 / 32.0,
        "256th" => 1 / 64.0,
        "512th" => 1 / 128.0,
        "1024th" => 1 / 256.0,
        _ => null,
    };

    /// <summary>What a note's sign says, with dots and tuplet, ticks; 0 where it says nothing.</summary>
    public static long Ticks(XElement note)
    {
        if (Quarters(note.Text("type")) is not { } quarters) return 0;
        var value = quarters * (2 - Math.Pow(0.5, Math.Min(8, note.Children("dot").Count())));
        if (note.Child("time-modification") is { } tuplet
            && XmlElements.Number(tuplet.Text("actual-notes")) is >= 1 and <= 1000 and var actual && XmlElements.Number(tuplet.Text("normal-notes")) is >= 1 and <= 1000 and var normal)
        {
            value *= normal / actual;
        }

        return (long)Math.Round(value * WrittenFrame.Quarter);
    }
}
