using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;
using Duomano.Core.Files;
using Duomano.Corpus.Sound;

namespace Duomano.Corpus.Layout;

/// <summary>Makes corpora: the door for the command.</summary>
public static class CorpusBuilder
{
    /// <summary>
    /// Makes a corpus, or goes on with one that was interrupted. Pieces appear whole; which ones there will be and what
    /// is in them depends on the options alone. The lists of the splits are written when all pieces are there.
    /// </summary>
    /// <param name="options">What to make.</param>
    /// <param name="progress">Is told after each piece.</param>
    /// <param name="cancellation">Stops after, at most, a few seconds; what is finished stays.</param>
    /// <returns>What was made.</returns>
    /// <exception cref="InvalidOperationException">The folder holds something else, or sound is wanted and fluidsynth is missing.</exception>
    /// <exception cref="UnreadableFileException">A sound font or the manifest cannot be read.</exception>
    public static CorpusDescription Build(CorpusOptions options, IProgress<CorpusProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckSound(options);
        var planner = new CorpusPlanner(options);
        var pieces = planner.Plan(cancellation);
        var splits = CorpusSplits.Deal(pieces.Select(piece => piece.Work), options.Seed, options.ValidShare, options.TestShare);
        var description = new CorpusDescription
        {
            Seed = options.Seed,
            Fingerprint = Fingerprint(options, pieces),
            Pieces = pieces.Count,
            LeftOut = planner.LeftOut,
        };
        var folder = new CorpusFolder(options.Folder);
        Start(folder, description);

        var writer = new PieceWriter(options, folder);
        var records = new PieceRecord[pieces.Count];
        var (done, seconds) = (0, 0.0);
        var reporting = new Lock();
        // Long pieces first, so that no thread is left with one at the end.
        var order = Enumerable.Range(0, pieces.Count).OrderByDescending(i => pieces[i].Seconds).ThenBy(i => i).ToArray();
        InParallel(order, options.Threads, i =>
        {
            var piece = pieces[i];
            records[i] = folder.Has(piece) ? PieceRecord.Read(folder.RecordPath(piece)) : writer.Write(piece, splits[piece.Work], cancellation);
            lock (reporting)
            {
                done++;
                seconds += records[i].Seconds;
                progress?.Report(new(done, pieces.Count, seconds, piece.Line));
            }
        }, cancellation);

        foreach (var split in CorpusSplits.All) WriteList(folder, split, pieces.Where(piece => splits[piece.Work] == split));
        var result = description.Count(records);
        result.Write(folder.Root);
        return result;
    }

    private static void InParallel(int[] items, int threads, Action<int> make, CancellationToken cancellation)
    {
        try
        {
            Parallel.ForEach(
                Partitioner.Create(items, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation },
                make);
        }
        catch (AggregateException errors)
        {
            // One reason is enough, in its own voice.
            ExceptionDispatchInfo.Throw(errors.InnerExceptions[0]);
        }
    }

    private static void CheckSound(CorpusOptions options)
    {
        if (options.SoundFonts.Count == 0) return;
        foreach (var font in options.SoundFonts.Concat(options.TestSoundFonts))
        {
            if (!File.Exists(font)) throw new UnreadableFileException(font, "", "there is no such sound font.");
        }

        if (!FluidsynthRenderer.IsAvailable) throw new InvalidOperationException(FluidsynthRenderer.Missing);
    }

    private static void Start(CorpusFolder folder, CorpusDescription description)
    {
        if (CorpusDescription.Read(folder.Root) is { } there)
        {
            if (there.Fingerprint != description.Fingerprint)
            {
                throw new InvalidOperationException($"{folder.Root} holds a corpus made with other options or from other music; choose another folder or remove it.");
            }
        }
        else if (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any())
        {
            throw new InvalidOperationException($"{folder.Root} holds something that is no corpus of this program; choose an empty or new folder.");
        }

        folder.RemoveUnfinished();
        description.Write(folder.Root);
    }

    // Everything the files depend on, but not where they stand or how many threads make them.
    private static string Fingerprint(CorpusOptions options, List<PlannedPiece> pieces)
    {
        var text = new StringBuilder();
        text.Append(options.Seed).Append('|').Append(options.Style).Append('|').Append(options.LongestPiece).Append('|').Append(options.LongestSequence)
            .Append('|').Append(options.AudioFormat).Append('|').Append(options.SoundShare).Append('|').Append(options.ValidShare).Append('|').Append(options.TestShare)
            .Append('|').AppendJoin(',', options.SoundFonts.Select(Path.GetFileName)).Append('|').AppendJoin(',', options.TestSoundFonts.Select(Path.GetFileName));
        foreach (var piece in pieces) text.Append('\n').Append(piece.Line).Append(' ').Append(piece.Work).Append(' ').Append(piece.Seconds.ToString("R")).Append(' ').Append(piece.Transposition);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }

    private static void WriteList(CorpusFolder folder, CorpusSplit split, IEnumerable<PlannedPiece> pieces) =>
        WholeFile.Write(Path.Combine(folder.Root, split.ListFile()), stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (var line in pieces.Select(piece => piece.Line).Order(StringComparer.Ordinal)) writer.WriteLine(line);
        });
}

/// <summary>How far a corpus is.</summary>
/// <param name="Done">Pieces finished, those of earlier runs included.</param>
/// <param name="Total">Pieces there will be.</param>
/// <param name="Seconds">Seconds of music finished.</param>
/// <param name="Piece">The piece finished last.</param>
public readonly record struct CorpusProgress(int Done, int Total, double Seconds, string Piece);
