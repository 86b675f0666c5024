namespace Duomano.Corpus.Layout;

/// <summary>The MIDI files that a corpus is made from.</summary>
internal static class MidiFolder
{
    /// <summary>All of a folder and those within it, by their paths from it, with slashes and in their order.</summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static IEnumerable<string> Files(string folder)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder with MIDI files.");
        return Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file).ToLowerInvariant() is ".mid" or ".midi")
            .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
            .Order(StringComparer.Ordinal);
    }
}
