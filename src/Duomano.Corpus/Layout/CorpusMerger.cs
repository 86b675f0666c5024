using System.Text;
using Duomano.Core.Files;

namespace Duomano.Corpus.Layout;

/// <summary>Takes the shards of a corpus together and finishes it. What comes out is what one run would have made.</summary>
public static class CorpusMerger
{
    /// <summary>Copies other folders' pieces to those that a folder has, and writes the lists when all are there.</summary>
    /// <param name="folder">The corpus; made where there is none.</param>
    /// <param name="shards">Folders that other shards were made in; none where all wrote into one folder.</param>
    /// <param name="cancellation">Stops after the piece being copied.</param>
    /// <returns>The finished corpus.</returns>
    /// <exception cref="UnreadableFileException">A folder holds no corpus, or another one.</exception>
    /// <exception cref="InvalidOperationException">Pieces are missing.</exception>
    public static CorpusDescription Merge(string folder, IReadOnlyList<string> shards, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentNullException.ThrowIfNull(shards);
        var target = new CorpusFolder(folder);
        var description = CorpusDescription.Read(folder);
        var sources = shards.Select(shard => (Folder: new CorpusFolder(shard), Description: DescriptionOf(shard))).ToList();
        description ??= sources.Count > 0 ? Begin(target, sources[0].Description) : DescriptionOf(folder);
        foreach (var (source, other) in sources)
        {
            if (other.Fingerprint != description.Fingerprint) throw new UnreadableFileException(source.Root, "", $"holds another corpus than {folder}: it was made with other options or from other music.");
            foreach (var record in source.Records())
            {
                cancellation.ThrowIfCancellationRequested();
                if (target.Find(record.Uploader, record.Video) is null) Copy(source, target, record);
            }
        }

        target.RemoveUnfinished();
        return Finish(target, description)
            ?? throw new InvalidOperationException($"{folder} has {target.Records().Count()} of its {description.Pieces} pieces; make the missing ones by running their shards again.");
    }

    /// <summary>Writes the lists and the final description if every piece is there; null if not.</summary>
    internal static CorpusDescription? Finish(CorpusFolder folder, CorpusDescription description)
    {
        var tally = new CorpusTally();
        foreach (var record in folder.Records()) tally.Add(record);
        if (tally.Pieces != description.Pieces) return null;
        foreach (var split in CorpusSplits.All) WriteList(folder, split, tally.Lines(split));
        var result = tally.Complete(description);
        // Last, as it says that all is there.
        result.Write(folder.Root);
        return result;
    }

    private static CorpusDescription DescriptionOf(string folder) =>
        CorpusDescription.Read(folder) ?? throw new UnreadableFileException(folder, "", $"holds no corpus: it has no {CorpusFolder.Description}.");

    private static CorpusDescription Begin(CorpusFolder target, CorpusDescription shard)
    {
        if (!target.IsEmpty()) throw new UnreadableFileException(target.Root, "", "holds something that is no corpus of this program; choose an empty or new folder.");
        var description = shard.Begun();
        description.Write(target.Root);
        return description;
    }

    private static void Copy(CorpusFolder source, CorpusFolder target, PieceRecord record)
    {
        var temporary = target.MakeTemporary(record.Video);
        try
        {
            foreach (var kind in (string[])[CorpusFolder.Annotation, CorpusFolder.Audio])
            {
                var from = Path.Combine(source.Root, kind, record.Uploader, record.Video);
                if (!Directory.Exists(from)) continue;
                foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(temporary, kind, Path.GetFileName(file)));
            }

            foreach (var (kind, file) in (ReadOnlySpan<(string, string)>)[(CorpusFolder.Midi, $"{record.Video}.mid"), (CorpusFolder.Pieces, $"{record.Video}.json")])
            {
                File.Copy(Path.Combine(source.Root, kind, record.Uploader, file), Path.Combine(temporary, kind, file));
            }

            target.Commit(temporary, record.Uploader, record.Video);
        }
        finally
        {
            CorpusFolder.RemoveTemporary(temporary);
        }
    }

    private static void WriteList(CorpusFolder folder, CorpusSplit split, IEnumerable<string> lines) =>
        WholeFile.Write(Path.Combine(folder.Root, split.ListFile()), stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            foreach (var line in lines.Order(StringComparer.Ordinal)) writer.WriteLine(line);
        });
}
