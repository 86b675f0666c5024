using Duomano.Core.Files;

namespace Duomano.Corpus.Layout;

/// <summary>
/// What a music folder's manifest.tsv tells of its files: a header line, then a file a line with tab-separated
/// columns, of which "file" is needed and "work", "composer", "title" and "licence" are used.
/// </summary>
internal sealed class MusicManifest
{
    /// <summary>The file's name inside a music folder.</summary>
    public const string FileName = "manifest.tsv";

    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    /// <summary>What is known of one file; empty where nothing is.</summary>
    public readonly record struct Entry(string Work, string Composer, string Title, string Licence);

    /// <summary>Reads a folder's manifest; a folder without one has an empty manifest.</summary>
    /// <exception cref="UnreadableFileException">There is no column "file".</exception>
    public static MusicManifest Read(string folder)
    {
        var manifest = new MusicManifest();
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path)) return manifest;
        var lines = OrdinaryFile.ReadAllLines(path);
        var header = lines.Length == 0 ? [] : lines[0].Split('\t');
        var file = Array.IndexOf(header, "file");
        if (file < 0) throw new UnreadableFileException(path, "line 1", "has no column \"file\".");
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split('\t');
            string Cell(string column) => Array.IndexOf(header, column) is >= 0 and var i && i < cells.Length ? cells[i].Trim() : "";
            if (file < cells.Length && cells[file].Length > 0) manifest._entries[cells[file].Replace('\\', '/')] = new(Cell("work"), Cell("composer"), Cell("title"), Cell("licence"));
        }

        return manifest;
    }

    /// <summary>What is known of a file.</summary>
    /// <param name="relativePath">Path below the folder, with '/'.</param>
    public Entry Of(string relativePath) => _entries.TryGetValue(relativePath, out var entry) ? entry : new("", "", "", "");
}
