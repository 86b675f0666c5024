using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using Duomano.Training.Torch;

namespace Duomano.Training.Running;

/// <summary>How a <c>TrainingLoop</c> trains, whatever it trains; part of every recipe.</summary>
public sealed record TrainingOptions
{
    /// <summary>Seed of everything random.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Optimizer steps of the whole run.</summary>
    public required int Steps { get; init => field = Positive(value); }

    /// <summary>Highest learning rate.</summary>
    public double LearningRate { get; init => field = AtLeast(value, 0); } = 1e-3;

    /// <summary>Steps over which the learning rate rises linearly from 0 to <see cref="LearningRate"/>.</summary>
    public int WarmUpSteps { get; init => field = NotNegative(value); } = 100;

    /// <summary>The last step's learning rate, as a share of <see cref="LearningRate"/>; a cosine leads there.</summary>
    public double FinalLearningRateShare { get; init => field = Share(value); } = 0.02;

    /// <summary>Decoupled weight decay of AdamW.</summary>
    public double WeightDecay { get; init => field = AtLeast(value, 0); } = 0.01;

    /// <summary>AdamW's memory of the gradient (β₁).</summary>
    public double Beta1 { get; init => field = Share(value); } = 0.9;

    /// <summary>AdamW's memory of the squared gradient (β₂).</summary>
    public double Beta2 { get; init => field = Share(value); } = 0.999;

    /// <summary>Gradients are scaled down to this global norm; 0 leaves them.</summary>
    public double GradientClip { get; init => field = AtLeast(value, 0); } = 1;

    /// <summary>Memory of the averaged parameters, below 1; 0 makes the average the parameters themselves.</summary>
    public double AverageDecay { get; init => field = Share(value); } = 0.999;

    /// <summary>Steps between validations; the last step always validates.</summary>
    public int ValidateEvery { get; init => field = Positive(value); } = 500;

    /// <summary>Steps between checkpoints; the last step always writes one.</summary>
    public int CheckpointEvery { get; init => field = Positive(value); } = 500;

    /// <summary>What matrices are multiplied in.</summary>
    public TorchPrecision Precision { get; init; }

    /// <summary>Batches made ahead on the background thread.</summary>
    [JsonIgnore]
    public int Prefetch { get; init => field = Positive(value); } = 4;

    private static int Positive(int value, [CallerMemberName] string name = "") =>
        value >= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 1.");

    private static int NotNegative(int value, [CallerMemberName] string name = "") =>
        value >= 0 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be at least 0.");

    private static double AtLeast(double value, double least, [CallerMemberName] string name = "") =>
        value >= least && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be a finite number of at least {least}.");

    private static double Share(double value, [CallerMemberName] string name = "") =>
        value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");
}
