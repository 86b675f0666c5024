using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Duomano.CommandLine;
using Duomano.Core.Jobs;

namespace Duomano.Cli.Folders;

/// <summary>
/// Work on all pieces of a folder, or on a shard of them. What is made of a piece lies at the same place in the folder of outputs, under the piece's whole name and the
/// format's ending (a/b.mid becomes a/b.mid.glb), so outputs depend neither on other pieces nor on shards.
/// </summary>
internal sealed record FolderWork
{
    private const string UnfinishedPrefix = ".unfinished-";

    // Enough to tell pieces apart.
    private const int KeyLength = 16;

    /// <summary>The command's name.</summary>
    public required string Command { get; init; }

    /// <summary>The folder of pieces.</summary>
    public required string Folder { get; init; }

    /// <summary>The folder of outputs.</summary>
    public required string Output { get; init; }

    /// <summary>All pieces of the folder.</summary>
    public required IReadOnlyList<FolderPiece> Pieces { get; init; }

    /// <summary>How many files of other kinds the folder holds.</summary>
    public int Others { get; init; }

    /// <summary>What to make of each piece: endings without a dot.</summary>
    public required IReadOnlyList<string> Formats { get; init; }

    /// <summary>Which of the pieces to work on.</summary>
    public Shard Shard { get; init; } = Shard.Whole;

    /// <summary>Whether what is done and unchanged is left as it is.</summary>
    public bool Resume { get; init; }

    /// <summary>The program's version.</summary>
    public required string Program { get; init; }

    /// <summary>All options that outputs depend on.</summary>
    public required IReadOnlyList<string> Chosen { get; init; }

    /// <summary>Files and folders that outputs depend on beside the piece, such as the model's; none is written over.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Files beside a piece that outputs depend on, too; null where there are none.</summary>
    public Func<FolderPiece, IEnumerable<string>>? Beside { get; init; }

    /// <summary>What is made once, before the first piece, such as loading a model; what it throws ends the work.</summary>
    public Action Prepare { get; init; } = () => { };

    /// <summary>Names of outputs of a piece of any name, to check before the work whether such files can be made.</summary>
    public string[] Examples => [.. Formats.Select(format => Path.Combine(Output, $"piece.{format}"))];

