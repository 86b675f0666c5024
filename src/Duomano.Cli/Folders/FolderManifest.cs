using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Duomano.Core.Files;
using Duomano.Core.Jobs;

namespace Duomano.Cli.Folders;

/// <summary>A run over a folder, or a shard of one: the first line of its manifest.</summary>
internal sealed record ManifestRun
{
    /// <summary>The command's name.</summary>
    public required string Command { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>Which shard, "I/N".</summary>
    public required string Shard { get; init; }

    /// <summary>How many pieces the folder has.</summary>
    public required int Pieces { get; init; }

    /// <summary>The hash of all that outputs depend on beside the piece.</summary>
    public required string Options { get; init; }

    /// <summary>Endings of what is made, without a dot.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>The options that <see cref="Options"/> is of, for people.</summary>
    public required IReadOnlyList<string> Chosen { get; init; }

    /// <summary>When it began, UTC.</summary>
    public required DateTime Begun { get; init; }

    /// <summary>The pieces of this shard.</summary>
    public required IReadOnlyList<string> Own { get; init; }
}

/// <summary>What became of a piece.</summary>
internal sealed record ManifestPiece
{
    /// <summary>Its path from the folder.</summary>
    public required string Piece { get; init; }

    /// <summary>Whether it was made.</summary>
    public required PieceState State { get; init; }

    /// <summary>Why it was not; null where it was.</summary>
    public string? Reason { get; init; }

    /// <summary>What it was made from; null where that could not be read.</summary>
    public IReadOnlyList<FileDigest>? Inputs { get; init; }

    /// <summary>What it was made with: <see cref="ManifestRun.Options"/>.</summary>
    public required string Options { get; init; }

    /// <summary>Endings of what was wanted.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>What was made, by paths from the folder of outputs; null where it failed.</summary>
    public IReadOnlyList<FileDigest>? Outputs { get; init; }

    /// <summary>How long it took, seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>When it ended, UTC.</summary>
    public DateTime At { get; init; }

    /// <summary>What was said meanwhile.</summary>
    public IReadOnlyList<string>? Said { get; init; }

    /// <summary>Whether it was made with these options in all these formats.</summary>
    public bool IsDone(string options, IEnumerable<string> formats) => State == PieceState.Done && Options == options && Outputs is not null && !formats.Except(Formats).Any();
}

/// <summary>Whether a piece was made.</summary>
internal enum PieceState
{
    /// <summary>All its outputs are in place.</summary>
    Done,

    /// <summary>It could not be made.</summary>
    Failed,
}

/// <summary>
/// What became of the pieces of a shard: JSON lines, one for the run and one a piece. Each shard writes a file of its own and nobody
/// else's, so nothing is locked. A line is in the file before the next piece begins; one that was cut off by a kill or a power cut is passed over.
/// </summary>
internal sealed class FolderManifest : IDisposable
{
    /// <summary>The folder of manifests in the folder of outputs.</summary>
    public const string FolderName = "manifest";

    private const string Ending = ".jsonl";

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly FileStream _file;

    private FolderManifest(FileStream file) => _file = file;

    /// <summary>Where a shard's manifest lies.</summary>
    public static string PathOf(string folder, Shard shard) => Path.Combine(folder, FolderName, $"{shard.Index}-of-{shard.Count}{Ending}");

    /// <summary>Begins a shard's manifest; what it held before is replaced at once.</summary>
    /// <param name="folder">The folder of outputs.</param>
    /// <param name="shard">The shard.</param>
    /// <param name="run">Its first line.</param>
    /// <param name="kept">Lines of earlier runs that are kept.</param>
    public static FolderManifest Begin(string folder, Shard shard, ManifestRun run, IEnumerable<ManifestPiece> kept)
    {
        var path = PathOf(folder, shard);
        WholeFile.Write(path, stream =>
        {
            stream.Write(Line(new(run, null)));
            foreach (var piece in kept) stream.Write(Line(new(null, piece)));
        });
        return new(new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0));
    }

    /// <summary>Tells what became of a piece; it is on the disk when this returns.</summary>
    public void Add(ManifestPiece piece)
    {
        _file.Write(Line(new(null, piece)));
        _file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>The lines of a shard's manifest; none where there is no such file.</summary>
    public static ManifestLines Read(string folder, Shard shard) => File.Exists(PathOf(folder, shard)) ? Read([PathOf(folder, shard)]) : new([], []);

    /// <summary>The lines of all manifests of a folder of outputs; none where there are none.</summary>
    public static ManifestLines ReadAll(string folder) =>
        Directory.Exists(Path.Combine(folder, FolderName)) ? Read(Directory.EnumerateFiles(Path.Combine(folder, FolderName), $"*{Ending}").Where(path => Path.GetFileName(path)[0] != '.').Order(StringComparer.Ordinal)) : new([], []);

    private static ManifestLines Read(IEnumerable<string> paths)
    {
        var lines = paths.SelectMany(Lines).Select(Parse).OfType<ManifestLine>().ToList();
        return new([.. lines.Select(line => line.Run).OfType<ManifestRun>()], [.. lines.Select(line => line.Piece).OfType<ManifestPiece>()]);
    }

    // Another shard may be writing it.
    private static IEnumerable<string> Lines(string path)
    {
        using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
        while (file.ReadLine() is { } line) yield return line;
    }

    // Null for a line that was cut off.
    private static ManifestLine? Parse(string line)
    {
        try
        {
            if (line.StartsWith("{\"command\":", StringComparison.Ordinal)) return new(JsonSerializer.Deserialize<ManifestRun>(line, Json), null);
            return line.StartsWith("{\"piece\":", StringComparison.Ordinal) ? new(null, JsonSerializer.Deserialize<ManifestPiece>(line, Json)) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static byte[] Line(ManifestLine line) => Encoding.UTF8.GetBytes((line.Run is { } run ? JsonSerializer.Serialize(run, Json) : JsonSerializer.Serialize(line.Piece, Json)) + "\n");

    private sealed record ManifestLine(ManifestRun? Run, ManifestPiece? Piece);
}

/// <summary>Lines of manifests.</summary>
/// <param name="Runs">Runs that were begun.</param>
/// <param name="Pieces">What became of pieces; later lines of a file come later.</param>
internal sealed record ManifestLines(IReadOnlyList<ManifestRun> Runs, IReadOnlyList<ManifestPiece> Pieces);
