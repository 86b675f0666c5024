using System.Text;

namespace Duomano.Formats.Scores;

/// <summary>Decodes texts whose encoding nobody tells: UTF-16 with a mark, UTF-8, Shift-JIS or Latin-1, by what decodes cleanly.</summary>
internal static class FileText
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);
    private static readonly Encoding ShiftJis = CodePagesEncodingProvider.Instance.GetEncoding(932, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
    private static readonly Encoding Gbk = CodePagesEncodingProvider.Instance.GetEncoding(936, EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>The text, without control characters and surrounding space.</summary>
    public static string Decode(ReadOnlySpan<byte> bytes) => string.Concat(Raw(bytes).Where(character => !char.IsControl(character) && character != '\uFEFF')).Trim();

    private static string Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE])) return Encoding.Unicode.GetString(bytes[2..]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF])) return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (Try(StrictUtf8, bytes) is { } utf8) return utf8;
        if (Try(ShiftJis, bytes) is { } japanese && IsJapanese(japanese)) return japanese;
        return Try(Gbk, bytes) is { } chinese && IsChinese(chinese, bytes) ? chinese : Western.GetString(bytes);
    }

    private static string? Try(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    // An accent in a western word decodes as one strange letter among plain ones; Japanese comes in rows of letters.
    private static bool IsJapanese(string text)
    {
        var (letters, runs, wide) = Count(text);
        return wide > 0 ? letters >= 2 * runs || text.All(character => character > 0x7F) : letters >= 4 * Math.Max(1, runs) && !text.Any(char.IsAsciiLetter) && HasVoicedMark(text);
    }

    // Chinese in two bytes, all of its usual characters; in Latin-1 it would be a row of capitals with accents.
    private static bool IsChinese(string text, ReadOnlySpan<byte> bytes)
    {
        var (letters, runs, _) = Count(text);
        if (letters == 0 || letters < 2 * runs) return false;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] < 0x80) continue;
            if (bytes[i] is < 0xB0 or > 0xF7 || i + 1 == bytes.Length || bytes[i + 1] < 0xA1) return false;
            i++;
        }

        return true;
    }

    // Rows of half-wide katakana are as likely something else, unless they have the marks that such words have.
    private static bool HasVoicedMark(string text) => text.Any(character => character is '\uFF9E' or '\uFF9F' or '\uFF70');

    private static (int Letters, int Runs, int Wide) Count(string text)
    {
        var (letters, runs, wide, inside) = (0, 0, 0, false);
        foreach (var character in text)
        {
            var isForeign = character > 0x7F;
            if (isForeign) letters++;
            if (isForeign && !inside) runs++;
            if (character is >= '\u3040' and < '\uA000' or >= '\uFF01' and < '\uFF5F') wide++;
            inside = isForeign;
        }

        return (letters, runs, wide);
    }
}
