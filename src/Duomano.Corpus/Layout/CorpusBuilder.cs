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
    // Whenever the same options begin to give other files, so that no folder holds some of each.
    private const int Version = 3;

    /// <summary>
    /// Makes a corpus or a shard of it, or goes on with one that was interrupted. Pieces appear whole; which ones there
    /// will be and what is in them depends on the options alone. The lists of the splits are written when all pieces
    /// are there, by whichever shard finds them so.
    /// </summary>
    /// <param name="options">What to make.</param>
    /// <param name="progress">Is told after each piece.</param>
    /// <param name="cancellation">Stops after, at most, a few seconds; what is finished stays.</param>
    /// <returns>What was made; not <see cref="CorpusDescription.Complete"/> where other shards' pieces are missing.</returns>
    /// <exception cref="InvalidOperationException">The folder holds something else, or sound is wanted and fluidsynth is missing.</exception>
    /// <exception cref="UnreadableFileException">An instrument or the manifest cannot be read.</exception>
    public static CorpusDescription Build(CorpusOptions options, IProgress<CorpusProgress>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        Instruments.Check(options.SoundFonts.Concat(options.TestSoundFonts));
        var planner = new CorpusPlanner(options);
        var pieces = planner.Plan(cancellation);
        var splits = CorpusSplits.Deal(pieces.Where(piece => piece.Split is null).Select(piece => piece.Work), options.Seed, options.ValidShare, options.TestShare);
        var description = new CorpusDescription
        {
            Seed = options.Seed,
            Fingerprint = Fingerprint(options, pieces),
            Pieces = pieces.Count,
            LeftOut = planner.LeftOut,
        };
        var folder = new CorpusFolder(options.Folder);
        // Long pieces first, so that no thread is left with one at the end.
        var own = options.Shard.Deal([.. pieces.Select(piece => piece.Seconds)]);
        Start(folder, description);
        if (options.Shard.Count == 1) folder.RemoveUnfinished();
        else folder.RemoveUnfinished(own.Select(i => pieces[i].Video).ToHashSet(StringComparer.Ordinal));

        var writer = new PieceWriter(options, folder);
        var (done, seconds) = (0, 0.0);
        var reporting = new Lock();
        InParallel(own, options.Threads, i =>
        {
            var piece = pieces[i];
            var record = folder.Find(piece.Uploader, piece.Video) ?? writer.Write(piece, piece.Split ?? splits[piece.Work], cancellation);
            lock (reporting)
            {
                done++;
                seconds += record.Seconds;
                progress?.Report(new(done, own.Length, seconds, piece.Line));
            }
        }, cancellation);
        return CorpusMerger.Finish(folder, description) ?? description;
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

    private static void Start(CorpusFolder folder, CorpusDescription description)
    {
        if (CorpusDescription.Read(folder.Root) is { } there)
        {
            if (there.Fingerprint != description.Fingerprint)
            {
                throw new InvalidOperationException($"{folder.Root} holds a corpus made with other options or from other music; choose another folder or remove it.");
            }

            return;
        }

        // Another shard may have written the same description just now.
        if (!folder.IsEmpty() && CorpusDescription.Read(folder.Root)?.Fingerprint != description.Fingerprint)
        {
            throw new InvalidOperationException($"{folder.Root} holds something that is no corpus of this program; choose an empty or new folder.");
        }

        try
        {
            description.Write(folder.Root);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"{folder.Root} cannot be written to: {error.Message}", error);
        }
    }

    // Everything the files depend on, but not where they stand or how many threads and shards make them.
    private static string Fingerprint(CorpusOptions options, List<PlannedPiece> pieces)
    {
        var text = new StringBuilder();
        text.Append(Version).Append('|').Append(options.Seed).Append('|').Append(options.Style).Append('|').Append(options.LongestPiece).Append('|').Append(options.LongestSequence)
            .Append('|').Append(options.AudioFormat).Append('|').Append(options.SoundShare).Append('|').Append(options.ValidShare).Append('|').Append(options.TestShare)
            .Append('|').AppendJoin(',', options.SoundFonts.Select(Instruments.NameOf)).Append('|').AppendJoin(',', options.TestSoundFonts.Select(Instruments.NameOf));
        if (options.PeopleFile is not null || options.Videos.Count > 0) text.Append('|').Append(options.Performer).Append('|').Append(options.PeopleLicence);
        foreach (var piece in pieces) text.Append('\n').Append(piece.Line).Append(' ').Append(piece.Work).Append(' ').Append(piece.Seconds.ToString("R")).Append(' ').Append(piece.Transposition);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))[..32];
    }
}

/// <summary>How far a corpus, or a shard of it, is.</summary>
/// <param name="Done">Pieces finished, those of earlier runs included.</param>
/// <param name="Total">Pieces there will be.</param>
/// <param name="Seconds">Seconds of music finished.</param>
/// <param name="Piece">The piece finished last.</param>
public readonly record struct CorpusProgress(int Done, int Total, double Seconds, string Piece);
