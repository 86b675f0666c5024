using System.Text.Json.Serialization;
using Duomano.Core.Files;
using Duomano.Core.Motion;

namespace Duomano.Corpus.Layout;

/// <summary>A video of a pianist, of which a corpus takes what was seen well.</summary>
/// <param name="Source">What to call it: its path below the folder of videos.</param>
/// <param name="Seconds">How long it says it is.</param>
/// <param name="Watch">Reads its motion; throws <see cref="UnreadableFileException"/> where nothing can be read from it.</param>
public sealed record FilmedPiece(string Source, double Seconds, Func<CancellationToken, FilmedMotion> Watch);

/// <summary>The motion of a filmed pianist.</summary>
public sealed record FilmedMotion
{
    /// <summary>The motion; its notes are those that a finger was seen for.</summary>
    public required TwoHandClip Clip { get; init; }

    /// <summary>Notes that no finger was near to.</summary>
    public required int Unplayed { get; init; }

    /// <summary>How many of the two hands are seen in each frame of the clip.</summary>
    public required IReadOnlyList<int> HandsSeen { get; init; }

    /// <summary>Onsets of all notes, seconds, and how sure their fingers are, 0 to 1.</summary>
    public required IReadOnlyList<(double Onset, float Confidence)> Fingers { get; init; }

    /// <summary>The video's own sound, mono at 16 kHz; null where it has none.</summary>
    public float[]? Sound { get; init; }

    /// <summary>How well a stretch was seen.</summary>
    /// <param name="from">Its first frame.</param>
    /// <param name="to">The frame after its last.</param>
    public EpisodeQuality QualityOf(int from, int to)
    {
        var seen = Enumerable.Range(from, to - from).Sum(frame => frame < HandsSeen.Count ? HandsSeen[frame] : 0);
        var fingers = Fingers.Where(note => note.Onset >= from / Clip.Fps && note.Onset < to / Clip.Fps).Select(note => note.Confidence).ToList();
        return new(Math.Round(seen / (2.0 * (to - from)), 3), fingers.Count == 0 ? null : Math.Round(fingers.Average(), 3));
    }
}

/// <summary>How well an episode was seen.</summary>
/// <param name="HandsSeen">Share of its frames in which a hand was seen, in the mean of both hands.</param>
/// <param name="Confidence">Mean confidence of its notes' fingers; null where it has no notes.</param>
public readonly record struct EpisodeQuality(double HandsSeen, double? Confidence)
{
    // Below these what is between was guessed.
    private const double LeastSeen = 0.9, LeastConfidence = 0.5;

    /// <summary>Whether a corpus takes it.</summary>
    [JsonIgnore]
    public bool IsGood => HandsSeen >= LeastSeen && Confidence is null or >= LeastConfidence;
}
