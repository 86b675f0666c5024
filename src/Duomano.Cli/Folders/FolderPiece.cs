using System.IO.Enumeration;
using Duomano.Cli.Watching;
using Duomano.CommandLine;
using Duomano.Core.Files;
using Duomano.Formats.Scores;

namespace Duomano.Cli.Folders;

/// <summary>Kinds of files that commands work on.</summary>
[Flags]
internal enum PieceKinds
{
    /// <summary>MIDI files and MusicXML scores.</summary>
    Notes = 1,

    /// <summary>Recordings, the sound of videos among them.</summary>
    Recordings = 2,

    /// <summary>Videos that are watched.</summary>
    Videos = 4,
}

/// <summary>A file of a folder that a command works on.</summary>
/// <param name="Name">Its path from the folder, with slashes.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Seconds">How long it may be, by its size: enough to give shards about the same work.</param>
internal sealed record FolderPiece(string Name, string Path, double Seconds)
{
    // Bytes a second, roughly, of files with these endings.
    private const double MidiRate = 100, PackedScoreRate = 300, ScoreRate = 6000, PlainRate = 160_000, LosslessRate = 80_000, CompressedRate = 20_000, VideoRate = 300_000;

    private static readonly string[] Plain = [".wav", ".wave", ".aif", ".aiff", ".au", ".w64", ".caf"];
    private static readonly string[] Lossless = [".flac", ".ape", ".wv", ".tta"];
    private static readonly string[] Compressed = [".mp3", ".mp2", ".ogg", ".oga", ".opus", ".m4a", ".m4b", ".aac", ".wma", ".ac3", ".amr", ".mka"];

    /// <summary>The pieces of a folder and those within it, in the order of their names; hidden files and folders are passed over.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="kinds">What is worked on.</param>
    /// <returns>The pieces, and how many files are of other kinds.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="UnreadableFileException">It holds no such piece.</exception>
    public static (IReadOnlyList<FolderPiece> Pieces, int Others) In(string folder, PieceKinds kinds)
    {
        if (!Directory.Exists(folder)) throw new DirectoryNotFoundException($"{folder}: there is no such folder.");
        var files = new FileSystemEnumerable<string>(folder, (ref entry) => entry.ToSpecifiedFullPath(), new() { RecurseSubdirectories = true, AttributesToSkip = 0, IgnoreInaccessible = false })
        {
            ShouldIncludePredicate = (ref entry) => !entry.IsDirectory && !IsHidden(entry.FileName),
            ShouldRecursePredicate = (ref entry) => !IsHidden(entry.FileName) && !LeadsBack(ref entry),
        }.ToList();
        var pieces = files.Select(path => (Path: path, Rate: Rate(path, kinds))).Where(file => file.Rate is not null)
            .Select(file => new FolderPiece(System.IO.Path.GetRelativePath(folder, file.Path).Replace('\\', '/'), file.Path, new FileInfo(file.Path) is { Exists: true, Length: var bytes } ? bytes / file.Rate!.Value : 0))
            .OrderBy(piece => piece.Name, StringComparer.Ordinal).ToArray();
        return pieces.Length > 0 ? (pieces, files.Count - pieces.Length)
            : throw new UnreadableFileException(folder, "", $"holds no {Describe(kinds)}{(files.Count > 0 ? $" among its {files.Count} files" : "")}");
    }

    private static string Describe(PieceKinds kinds) => kinds switch
    {
        PieceKinds.Notes => "MIDI file and no score",
        PieceKinds.Recordings => "recording",
        PieceKinds.Videos => "video",
        _ => "MIDI file, score or recording",
    };

    // Null where files with this ending are not worked on.
    private static double? Rate(string path, PieceKinds kinds)
    {
        var ending = System.IO.Path.GetExtension(path);
        bool Is(IEnumerable<string> endings) => endings.Contains(ending, StringComparer.OrdinalIgnoreCase);
        if (kinds.HasFlag(PieceKinds.Notes))
        {
            if (ScoreFile.IsMidiName(path)) return MidiRate;
            if (ScoreFile.IsMusicXmlName(path)) return Is([".mxl"]) ? PackedScoreRate : ScoreRate;
        }

        if (kinds.HasFlag(PieceKinds.Recordings) && (Is(Plain) || Is(Lossless) || Is(Compressed))) return Is(Plain) ? PlainRate : Is(Lossless) ? LosslessRate : CompressedRate;
        return (kinds & (PieceKinds.Videos | PieceKinds.Recordings)) != 0 && Is(FilmedPieces.Videos) ? VideoRate : null;
    }

    private static bool IsHidden(ReadOnlySpan<char> name) => name is ['.', ..];

    // A link to a folder above would be followed for ever.
    private static bool LeadsBack(ref FileSystemEntry entry) =>
        entry.Attributes.HasFlag(FileAttributes.ReparsePoint) && OutputCheck.Holds(entry.ToSpecifiedFullPath(), entry.Directory.ToString());
}
