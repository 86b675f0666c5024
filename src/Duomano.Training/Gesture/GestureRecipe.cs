using Duomano.Inference.Models;
using Duomano.Networks.Configuration;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Published;
using Duomano.Training.Running;

namespace Duomano.Training.Gesture;

/// <summary>How the two gesture networks are trained.</summary>
public sealed record GestureRecipe
{
    /// <summary>Each hand's network.</summary>
    public required UNetConfig Network { get; init; }

    /// <summary>Schedule and objective.</summary>
    public DiffusionConfig Diffusion { get; init; } = new();

    /// <summary>How much each diffusion step counts.</summary>
    public LossWeighting Weighting { get; init; }

    /// <summary>Weight of the velocity term of the loss.</summary>
    public double VelocityWeight { get; init; }

    /// <summary>Weight of the acceleration term of the loss.</summary>
    public double AccelerationWeight { get; init; }

    /// <summary>How the predicted wrists are displaced; not at all, if not given.</summary>
    public PredictionNoise? PredictionNoise { get; init; }

    /// <summary>Share of the windows that are recorded people's where there are others, too; by length, if not given.</summary>
    public double? PeopleShare { get; init; }

    /// <summary>
    /// Share of the windows in which each hand has a diffusion step of its own: where the other hand is clearer than the own one,
    /// it is worth listening to. Sampling always has both at the same step.
    /// </summary>
    public double OwnSteps { get; init; }

    /// <summary>Whether both hands are given the same noise, in training and in what the training shows; not as the paper has it, to compare with.</summary>
    public bool SharedNoise { get; init; }

    /// <summary>
    /// Whether one network draws both hands' motion, as PianoMotion10M's baseline does; <see cref="Network"/> then has each hand's share of
    /// its numbers, and the first level's channels of the whole. Such a training becomes no model; it is there to compare with.
    /// </summary>
    public bool OneStream { get; init; }

    /// <summary>Weight of the fingertips' squared distance from where they should be, per cm²; <see cref="FingertipLoss"/>.</summary>
    public double FingertipWeight { get; init; }

    /// <summary>How much the axes count in it for a finger that holds a key or is about to.</summary>
    public FingertipWeights PlayingWeights { get; init; } = new();

    /// <summary>How much they count for a finger that does not.</summary>
    public FingertipWeights RestingWeights { get; init; } = new() { Across = 0.2, Height = 0.2, Along = 0.2 };

    /// <summary>What makes it a recipe of the published system, from sound; null for one from notes.</summary>
    public SoundTraining? Sound { get; init; }

    /// <summary>Length, rates, validation and so on.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Windows a step.</summary>
    public int BatchSize { get; init; } = 8;

    /// <summary>How notes are misheard in a share of the windows, as in recordings; none are, if not given.</summary>
    public TranscriptionNoise? Heard { get; init; }

    /// <summary>Frames of a window.</summary>
    public int WindowFrames { get; init; } = 240;

    /// <summary>Windows measured at each validation.</summary>
    public int ValidationWindows { get; init; } = 32;
}
