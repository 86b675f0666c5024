using System.IO.Enumeration;
using Duomano.Core.Files;

namespace Duomano.Corpus.Layout;

/// <summary>
/// Where things stand in a folder of the PianoMotion10M layout. Several processes may write into one folder, on one
/// machine or on many over a network: everything is written beside and renamed, nothing is ever locked.
/// </summary>
internal sealed class CorpusFolder(string root)
{
    /// <summary>Folder names of the layout.</summary>
    public const string Annotation = "annotation", Audio = "audio", Midi = "midi", Pieces = "pieces";

    /// <summary>The file that tells what a corpus is.</summary>
    public const string Description = "corpus.json";

    private const string TemporaryPrefix = ".unfinished-";

    // Those that belong to no piece.
    private static readonly string[] SharedFiles = [Description, .. CorpusSplits.All.Select(split => split.ListFile())];

    /// <summary>The corpus's own folder.</summary>
    public string Root { get; } = root;

    /// <summary>The name of one sequence without its ending.</summary>
    public static string SequenceName(string video, int number) => $"{video}_seq_{number:D4}";

    /// <summary>Where a piece's record stands.</summary>
    public string RecordPath(string uploader, string video) => Path.Combine(Root, Pieces, uploader, $"{video}.json");

    /// <summary>The record of a piece that is there, whole; null where the piece has to be made (again).</summary>
    public PieceRecord? Find(string uploader, string video)
    {
        try
        {
            var record = PieceRecord.Read(RecordPath(uploader, video));
            return IsWhole(record) ? record : null;
        }
        catch (Exception error) when (error is UnreadableFileException or FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>The records of all pieces that are there, whole, by uploader and video.</summary>
    public IEnumerable<PieceRecord> Records()
    {
        var folder = Path.Combine(Root, Pieces);
        if (!Directory.Exists(folder)) return [];
        return Directory.EnumerateDirectories(folder).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)
            .SelectMany(uploader => Directory.EnumerateFiles(Path.Combine(folder, uploader), "*.json")
                .Select(Path.GetFileNameWithoutExtension).OfType<string>().Order(StringComparer.Ordinal)
                .Select(video => Find(uploader, video)))
            .OfType<PieceRecord>();
    }

    /// <summary>A folder to write a piece's files into, with one subfolder for each kind of file.</summary>
    public string MakeTemporary(string video)
    {
        var temporary = Path.Combine(Root, $"{TemporaryPrefix}{video}-{Guid.NewGuid():N}");
        foreach (var kind in (string[])[Annotation, Audio, Midi, Pieces]) Directory.CreateDirectory(Path.Combine(temporary, kind));
        return temporary;
    }

    /// <summary>Removes a temporary folder; what cannot be removed now is removed by the next run.</summary>
    public static void RemoveTemporary(string temporary)
    {
        try
        {
            Directory.Delete(temporary, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The reason why the piece failed, if it did, is the one worth telling.
        }
    }

    /// <summary>Moves a piece's files to where they belong; the annotation comes last and makes the piece count.</summary>
    public void Commit(string temporary, string uploader, string video)
    {
        foreach (var (kind, file) in (ReadOnlySpan<(string, string)>)[(Midi, $"{video}.mid"), (Pieces, $"{video}.json")])
        {
            Directory.CreateDirectory(Path.Combine(Root, kind, uploader));
            File.Move(Path.Combine(temporary, kind, file), Path.Combine(Root, kind, uploader, file), overwrite: true);
        }

        foreach (var kind in (string[])[Audio, Annotation])
        {
            var source = Path.Combine(temporary, kind);
            var target = Path.Combine(Root, kind, uploader, video);
            if (Directory.Exists(target)) Directory.Delete(target, recursive: true);
            if (Directory.EnumerateFiles(source).Any())
            {
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                Directory.Move(source, target);
            }
        }
    }

    /// <summary>Removes what interrupted runs have left of some pieces; other pieces may be in the making elsewhere.</summary>
    public void RemoveUnfinished(IReadOnlySet<string> videos)
    {
        if (!Directory.Exists(Root)) return;
        foreach (var left in Directory.EnumerateDirectories(Root, $"{TemporaryPrefix}*"))
        {
            var name = Path.GetFileName(left)[TemporaryPrefix.Length..];
            if (videos.Contains(name[..Math.Max(0, name.LastIndexOf('-'))])) RemoveTemporary(left);
        }
    }

    /// <summary>Removes everything that interrupted runs have left; only while nothing is in the making elsewhere.</summary>
    public void RemoveUnfinished()
    {
        if (!Directory.Exists(Root)) return;
        foreach (var left in Directory.EnumerateDirectories(Root, $"{TemporaryPrefix}*")) RemoveTemporary(left);
        foreach (var left in SharedFiles.SelectMany(file => Directory.EnumerateFiles(Root, HalfWritten(file)))) File.Delete(left);
    }

    /// <summary>Whether the folder holds nothing at all, or nothing but a description that is being written.</summary>
    public bool IsEmpty() => !Directory.Exists(Root) || Directory.EnumerateFileSystemEntries(Root)
        .All(entry => FileSystemName.MatchesSimpleExpression(HalfWritten(Description), Path.GetFileName(entry), ignoreCase: false));

    private static string HalfWritten(string file) => $".{Path.GetFileNameWithoutExtension(file)}.*{Path.GetExtension(file)}";

    /// <summary>Whether all files are there that a record tells of. None may be empty, as files are after a power cut.</summary>
    private bool IsWhole(PieceRecord record)
    {
        bool Full(string kind, Func<string, bool> isNamed) =>
            new DirectoryInfo(Path.Combine(Root, kind, record.Uploader, record.Video)) is { Exists: true } folder
            && folder.EnumerateFiles().Where(file => isNamed(Path.GetFileNameWithoutExtension(file.Name)) && file.Length > 0).Count() == record.Sequences;

        // Of videos the episodes that were not seen well are not there.
        var numbers = record.Quality is { } quality ? Enumerable.Range(0, quality.Count).Where(number => quality[number].IsGood) : Enumerable.Range(0, record.Sequences);
        var names = numbers.Select(number => SequenceName(record.Video, number)).ToHashSet(StringComparer.Ordinal);
        return (record.Sequences == 0 || Full(Annotation, names.Contains))
            && ((record.Sound is null && !record.HasOwnSound) || record.Sequences == 0 || Full(Audio, names.Contains))
            && new FileInfo(Path.Combine(Root, Midi, record.Uploader, $"{record.Video}.mid")) is { Exists: true, Length: > 0 };
    }
}
