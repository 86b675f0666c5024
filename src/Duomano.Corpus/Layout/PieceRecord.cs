using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Core.Playing;
using Duomano.Corpus.Sound;

namespace Duomano.Corpus.Layout;

/// <summary>How one piece of a corpus was made; one such file a piece stands under pieces/.</summary>
public sealed record PieceRecord
{
    /// <summary>First folder level.</summary>
    public required string Uploader { get; init; }

    /// <summary>Second folder level.</summary>
    public required string Video { get; init; }

    /// <summary>The split it is in.</summary>
    public required CorpusSplit Split { get; init; }

    /// <summary>The work, all of whose pieces are in one split.</summary>
    public required string Work { get; init; }

    /// <summary>The MIDI file below the music folder, or the exercise.</summary>
    public required string Source { get; init; }

    /// <summary>The source's licence; empty where unknown.</summary>
    public string Licence { get; init; } = "";

    /// <summary>Semitones it was moved up.</summary>
    public int Transposition { get; init; }

    /// <summary>Times the source's tempo.</summary>
    public double TempoFactor { get; init; } = 1;

    /// <summary>Length, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Motion frames of each hand.</summary>
    public required int Frames { get; init; }

    /// <summary>Sequence files it is split into.</summary>
    public int Sequences { get; init; } = 1;

    /// <summary>Notes that are played.</summary>
    public required int Notes { get; init; }

    /// <summary>Notes of the source that two hands could not play.</summary>
    public required int Unplayed { get; init; }

    /// <summary>How the kinematic pianist plays; null for a recorded person.</summary>
    public PerformanceStyle? Style { get; init; }

    /// <summary>The recorded person who plays; null for the kinematic pianist.</summary>
    public string? Performer { get; init; }

    /// <summary>How well each episode of a video was seen, those that were left out included; null for other pieces.</summary>
    public IReadOnlyList<EpisodeQuality>? Quality { get; init; }

    /// <summary>Why nothing was taken of a video; null where something was.</summary>
    public string? LeftOut { get; init; }

    /// <summary>Instrument and room (the sound font by its file name), or null without sound.</summary>
    public SoundSettings? Sound { get; init; }

    /// <summary>Whether it has the sound of its video.</summary>
    public bool HasOwnSound { get; init; }

    /// <summary>What was done to the sound, or null without sound.</summary>
    public SoundAugmentation? Augmentation { get; init; }

    /// <summary>Instrument, room and treatment in one, as annotations have it; null without sound.</summary>
    internal JsonElement? DescribeSound() => Sound is null ? null : CorpusJson.ToElement(new { Instrument = Sound, Treatment = Augmentation });

    /// <summary>Writes it.</summary>
    internal void Write(string path) => CorpusJson.Write(path, this);

    /// <summary>Reads a record.</summary>
    /// <param name="path">A file under pieces/.</param>
    /// <exception cref="UnreadableFileException">It is no such file.</exception>
    public static PieceRecord Read(string path) => CorpusJson.Read<PieceRecord>(path, "the record of a piece");
}
