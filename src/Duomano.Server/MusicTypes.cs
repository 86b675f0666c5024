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
    public static bool Accepts(string? contentType) =>
        IsOf("audio/", contentType) || IsOf("video/", contentType) || Applications.Contains(TypeOf(contentType), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a declared type can be a video.</summary>
    public static bool MayBeVideo(string? contentType) =>
        IsOf("video/", contentType) || TypeOf(contentType).ToLowerInvariant() is "application/octet-stream" or "application/ogg";

    private static bool IsOf(string family, string? contentType) => TypeOf(contentType).StartsWith(family, StringComparison.OrdinalIgnoreCase);

    private static string TypeOf(string? contentType) => (contentType ?? "").Split(';')[0].Trim();
}
