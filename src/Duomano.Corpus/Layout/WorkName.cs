using System.Text.RegularExpressions;

namespace Duomano.Corpus.Layout;

/// <summary>
/// Names the work a file belongs to, so that movements, editions and takes of one work never fall into different
/// splits. Rather too much is taken together than too little.
/// </summary>
internal static partial class WorkName
{
    /// <summary>The work of a file that no manifest tells of.</summary>
    /// <param name="relativePath">Path below the music folder, with '/'.</param>
    public static string Of(string relativePath)
    {
        var withoutExtension = Path.ChangeExtension(relativePath, null);
        var folder = Path.GetDirectoryName(withoutExtension)?.Replace('\\', '/') ?? "";
        var stem = Path.GetFileName(withoutExtension);
        // "Composer__Opus__…__file", as collections flatten their folders: composer and opus make the work.
        var parts = stem.Split("__", StringSplitOptions.RemoveEmptyEntries);
        var work = parts.Length >= 3 ? $"{parts[0]}__{parts[1]}" : Movement().Replace(stem, "");
        return $"{folder}/{(work.Length == 0 ? stem : work)}".TrimStart('/').ToLowerInvariant();
    }

    // A movement's or piece's number at the end: "_1", "-no3", "p12b".
    [GeneratedRegex(@"[-_ .]*(no|nr)?[-_ .]*\d+[a-z]?$", RegexOptions.IgnoreCase)]
    private static partial Regex Movement();
}
