using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Duomano.Formats.MusicXml;

/// <summary>Signs and words that send the player elsewhere.</summary>
internal static partial class RepeatWords
{
    /// <summary>Marks a measure by words such as "D.C. al Fine"; what the direction's sound element says goes before them.</summary>
    /// <returns>Whether the words were of this kind.</returns>
    public static bool Mark(string words, XElement? sound, WrittenMeasure measure)
    {
        var known = sound is not null && sound.Attributes().Any(attribute => attribute.Name.LocalName is "dacapo" or "dalsegno" or "tocoda" or "fine" or "coda" or "segno");
        if (DaCapo().IsMatch(words)) measure.DaCapo |= !known;
        else if (DalSegno().IsMatch(words)) measure.DalSegno |= !known;
        else if (ToCoda().IsMatch(words)) measure.ToCoda |= !known;
        else if (Fine().IsMatch(words)) measure.Fine |= !known;
        else return false;
        return true;
    }

    public static void MarkSound(XElement sound, WrittenMeasure measure)
    {
        measure.DaCapo |= sound.Says("dacapo", "yes");
        measure.DalSegno |= sound.Attribute("dalsegno") is not null;
        measure.ToCoda |= sound.Attribute("tocoda") is not null;
        measure.Coda |= sound.Attribute("coda") is not null;
        measure.Segno |= sound.Attribute("segno") is not null;
        measure.Fine |= sound.Attribute("fine") is { } fine && !fine.Value.Equals("no", StringComparison.OrdinalIgnoreCase);
        measure.RepeatStarts |= sound.Says("forward-repeat", "yes");
    }

    [GeneratedRegex(@"^\W*(d\.?\s?c\.?|da\s+capo)(\W|$)", RegexOptions.IgnoreCase)]
    private static partial Regex DaCapo();

    [GeneratedRegex(@"^\W*(d\.?\s?s\.?|dal\s+segno)(\W|$)", RegexOptions.IgnoreCase)]
    private static partial Regex DalSegno();

    [GeneratedRegex(@"^\W*((to|al)\s+coda)(\W|$)", RegexOptions.IgnoreCase)]
    private static partial Regex ToCoda();

    [GeneratedRegex(@"^\W*fine\W*$", RegexOptions.IgnoreCase)]
    private static partial Regex Fine();
}
