namespace Duomano.Corpus.Layout;

/// <summary>Tells which clips of a corpus are recorded people's.</summary>
public static class CorpusPeople
{
    /// <summary>The place of a clip's episode in the file of recorded people; null for other clips.</summary>
    public static int? EpisodeOf(CorpusItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return item.Uploader == RecordedPieces.Uploader ? RecordedPieces.IndexOf(item.Video) : null;
    }
}
