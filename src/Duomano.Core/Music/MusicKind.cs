using System.Text;

namespace Duomano.Core.Music;

/// <summary>What a file of music is, by its first bytes; names and declared types are not trusted.</summary>
public enum MusicKind
{
    /// <summary>A standard MIDI file, also wrapped in RIFF.</summary>
    Midi,

    /// <summary>A score in MusicXML, plain or compressed.</summary>
    MusicXml,

    /// <summary>A WAV file: RIFF, RF64 or BW64.</summary>
    Wav,

    /// <summary>MPEG audio such as MP3.</summary>
    Mpeg,

    /// <summary>An Ogg file: Vorbis, Opus and others.</summary>
    Ogg,

    /// <summary>Another recording or a video, which takes ffmpeg.</summary>
    Recording,
}

/// <summary>Recognises music.</summary>
public static class MusicKinds
{
    /// <summary>Bytes that <see cref="Recognise"/> looks at.</summary>
    public const int HeadLength = 4096;

    // Length of the header that old Macintosh programs put before a file.
    private const int MacBinary = 128;

    /// <summary>Ending that a file of a kind is usually named with.</summary>
    public static string Ending(this MusicKind kind) => kind switch
    {
        MusicKind.Midi => ".mid",
        MusicKind.MusicXml => ".musicxml",
        MusicKind.Wav => ".wav",
        MusicKind.Mpeg => ".mp3",
        MusicKind.Ogg => ".ogg",
        _ => ".audio",
    };

    /// <summary>Whether the notes are in the file, so that nothing has to be heard.</summary>
    public static bool HasNotes(this MusicKind kind) => kind is MusicKind.Midi or MusicKind.MusicXml;

    /// <summary>Whether there may be moving pictures in it; only reading tells.</summary>
    public static bool MayBeVideo(this MusicKind kind) => kind is MusicKind.Recording or MusicKind.Ogg;

    /// <summary>
    /// The kind, or null. Text other than MusicXML is refused, and with it playlists and other files that would make a decoder open
    /// further files or addresses. The first bytes cannot vouch for the rest, so whoever decodes has to refuse such files, too.
    /// </summary>
    /// <param name="head">The first bytes.</param>
    public static MusicKind? Recognise(ReadOnlySpan<byte> head)
    {
        if (BeforeMidi(head) is not null) return MusicKind.Midi;
        var container = head.Length >= 12 ? head[8..12] : default;
        if (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8) || head.StartsWith("BW64"u8))
        {
            return container.SequenceEqual("RMID"u8) ? MusicKind.Midi : container.SequenceEqual("WAVE"u8) ? MusicKind.Wav : container.SequenceEqual("AVI "u8) ? MusicKind.Recording : null;
        }

        if (IsScore(head)) return MusicKind.MusicXml;
        if (head.StartsWith("OggS"u8)) return MusicKind.Ogg;
        var isRecording = head.StartsWith("fLaC"u8) || head.StartsWith("caff"u8)
            || head.StartsWith((ReadOnlySpan<byte>)[0x1a, 0x45, 0xdf, 0xa3]) // Matroska, WebM
            || head.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xb2, 0x75]) // Windows Media
            || head.StartsWith("#!AMR"u8)
            || (head.StartsWith("FORM"u8) && (container.SequenceEqual("AIFF"u8) || container.SequenceEqual("AIFC"u8)))
            || (head.Length >= 8 && head[4..8].SequenceEqual("ftyp"u8))
            || IsAdts(head);
        if (isRecording) return MusicKind.Recording;
        return head.StartsWith("ID3"u8) || IsMpegFrame(head) ? MusicKind.Mpeg : null;
    }

    /// <summary>
    /// Bytes that stand before a standard MIDI file and do not belong to it: an old Macintosh program's header, empty lines that a
    /// transfer left, a text's mark of its encoding. Null where no MIDI file follows.
    /// </summary>
    /// <param name="head">The first bytes.</param>
    public static int? BeforeMidi(ReadOnlySpan<byte> head)
    {
        if (head.Length > MacBinary && head[0] == 0 && head[MacBinary..].StartsWith("MThd"u8)) return MacBinary;
        var before = head.IndexOfAnyExcept((ReadOnlySpan<byte>)[0x0D, 0x0A, 0x20, 0xEF, 0xBB, 0xBF]);
        return before >= 0 && head[before..].StartsWith("MThd"u8) ? before : null;
    }

    // XML whose first element is a score, or a ZIP archive of one.
    private static bool IsScore(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("PK\u0003\u0004"u8)) return head.Length >= 30 && IsScoreEntry(head);
        var text = head.Length >= 2 && (head[0] == 0 || head[1] == 0 || head[..2].SequenceEqual((ReadOnlySpan<byte>)[0xFF, 0xFE]) || head[..2].SequenceEqual((ReadOnlySpan<byte>)[0xFE, 0xFF]))
            ? (head[0] is 0 or 0xFE ? Encoding.BigEndianUnicode : Encoding.Unicode).GetString(head)
            : Encoding.Latin1.GetString(head);
        text = text.TrimStart('\uFEFF', '\u00EF', '\u00BB', '\u00BF', ' ', '\t', '\r', '\n');
        return text.StartsWith('<') && (text.Contains("score-partwise", StringComparison.Ordinal) || text.Contains("score-timewise", StringComparison.Ordinal));
    }

    // Arrays of numbers (.npz) and others are archives as well.
    private static bool IsScoreEntry(ReadOnlySpan<byte> head)
    {
        var length = head[26] | head[27] << 8;
        var name = Encoding.UTF8.GetString(head.Slice(30, Math.Min(length, head.Length - 30)));
        return name.StartsWith("META-INF", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".musicxml", StringComparison.OrdinalIgnoreCase)
            || (name == "mimetype" && head.IndexOf("musicxml"u8) >= 0);
    }

    // Layer 0 of the header belongs to AAC.
    private static bool IsAdts(ReadOnlySpan<byte> head) => head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xF6) == 0xF0;

    private static bool IsMpegFrame(ReadOnlySpan<byte> head) => head.Length >= 2 && head[0] == 0xFF && (head[1] & 0xE0) == 0xE0 && (head[1] & 0x06) != 0;
}