    /// <summary>Works on the pieces one after the other. What fails is told and stops nothing.</summary>
    /// <param name="make">Makes the files of a piece: gets it, the names to write, one for each of <see cref="Formats"/>, and who is told how far it is.</param>
    /// <param name="cancellation">Ends the work; what is done stays.</param>
    /// <returns>The exit code: done, or could not be done where a piece failed.</returns>
    /// <exception cref="StoppedException">It was ended.</exception>
    public int Run(Action<FolderPiece, string[], IProgress<JobProgress>?> make, CancellationToken cancellation)
    {
        var options = FileDigest.Together([Command, Program, .. Chosen], Files);
        // By name; what an earlier run was at when it was killed may be what killed it, so it keeps nothing else waiting.
        var left = Unfinished();
        FolderPiece[] own = [.. Shard.Deal([.. Pieces.Select(piece => piece.Seconds)]).Order().Select(i => Pieces[i]).OrderBy(piece => left.Contains(KeyOf(piece.Name)))];
        if (Others > 0) CommandHost.Say($"{Folder}: {Count(Pieces.Count, "piece")}; files of other kinds, which are passed over: {Others}");
        var known = (Resume ? FolderManifest.ReadAll(Output).Pieces.Where(line => line.State == PieceState.Done) : []).ToLookup(line => line.Piece);
        var run = new ManifestRun
        {
            Command = Command,
            Program = Program,
            Shard = Shard.ToString(),
            Pieces = Pieces.Count,
            Options = options,
            Formats = Formats,
            Chosen = Chosen,
            Begun = DateTime.UtcNow,
            Own = [.. own.Select(piece => piece.Name)],
        };
        ManifestPiece[] kept = Resume ? [.. FolderManifest.Read(Output, Shard).Pieces.GroupBy(line => (line.Piece, line.Options, line.State, string.Join(' ', line.Formats))).Select(lines => lines.Last())] : [];
        using var manifest = FolderManifest.Begin(Output, Shard, run, kept);
        var (done, before, again, failed) = (0, 0, 0, 0);
        var prepared = false;
        CommandHost.WithProgress(told =>
        {
            var work = own.Sum(Work);
            var passed = 0.0;
            for (var i = 0; i < own.Length; i++)
            {
                var piece = own[i];
                var progress = told is null ? null : new PieceProgress(told, $"{i + 1} of {own.Length}, {piece.Name}", passed / work, Work(piece) / work);
                var place = $"[{i + 1}/{own.Length}] {piece.Name}";
                if (Unchanged(piece, known[piece.Name].Where(line => line.IsDone(options, Formats))) is { } there)
                {
                    // Made by another number of shards: from now on it is told here, too.
                    if (!kept.Any(line => line.Piece == there.Piece && line.At == there.At)) manifest.Add(there);
                    before++;
                }
                else
                {
                    if (!prepared) Prepare();
                    prepared = true;
                    var made = MakeUnlessStopped(piece, progress);
                    manifest.Add(made);
                    if (known[piece.Name].Any()) again++;
                    if (made.State == PieceState.Done) done++;
                    else failed++;
                    CommandHost.Say(made.State == PieceState.Done ? string.Create(CultureInfo.InvariantCulture, $"{place}: done in {made.Seconds:0.0} s") : $"{place}: failed: {made.Reason}");
                }

                if (left.Contains(KeyOf(piece.Name))) RemoveUnfinished(piece);
                passed += Work(piece);
                if (cancellation.IsCancellationRequested) throw Stopped(done + before);
            }

            return true;
        });
        CommandHost.Say($"{Output}: {Count(done, "piece")} made{(again > 0 ? $", {again} of them again, for their files, their options or the program changed" : "")}{(before > 0 ? $", {before} there before" : "")}{(failed > 0 ? $", {failed} failed, for reasons in {FolderManifest.PathOf(Output, Shard)}" : "")}");
        if (Shard.Count > 1 && FolderState.Of(Output) is { } state) CommandHost.Say($"{Output}: {state.Describe()} (shard {Shard})");
        return failed > 0 ? CommandHost.CouldNotBeDone : CommandHost.Done;

        ManifestPiece MakeUnlessStopped(FolderPiece piece, IProgress<JobProgress>? progress)
        {
            try
            {
                return Make(piece, options, make, progress, cancellation);
            }
            catch (Exception) when (cancellation.IsCancellationRequested)
            {
                throw Stopped(done + before);
            }
        }
    }

    // Some work belongs to the shortest piece, too.
    private static double Work(FolderPiece piece) => piece.Seconds + 1;

    private static string Count(int count, string what) => $"{count} {what}{(count == 1 ? "" : "s")}";

