using Duomano.Networks.Autoencoder;
using Duomano.Training.Running;

namespace Duomano.Training.Autoencoder;

/// <summary>How the gesture autoencoder is trained.</summary>
public sealed record AutoencoderRecipe
{
    /// <summary>The network; the published sizes unless changed.</summary>
    public GestureAutoencoderConfig Network { get; init; } = new();

    /// <summary>Weight of the error of the first differences beside that of the pose.</summary>
    public double VelocityWeight { get; init; } = 1;

    /// <summary>
    /// Share of the steps in which batch normalisation takes each batch's own statistics, which the running ones follow.
    /// After that the running ones are used and stay: a small batch's mean is a large part of what distinguishes its motions,
    /// and a network that never sees it subtracted learns far more.
    /// </summary>
    public double BatchStatisticsShare
    {
        get;
        init => field = value is > 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(BatchStatisticsShare), value, $"A share is above 0 and at most 1, not {value}.");
    } = 0.2;

    /// <summary>Length, rates, validation and so on.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Motions a step; batch normalisation takes at least 2.</summary>
    public int BatchSize
    {
        get;
        init => field = value >= 2 ? value : throw new ArgumentOutOfRangeException(nameof(BatchSize), value, $"Batch normalisation takes at least 2 motions, not {value}.");
    } = 32;

    /// <summary>Motions measured at each validation.</summary>
    public int ValidationWindows { get; init; } = 64;
}
