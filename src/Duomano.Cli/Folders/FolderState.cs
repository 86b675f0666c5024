using System.Globalization;

namespace Duomano.Cli.Folders;

/// <summary>How far all shards are that work on a folder, told by their manifests.</summary>
/// <param name="Run">The run that was begun last; pieces made with other options than its do not count.</param>
/// <param name="Begun">The shards that were begun, "I/N".</param>
/// <param name="Done">Names of pieces that are there.</param>
/// <param name="Failed">Pieces that could not be made.</param>
/// <param name="Waiting">Names of pieces that were dealt to a shard and are not made yet.</param>
internal sealed record FolderState(ManifestRun Run, IReadOnlyList<string> Begun, IReadOnlyList<string> Done, IReadOnlyList<ManifestPiece> Failed, IReadOnlyList<string> Waiting)
{
    /// <summary>Reads the manifests of a folder of outputs; whether outputs are there is told by their names and lengths.</summary>
    /// <param name="folder">The folder of outputs.</param>
    /// <returns>How far they are; null where the folder has no manifest.</returns>
    public static FolderState? Of(string folder)
    {
        var (runs, lines) = FolderManifest.ReadAll(folder);
        if (runs.MaxBy(run => run.Begun) is not { } last) return null;
        ManifestRun[] together = [.. runs.Where(run => run.Command == last.Command && run.Options == last.Options && CountOf(run) == CountOf(last))];
        var byPiece = lines.Where(line => line.Options == last.Options).ToLookup(line => line.Piece);
        List<string> done = [], waiting = [];
        List<ManifestPiece> failed = [];
        foreach (var piece in together.SelectMany(run => run.Own).Distinct().Order(StringComparer.Ordinal))
        {
            if (byPiece[piece].Any(line => line.IsDone(last.Options, last.Formats) && line.Outputs!.All(file => file.SeemsIn(folder)))) done.Add(piece);
            else if (byPiece[piece].Where(line => line.State == PieceState.Failed).MaxBy(line => line.At) is { } failure) failed.Add(failure);
            else waiting.Add(piece);
        }

        return new(last, [.. together.Select(run => run.Shard).Distinct()], done, failed, waiting);
    }

    /// <summary>Into how many shards the work is split.</summary>
    public int Shards => int.Parse(CountOf(Run), CultureInfo.InvariantCulture);

    /// <summary>How many pieces there are.</summary>
    public int Pieces => Run.Pieces;

    /// <summary>How many pieces are neither done nor failed, those of shards that were not begun among them.</summary>
    public int Missing => Math.Max(0, Pieces - Done.Count - Failed.Count);

    /// <summary>The shards that were not begun, "I/N".</summary>
    public IEnumerable<string> NotBegun => Enumerable.Range(1, Shards).Select(index => $"{index}/{Shards}").Except(Begun);

    /// <summary>All of it in one line.</summary>
    public string Describe() => string.Create(CultureInfo.InvariantCulture, $"of {Pieces} pieces {Done.Count} are done, {Failed.Count} failed and {Missing} are not made yet");

    private static string CountOf(ManifestRun run) => run.Shard.Split('/')[^1];
}
