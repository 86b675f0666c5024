using System.Text;
using System.Text.RegularExpressions;

namespace Duomano.Formats.MusicXml;

/// <summary>An XML file's text and how it was encoded.</summary>
/// <param name="Text">All of it, without the mark at the beginning.</param>
/// <param name="Encoding">Turns it back into the bytes.</param>
/// <param name="Mark">The mark that stood before it.</param>
internal sealed partial record XmlText(string Text, Encoding Encoding, byte[] Mark)
{
    /// <summary>Decodes by mark, by the first characters, or by the XML declaration; otherwise UTF-8.</summary>
    /// <exception cref="DecoderFallbackException">The bytes are not in that encoding.</exception>
    public static XmlText Decode(byte[] bytes)
    {
        var (encoding, mark) = bytes switch
        {
            [0xEF, 0xBB, 0xBF, ..] => (Strict("utf-8"), 3),
            [0xFF, 0xFE, ..] => (Strict("utf-16"), 2),
            [0xFE, 0xFF, ..] => (Strict("utf-16BE"), 2),
            [(byte)'<', 0, ..] => (Strict("utf-16"), 0),
            [0, (byte)'<', ..] => (Strict("utf-16BE"), 0),
            _ => (Declared(bytes), 0),
        };
        return new(encoding.GetString(bytes, mark, bytes.Length - mark), encoding, bytes[..mark]);
    }

    /// <summary>The bytes of another text in the same encoding.</summary>
    public byte[] Encode(string text) => [.. Mark, .. Encoding.GetBytes(text)];

    private static Encoding Declared(byte[] bytes)
    {
        var match = Declaration().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 200)));
        if (!match.Success) return Strict("utf-8");
        try
        {
            // A file of single bytes cannot be UTF-16, whatever it says.
            var name = match.Groups[1].Value;
            return name.StartsWith("utf-16", StringComparison.OrdinalIgnoreCase) || name.StartsWith("ucs-2", StringComparison.OrdinalIgnoreCase) ? Strict("utf-8") : Strict(name);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException) // UTF-7, which .NET will not read
        {
            return Strict("utf-8");
        }
    }

    private static Encoding Strict(string name) =>
        CodePagesEncodingProvider.Instance.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)
        ?? Encoding.GetEncoding(name, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback);

    [GeneratedRegex("""^<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")]
    private static partial Regex Declaration();
}
