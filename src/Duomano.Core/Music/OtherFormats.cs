using System.Text;

namespace Duomano.Core.Music;

/// <summary>Files that hold music, or whatever people take for it, in formats that are not read: what they are and what helps.</summary>
public static class OtherFormats
{
    private const string Export = "export it as MusicXML or MIDI";

    /// <summary>What a file is and what to do with it, half a sentence; null where it is none of these.</summary>
    /// <param name="head">The first bytes, as many as <see cref="MusicKinds.HeadLength"/>.</param>
    public static string? Describe(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B])) return "a file compressed with gzip: unpack it first";
        if (head.StartsWith("PK\u0003\u0004"u8)) return OfArchive(head);
        if (head.StartsWith("SMF2CLIP"u8)) return $"a MIDI 2.0 clip: {Export}";
        if (head.StartsWith("RIFX"u8)) return "a WAV file with its bytes in reverse order (RIFX): convert it to WAV or FLAC";
        if (head.StartsWith("%PDF"u8)) return "a PDF, which has pictures of notes: give the score as MusicXML or MIDI";
        if (head.Length > 0x20 && head[1..].StartsWith("FICHIER GUITAR PRO"u8)) return $"a Guitar Pro score: {Export}";
        return OfText(Encoding.Latin1.GetString(head).TrimStart('\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n'));
    }

    private static string? OfArchive(ReadOnlySpan<byte> head)
    {
        if (head.IndexOf(".mscx"u8) >= 0) return $"a MuseScore score: {Export}";
        if (head.Length < 30) return null;
        var name = Encoding.UTF8.GetString(head.Slice(30, Math.Min(head[26] | head[27] << 8, head.Length - 30)));
        return Path.GetExtension(name).ToUpperInvariant() is ".MID" or ".MIDI" or ".WAV" or ".MP3" or ".FLAC" or ".OGG" or ".MXL" ? "a ZIP archive: unpack it first" : null;
    }

    private static string? OfText(string text)
    {
        bool Starts(string start) => text.StartsWith(start, StringComparison.OrdinalIgnoreCase);
        bool Has(string part) => text.Contains(part, StringComparison.OrdinalIgnoreCase);
        if (Starts("X:") && Has("\nK:")) return $"a score in ABC: {Export}";
        if (Starts("**kern") || (Starts("!!") && Has("**kern"))) return $"a score in Humdrum: {Export}";
        if (Starts("\\version")) return $"a score in LilyPond: {Export}";
        if (Starts("<!DOCTYPE html") || Starts("<html")) return "a web page instead of the file itself: download the file again";
        if (!Starts("<")) return null;
        return Has("<museScore") ? $"a MuseScore score: {Export}" : Has("<mei") ? $"a score in MEI: {Export}" : null;
    }
}