    private static string KeyOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..KeyLength];

    private StoppedException Stopped(int count) => new($"{Count(count, "piece")} of {Folder} {(count == 1 ? "is" : "are")} whole in {Output}, and the same command goes on from there with --resume.");

    // The line that tells of a piece which is there and was made from what its files hold now.
    private ManifestPiece? Unchanged(FolderPiece piece, IEnumerable<ManifestPiece> lines)
    {
        var candidates = lines.Where(line => line.Outputs!.All(file => file.SeemsIn(Output))).ToList();
        if (candidates.Count == 0) return null;
        try
        {
            var inputs = InputsOf(piece);
            return candidates.FirstOrDefault(line => line.Inputs is not null && line.Inputs.SequenceEqual(inputs) && line.Outputs!.All(file => file.IsIn(Output)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or FormatException)
        {
            // Whoever makes it tells what is wrong.
            return null;
        }
    }

    private IReadOnlyList<FileDigest> InputsOf(FolderPiece piece) =>
        [FileDigest.Of(piece.Name, InputFile.Check(piece.Path)), .. (Beside?.Invoke(piece) ?? []).Select(path => FileDigest.Of(Path.GetRelativePath(Folder, path).Replace('\\', '/'), InputFile.Check(path)))];

    private ManifestPiece Make(FolderPiece piece, string options, Action<FolderPiece, string[], IProgress<JobProgress>?> make, IProgress<JobProgress>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var target = Path.GetDirectoryName(Path.Combine(Output, piece.Name))!;
        var unfinished = Path.Combine(Output, $"{UnfinishedPrefix}{KeyOf(piece.Name)}-{Guid.NewGuid():N}");
        var said = new List<string>();
        IReadOnlyList<FileDigest>? inputs = null;
        ManifestPiece Line(PieceState state) => new()
        {
            Piece = piece.Name,
            State = state,
            Inputs = inputs,
            Options = options,
            Formats = Formats,
            Seconds = Math.Round(watch.Elapsed.TotalSeconds, 2),
            At = DateTime.UtcNow,
            Said = said.Count > 0 ? said : null,
        };

        // Nobody asked for the folder beside the outputs.
        string Named(string text) => text.Replace(unfinished, target, StringComparison.Ordinal);
        try
        {
            string[] names = [.. Formats.Select(format => $"{Path.GetFileName(piece.Name)}.{format}")];
            OutputCheck.Check(names.Select(name => Path.Combine(target, name)), [piece.Path, .. Files]);
            inputs = InputsOf(piece);
            Directory.CreateDirectory(unfinished);
            using (CommandHost.SayThrough(line =>
            {
                line = Named(line);
                lock (said) said.Add(line);
                return line;
            })) make(piece, [.. names.Select(name => Path.Combine(unfinished, name))], progress);
            cancellation.ThrowIfCancellationRequested();
            return Line(PieceState.Done) with { Outputs = PutInPlace(unfinished, target) };
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            return Line(PieceState.Failed) with { Reason = Named(CommandHost.Reason(error)).ReplaceLineEndings(" ") };
        }
        finally
        {
            Remove(unfinished);
        }
    }

    // All files of a piece are whole when the first one gets its name.
    private FileDigest[] PutInPlace(string unfinished, string target)
    {
        Directory.CreateDirectory(target);
        return [.. Directory.EnumerateFiles(unfinished).Order(StringComparer.Ordinal).ToArray().Select(file =>
        {
            var place = Path.Combine(target, Path.GetFileName(file));
            var digest = FileDigest.Of(Path.GetRelativePath(Output, place).Replace('\\', '/'), file);
            File.Move(file, place, overwrite: true);
            return digest;
        })];
    }

    // Keys of the pieces that were in the making when a run was killed, or are elsewhere.
    private HashSet<string> Unfinished() => Directory.Exists(Output)
        ? Directory.EnumerateDirectories(Output, $"{UnfinishedPrefix}*").Select(folder => Path.GetFileName(folder)[UnfinishedPrefix.Length..].Split('-')[0]).ToHashSet(StringComparer.Ordinal)
        : [];

    private void RemoveUnfinished(FolderPiece piece)
    {
        foreach (var folder in Directory.EnumerateDirectories(Output, $"{UnfinishedPrefix}{KeyOf(piece.Name)}-*").ToArray()) Remove(folder);
    }

    private static void Remove(string folder)
    {
        try
        {
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next run tries again; why a piece failed is the reason worth telling.
        }
    }

    private sealed class PieceProgress(IProgress<JobProgress> whole, string name, double from, double part) : IProgress<JobProgress>
    {
        public void Report(JobProgress value) => whole.Report(new($"{name}: {value.Stage}", from + part * value.Share));
    }
}
