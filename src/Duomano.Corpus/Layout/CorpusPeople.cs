using Duomano.Core.Playing;

namespace Duomano.Corpus.Layout;

/// <summary>Tells who plays in the clips of a corpus.</summary>
public static class CorpusPeople
{
    /// <summary>The place of a clip's episode in the file of recorded people; null for other clips.</summary>
    public static int? EpisodeOf(CorpusItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Uploader == RecordedPieces.Uploader ? RecordedPieces.IndexOf(item.Video) : null;
    }

    /// <summary>How the kinematic pianist plays in a clip; null where people do, or nobody has noted it down.</summary>
    /// <param name="folder">The corpus.</param>
    /// <param name="item">The clip.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The record of its piece is damaged.</exception>
    public static PerformanceStyle? StyleOf(string folder, CorpusItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var record = new CorpusFolder(folder).RecordPath(item.Uploader, item.Video);
        return File.Exists(record) ? PieceRecord.Read(record).Style : null;
    }
}
