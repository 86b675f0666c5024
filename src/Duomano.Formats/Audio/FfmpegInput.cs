namespace Duomano.Formats.Audio;

/// <summary>
/// How a file of somebody else's is given to ffmpeg. ffmpeg guesses formats by content, and playlists, slide shows and scripts
/// name further files and addresses; only formats that hold all their sound themselves are let in, and nothing but files is opened.
/// </summary>
internal static class FfmpegInput
{
    // A tag at the beginning hides what follows from whoever looks at the first bytes only, so ffmpeg itself has to refuse.
    private static readonly string[] Formats =
    [
        "aac", "ac3", "aiff", "amr", "amrnb", "amrwb", "ape", "asf", "au", "avi", "caf", "dsf", "dts", "dtshd", "dv", "eac3", "flac", "flv", "iff", "matroska",
        "mlp", "mov", "mp3", "mpc", "mpc8", "mpeg", "mpegts", "mxf", "nut", "ogg", "rm", "shn", "sox", "tak", "truehd", "tta", "voc", "w64", "wav", "wv",
    ];

    /// <summary>The options that belong before "-i".</summary>
    public static string Options { get; } = $"-nostdin -protocol_whitelist file -format_whitelist {string.Join(',', Formats)}";

    /// <summary>The same for a picture, whose kind the caller knows by its first bytes: ffmpeg would take it for the first of many.</summary>
    /// <param name="kind">ffmpeg's name of the kind, such as "png".</param>
    public static string PictureOptions(string kind) => $"-nostdin -protocol_whitelist file -format_whitelist {kind}_pipe -f {kind}_pipe";

    /// <summary>A path as an argument; a full one cannot be taken for an option or a web address.</summary>
    public static string Quoted(string path) => Path.GetFullPath(path)
        .Replace("\\", OperatingSystem.IsWindows() ? "\\" : "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal);

    /// <summary>ffmpeg's reason for a refusal in one line, without the path that it was given.</summary>
    /// <param name="output">What it wrote to its error output.</param>
    /// <param name="path">The file, as the caller names it.</param>
    public static string Reason(IEnumerable<string> output, string path)
    {
        // The first complaint is the cause; the others follow from it.
        var first = output.Select(line => line.Trim()).FirstOrDefault(line => line.Length > 0) ?? "it gives no reason";
        if (first.Contains("not on whitelist", StringComparison.OrdinalIgnoreCase)) return "it is a playlist or another kind of file that holds nothing of its own";
        return first.Replace(Path.GetFullPath(path), Path.GetFileName(path), StringComparison.Ordinal);
    }
}
