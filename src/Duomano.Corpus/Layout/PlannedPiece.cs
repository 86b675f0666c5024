using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Corpus.Layout;

/// <summary>One take of one piece, as it will stand in the corpus.</summary>
internal sealed record PlannedPiece
{
    /// <summary>First folder level; where the piece comes from.</summary>
    public required string Uploader { get; init; }

    /// <summary>Second folder level; unique within the corpus.</summary>
    public required string Video { get; init; }

    /// <summary>The work, which decides the split.</summary>
    public required string Work { get; init; }

    /// <summary>What to call the source in corpus.json: a relative path, or the exercise.</summary>
    public required string Source { get; init; }

    /// <summary>The source's licence, where known.</summary>
    public required string Licence { get; init; }

    /// <summary>Semitones up.</summary>
    public int Transposition { get; init; }

    /// <summary>Times the written tempo.</summary>
    public double TempoFactor { get; init; } = 1;

    /// <summary>Length of the music, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>The split where it does not follow from the work and the seed alone; null where it does.</summary>
    public CorpusSplit? Split { get; init; }

    /// <summary>The recorded episode whose motion is solved for; null for a piece to be performed.</summary>
    public RecordedEpisode? Episode { get; init; }

    /// <summary>The video whose motion is read; null for a piece of another kind.</summary>
    public FilmedPiece? Film { get; init; }

    /// <summary>Who played a recorded episode; null for a piece to be performed.</summary>
    public string? Performer { get; init; }

    /// <summary>Loads or composes the music, adapted to this take.</summary>
    public required Func<Score> Load { get; init; }

    /// <summary>"UP VIDEO", as list files have it.</summary>
    public string Line => $"{Uploader} {Video}";
}
