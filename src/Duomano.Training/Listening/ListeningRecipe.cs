using System.Runtime.CompilerServices;
using Duomano.Inference.Listening;
using Duomano.Networks.Listening;
using Duomano.Training.Running;

namespace Duomano.Training.Listening;

/// <summary>Everything about a training of the listening network.</summary>
public sealed record ListeningRecipe
{
    /// <summary>The network's sizes.</summary>
    public ListeningConfig Network { get; init; } = new();

    /// <summary>The loop's options.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>How outputs are made notes in validation, and by those who use the model.</summary>
    public NoteDecoderOptions Decoder { get; init; } = new();

    /// <summary>Excerpts a batch.</summary>
    public int BatchSize { get; init => field = Positive(value); } = 4;

    /// <summary>Frames of an excerpt.</summary>
    public int SegmentFrames { get; init => field = Positive(value); } = 200;

    /// <summary>Share of the recordings that is only validated on; at least one recording.</summary>
    public double ValidationShare { get; init => field = Share(value); } = 0.04;

    /// <summary>Frames of each validation recording that are heard.</summary>
    public int ValidationFrames { get; init => field = Positive(value); } = 1500;

    /// <summary>Most validation recordings.</summary>
    public int ValidationRecordings { get; init => field = Positive(value); } = 8;

    /// <summary>How much more a missed strike counts than an invented one.</summary>
    public double OnsetPositiveWeight { get; init => field = AtLeastZero(value); } = 2;

    /// <summary>Weight of the onset loss in the total.</summary>
    public double OnsetWeight { get; init => field = AtLeastZero(value); } = 10;

    /// <summary>Weight of the held loss.</summary>
    public double HeldWeight { get; init => field = AtLeastZero(value); } = 2;

    /// <summary>Weight of the onset time's squared error, in frames.</summary>
    public double OnsetTimeWeight { get; init => field = AtLeastZero(value); } = 0.3;

    /// <summary>Weight of the velocity's squared error, in full scales.</summary>
    public double VelocityWeight { get; init => field = AtLeastZero(value); } = 1;

    /// <summary>Weight of the sounding loss.</summary>
    public double SoundingWeight { get; init => field = AtLeastZero(value); } = 1;

    /// <summary>Weight of the release loss.</summary>
    public double ReleaseWeight { get; init => field = AtLeastZero(value); } = 3;

    /// <summary>Weight of the pedal loss.</summary>
    public double PedalWeight { get; init => field = AtLeastZero(value); } = 0.1;

    /// <summary>How the sound is varied.</summary>
    public SoundVariation Variation { get; init; } = new();

    private static int Positive(int value, [CallerMemberName] string name = "") =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");

    private static double Share(double value, [CallerMemberName] string name = "") =>
        value is > 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be between 0 and 1.");

    private static double AtLeastZero(double value, [CallerMemberName] string name = "") =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");
}
