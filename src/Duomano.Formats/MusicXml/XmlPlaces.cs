using System.Xml;
using System.Xml.Linq;

namespace Duomano.Formats.MusicXml;

/// <summary>Finds elements again in the text that they were read from.</summary>
internal sealed class XmlPlaces
{
    private readonly string _text;
    private readonly List<int> _lines = [0];

    public XmlPlaces(string text)
    {
        _text = text;
        for (var i = 0; i < text.Length; i++)
        {
            // As XML counts lines: CR LF is one end of line, and so is CR alone.
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n'))) _lines.Add(i + 1);
        }
    }

    /// <summary>Index of the element's "&lt;".</summary>
    public int Start(XElement element)
    {
        var line = (IXmlLineInfo)element;

        // The place is that of the name.
        return _lines[line.LineNumber - 1] + line.LinePosition - 2;
    }

    /// <summary>Where to write so that it comes first inside an element.</summary>
    public (int At, int Removed, string Text) Inside(XElement element, string content)
    {
        var end = TagEnd(Start(element));
        if (_text[end - 1] != '/') return (end + 1, 0, content);
        var name = Name(Start(element) + 1);
        return (end - 1, 2, $">{content}</{name}>");
    }

    /// <summary>Index of the "&lt;" that ends an element which has children.</summary>
    public int EndTag(XElement element)
    {
        var at = element.Elements().LastOrDefault() is { } last ? After(last) : TagEnd(Start(element)) + 1;
        return NextTag(at);
    }

    // The index behind an element.
    private int After(XElement element)
    {
        var start = TagEnd(Start(element));
        if (_text[start - 1] == '/') return start + 1;
        var inner = element.Elements().LastOrDefault() is { } last ? After(last) : start + 1;
        return TagEnd(NextTag(inner)) + 1;
    }

    // The next tag, past comments, literal text and instructions.
    private int NextTag(int at)
    {
        while (true)
        {
            at = _text.IndexOf('<', at);
            if (_text.AsSpan(at).StartsWith("<!--")) at = _text.IndexOf("-->", at, StringComparison.Ordinal) + 3;
            else if (_text.AsSpan(at).StartsWith("<![CDATA[")) at = _text.IndexOf("]]>", at, StringComparison.Ordinal) + 3;
            else if (_text.AsSpan(at).StartsWith("<?")) at = _text.IndexOf("?>", at, StringComparison.Ordinal) + 2;
            else return at;
        }
    }

    // Index of the ">" of a tag; quoted values may hold one.
    private int TagEnd(int at)
    {
        var quote = '\0';
        for (; ; at++)
        {
            var character = _text[at];
            if (quote != '\0') quote = character == quote ? '\0' : quote;
            else if (character is '"' or '\'') quote = character;
            else if (character == '>') return at;
        }
    }

    private string Name(int at)
    {
        var end = at;
        while (!char.IsWhiteSpace(_text[end]) && _text[end] is not ('/' or '>')) end++;
        return _text[at..end];
    }
}
