namespace Duomano.Server;

/// <summary>The types that uploads may be declared as; what they are is told by their first bytes.</summary>
internal static class MusicTypes
{
    private static readonly string[] Applications =
    [
        "application/octet-stream", "application/ogg", "application/midi", "application/x-midi", "application/zip", "application/x-zip-compressed",
        "application/xml", "application/vnd.recordare.musicxml", "application/vnd.recordare.musicxml+xml", "text/xml", "music/midi", "music/x-midi", "x-music/x-midi",
    ];

    /// <summary>Whether a declared type can be music.</summary>
    public static bool Accepts(string? contentType)
    {
        var type = (contentType ?? "").Split(';')[0].Trim();
        return type.StartsWith("audio/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("video/", StringComparison.OrdinalIgnoreCase)
            || Applications.Contains(type, StringComparer.OrdinalIgnoreCase);
    }
}
