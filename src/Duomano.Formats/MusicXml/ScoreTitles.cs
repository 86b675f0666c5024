using System.Xml.Linq;
using Duomano.Core.Files;

namespace Duomano.Formats.MusicXml;

/// <summary>What a score calls itself and who made it.</summary>
internal static class ScoreTitles
{
    /// <summary>The work's title, or the movement's, or what is printed as the title.</summary>
    public static string? Title(XElement root)
    {
        var printed = root.Children("credit").FirstOrDefault(credit => credit.Text("credit-type") == "title")?.Text("credit-words");
        string?[] titles = [root.Child("work")?.Text("work-title"), root.Text("movement-title"), printed];
        return titles.Select(Line).FirstOrDefault(line => line is not null);
    }

    /// <summary>Composer and arranger, then the rights.</summary>
    public static IReadOnlyList<string> Credits(XElement root)
    {
        if (root.Child("identification") is not { } identification) return [];
        var makers = identification.Children("creator").Where(creator => creator.Value("type") is "composer" or "arranger" or null);
        return [.. makers.Concat(identification.Children("rights")).Select(element => Line(element.Value)).OfType<string>().Distinct().Take(4)];
    }

    private static string? Line(string? text) => FileWords.Line(text ?? "") is { Length: > 0 } line ? line : null;
}
