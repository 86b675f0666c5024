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

    /// <summary>Loads or composes the music, adapted to this take.</summary>
    public required Func<Score> Load { get; init; }

    /// <summary>"UP VIDEO", as list files have it.</summary>
    public string Line => $"{Uploader} {Video}";
}
