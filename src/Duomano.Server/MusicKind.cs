namespace Duomano.Server;

/// <summary>What an upload is, by its first bytes; names and declared types are not trusted.</summary>
public enum MusicKind
{
    /// <summary>A standard MIDI file.</summary>
    Midi,

    /// <summary>A WAV file.</summary>
    Wav,

    /// <summary>Another recording that ffmpeg reads.</summary>
    Recording,
}

/// <summary>Recognises music.</summary>
public static class MusicKinds
{
    /// <summary>Bytes that <see cref="Recognise"/> looks at.</summary>
    public const int HeadLength = 16;

    /// <summary>The declared types an upload may have.</summary>
    public static bool IsMusicType(string? contentType)
    {
        var type = (contentType ?? "").Split(';')[0].Trim();
        return type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
            || type.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase) || type.Equals("application/ogg", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Ending that a file of a kind is stored with.</summary>
    public static string Ending(this MusicKind kind) => kind switch
    {
        MusicKind.Midi => ".mid",
        MusicKind.Wav => ".wav",
        _ => ".audio",
    };

    /// <summary>
    /// The kind, or null. Text of any sort is refused, and with it playlists and other files that would make a decoder open
    /// further files or addresses. The first bytes cannot vouch for the rest, so whoever decodes has to refuse such files, too.
    /// </summary>
    /// <param name="head">The first bytes.</param>
    public static MusicKind? Recognise(ReadOnlySpan<byte> head)
    {
        if (head.StartsWith("MThd"u8)) return MusicKind.Midi;
        var container = head.Length >= 12 ? head[8..12] : default;
        if (head.StartsWith("RIFF"u8) || head.StartsWith("RF64"u8)) return container.SequenceEqual("RMID"u8) ? MusicKind.Midi : container.SequenceEqual("WAVE"u8) ? MusicKind.Wav : null;
        var isRecording = head.StartsWith("fLaC"u8) || head.StartsWith("OggS"u8) || head.StartsWith("ID3"u8) || head.StartsWith("caff"u8)
            || head.StartsWith((ReadOnlySpan<byte>)[0x1a, 0x45, 0xdf, 0xa3]) // Matroska, WebM
            || head.StartsWith((ReadOnlySpan<byte>)[0x30, 0x26, 0xb2, 0x75]) // Windows Media
            || (head.StartsWith("FORM"u8) && (container.SequenceEqual("AIFF"u8) || container.SequenceEqual("AIFC"u8)))
            || (head.Length >= 8 && head[4..8].SequenceEqual("ftyp"u8))
            || (head.Length >= 2 && head[0] == 0xff && (head[1] & 0xe0) == 0xe0); // MPEG audio, AAC
        return isRecording ? MusicKind.Recording : null;
    }
}
