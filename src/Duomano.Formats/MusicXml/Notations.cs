using System.Xml.Linq;

namespace Duomano.Formats.MusicXml;

/// <summary>Reads the signs at a chord that change how it is played.</summary>
internal static class Notations
{
    public static void Read(XElement notations, WrittenChord chord)
    {
        foreach (var sign in notations.Elements())
        {
            switch (sign.Name.LocalName)
            {
                case "arpeggiate":
                    chord.Arpeggio = true;
                    chord.ArpeggioDown |= sign.Says("direction", "down");
                    break;
                case "articulations":
                    foreach (var articulation in sign.Elements()) Articulate(articulation.Name.LocalName, chord);
                    break;
                case "glissando" or "slide" when sign.Says("type", "start"):
                    chord.SlidesToNext = true;
                    break;
                case "ornaments":
                    ReadOrnaments(sign, chord);
                    break;
            }
        }
    }

    private static void Articulate(string name, WrittenChord chord)
    {
        switch (name)
        {
            case "staccato": chord.Held = Math.Min(chord.Held, 0.5); break;
            case "staccatissimo" or "spiccato": chord.Held = Math.Min(chord.Held, 0.33); break;
            case "detached-legato": chord.Held = Math.Min(chord.Held, 0.75); break;
            case "accent": chord.Stress = Math.Max(chord.Stress, 1.2); break;
            case "strong-accent" or "stress": chord.Stress = Math.Max(chord.Stress, 1.35); break;
        }
    }

    private static void ReadOrnaments(XElement ornaments, WrittenChord chord)
    {
        foreach (var sign in ornaments.Elements())
        {
            var found = sign.Name.LocalName switch
            {
                "trill-mark" or "shake" => Ornament.Trill,
                "wavy-line" when sign.Says("type", "start") => Ornament.Trill,
                "mordent" => Ornament.Mordent,
                "inverted-mordent" => Ornament.InvertedMordent,
                "turn" => Ornament.Turn,
                "inverted-turn" => Ornament.InvertedTurn,
                "delayed-turn" => Ornament.DelayedTurn,
                _ => Ornament.None,
            };
            if (found != Ornament.None) chord.Ornament = found;
            if (sign.Name.LocalName == "accidental-mark") Alter(sign, chord);
            if (sign.Name.LocalName == "tremolo" && XmlElements.Number(sign.Value) is >= 1 and <= 8 and var beams)
            {
                if (sign.Says("type", "start")) chord.TremoloToNext = (int)beams;
                else if (!sign.Says("type", "stop") && !sign.Says("type", "unmeasured")) chord.Tremolo = (int)beams;
            }
        }
    }

    private static void Alter(XElement mark, WrittenChord chord)
    {
        int? alter = mark.Value.Trim() switch
        {
            "sharp" => 1,
            "natural" => 0,
            "flat" => -1,
            "double-sharp" or "sharp-sharp" => 2,
            "flat-flat" or "double-flat" => -2,
            _ => null,
        };
        var below = mark.Says("placement", "below") || (mark.Attribute("placement") is null && chord.Ornament == Ornament.Mordent);
        if (below) chord.LowerAlter = alter;
        else chord.UpperAlter = alter;
    }
}
