using System.Runtime.CompilerServices;

namespace Duomano.Inference.Listening;

/// <summary>When a <see cref="NoteDecoder"/> takes something for a note.</summary>
public sealed record NoteDecoderOptions
{
    /// <summary>Least onset probability of a note.</summary>
    public double OnsetThreshold { get; init => field = Probability(value); } = 0.5;

    /// <summary>A note ends when the probability that its key is down falls below this.</summary>
    public double HeldThreshold { get; init => field = Probability(value); } = 0.4;

    /// <summary>How far from that moment the key may have come up, seconds; 0 to end notes there.</summary>
    public double ReleaseReach { get; init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(ReleaseReach), value, "A release is looked for within 0 s to 1 s."); } = 0.12;

    /// <summary>Least probability that a key comes up in a frame for the note to end there.</summary>
    public double ReleaseThreshold { get; init => field = Probability(value); } = 0.1;

    /// <summary>Least time between two strikes of the same key, seconds.</summary>
    public double ShortestRepetition { get; init => field = Seconds(value); } = 0.05;

    /// <summary>Least length of a note, seconds.</summary>
    public double ShortestNote { get; init => field = Seconds(value); } = 0.04;

    /// <summary>How long after its strike a note may wait for its key to count as held, seconds.</summary>
    public double HeldDelay { get; init => field = Seconds(value); } = 0.1;

    /// <summary>The pedal counts as down about above this probability.</summary>
    public double PedalThreshold { get; init => field = Probability(value); } = 0.5;

    /// <summary>How far the pedal's probability must be beyond the threshold for the pedal to move.</summary>
    public double PedalMargin { get; init => field = Probability(value); } = 0.15;

    private static double Probability(double value, [CallerMemberName] string name = "") =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 1.");

    private static double Seconds(double value, [CallerMemberName] string name = "") =>
        value is > 0 and <= 10 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 s and at most 10 s.");
}
