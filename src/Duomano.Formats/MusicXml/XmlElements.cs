using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using Duomano.Core.Files;

namespace Duomano.Formats.MusicXml;

/// <summary>Reads the values of a score's elements, and tells their line where one makes no sense.</summary>
internal static partial class XmlElements
{
    /// <summary>The first child of a name; scores are read whatever their namespace.</summary>
    public static XElement? Child(this XElement element, string name)
    {
        foreach (var child in element.Elements())
        {
            if (child.Name.LocalName == name) return child;
        }

        return null;
    }

    public static IEnumerable<XElement> Children(this XElement element, string name) => element.Elements().Where(child => child.Name.LocalName == name);

    public static string? Text(this XElement element, string child) => element.Child(child)?.Value.Trim();

    public static bool Has(this XElement element, string child) => element.Child(child) is not null;

    public static string? Value(this XElement element, string attribute) => element.Attribute(attribute)?.Value.Trim();

    public static bool Says(this XElement element, string attribute, string value) => string.Equals(element.Value(attribute), value, StringComparison.OrdinalIgnoreCase);

    /// <summary>A finite number.</summary>
    public static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) ? value : null;

    /// <summary>A number that a score cannot do without.</summary>
    /// <exception cref="UnreadableFileException">It is missing, no number or out of range.</exception>
    public static double Needed(this XElement element, string child, double least, double most, string path)
    {
        var text = element.Text(child) ?? throw Wrong(path, element, $"has no <{child}>");
        return Number(text) is { } value && value >= least && value <= most
            ? value
            : throw Wrong(path, element.Child(child)!, string.Create(CultureInfo.InvariantCulture, $"is {FileWords.Quote(text)}, expected a number from {least} to {most}"));
    }

    /// <summary>The numbers of an ending: "1", "1, 2", "1-3".</summary>
    public static IEnumerable<int> Numbers(string? text)
    {
        foreach (Match match in Range().Matches(text ?? ""))
        {
            var first = int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
            var last = match.Groups[2].Success ? int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) : first;
            for (var number = first; number <= Math.Min(last, first + 16); number++) yield return number;
        }
    }

    public static UnreadableFileException Wrong(string path, XElement element, string problem)
    {
        var place = element is IXmlLineInfo line && line.HasLineInfo() ? $"line {line.LineNumber}" : "";
        return new(path, place, $"<{element.Name.LocalName}> {problem}");
    }

    [GeneratedRegex(@"(\d{1,2})(?:\s*-\s*(\d{1,2}))?")]
    private static partial Regex Range();
}
