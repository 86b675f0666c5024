namespace Duomano.Corpus.Layout;

/// <summary>Where things stand in a folder of the PianoMotion10M layout.</summary>
internal sealed class CorpusFolder(string root)
{
    /// <summary>Folder names of the layout.</summary>
    public const string Annotation = "annotation", Audio = "audio", Midi = "midi", Pieces = "pieces";

    /// <summary>The file that tells what a corpus is.</summary>
    public const string Description = "corpus.json";

    private const string TemporaryPrefix = ".unfinished-";

    /// <summary>The corpus's own folder.</summary>
    public string Root { get; } = root;

    /// <summary>The name of one sequence without its ending.</summary>
    public static string SequenceName(string video, int number) => $"{video}_seq_{number:D4}";

    /// <summary>Whether a piece is there, whole.</summary>
    public bool Has(PlannedPiece piece) => Directory.Exists(Path.Combine(Root, Annotation, piece.Uploader, piece.Video));

    /// <summary>Where a piece's record stands.</summary>
    public string RecordPath(PlannedPiece piece) => Path.Combine(Root, Pieces, piece.Uploader, $"{piece.Video}.json");

    /// <summary>A folder to write a piece's files into, with one subfolder for each kind of file.</summary>
    public string MakeTemporary(string video)
    {
        var temporary = Path.Combine(Root, $"{TemporaryPrefix}{video}-{Guid.NewGuid():N}");
        foreach (var kind in (string[])[Annotation, Audio, Midi, Pieces]) Directory.CreateDirectory(Path.Combine(temporary, kind));
        return temporary;
    }

    /// <summary>Moves a piece's files to where they belong; the annotation comes last and makes the piece count.</summary>
    public void Commit(string temporary, PlannedPiece piece)
    {
        foreach (var (kind, file) in (ReadOnlySpan<(string, string)>)[(Midi, $"{piece.Video}.mid"), (Pieces, $"{piece.Video}.json")])
        {
            Directory.CreateDirectory(Path.Combine(Root, kind, piece.Uploader));
            File.Move(Path.Combine(temporary, kind, file), Path.Combine(Root, kind, piece.Uploader, file), overwrite: true);
        }

        foreach (var kind in (string[])[Audio, Annotation])
        {
            var source = Path.Combine(temporary, kind);
            var target = Path.Combine(Root, kind, piece.Uploader, piece.Video);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            if (Directory.EnumerateFiles(source).Any())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                Directory.Move(source, target);
            }
        }
    }

    /// <summary>Removes what an interrupted run has left.</summary>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var left in Directory.EnumerateDirectories(Root, $"{TemporaryPrefix}*")) Directory.Delete(left, recursive: true);
    }
}
