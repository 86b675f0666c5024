using Duomano.Networks.Configuration;
using Duomano.Training.Motion;
using Duomano.Training.Published;
using Duomano.Training.Running;

namespace Duomano.Training.Position;

/// <summary>How the position predictors are trained.</summary>
public sealed record PositionRecipe
{
    /// <summary>Each hand's network.</summary>
    public required PositionConfig Network { get; init; }

    /// <summary>What makes it a recipe of the published system, from sound; null for one from notes.</summary>
    public SoundTraining? Sound { get; init; }

    /// <summary>Length, rates, validation and so on.</summary>
    public required TrainingOptions Training { get; init; }

    /// <summary>Windows a step.</summary>
    public int BatchSize { get; init; } = 16;

    /// <summary>How notes are misheard in a share of the windows, as in recordings; none are, if not given.</summary>
    public TranscriptionNoise? Heard { get; init; }

    /// <summary>Share of the windows that are recorded people's where there are others, too; by length, if not given.</summary>
    public double? PeopleShare { get; init; }

    /// <summary>Frames of a window.</summary>
    public int WindowFrames { get; init; } = 240;

    /// <summary>Windows measured at each validation.</summary>
    public int ValidationWindows { get; init; } = 64;
}
