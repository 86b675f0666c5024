using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Playing;

namespace Duomano.Training.Motion;

/// <summary>A clip to learn motion from.</summary>
/// <param name="Clip">The motion, with notes whose hands and fingers are known.</param>
/// <param name="IsPerson">Whether a recorded person moves so, and not the kinematic pianist.</param>
public sealed record MotionExample(TwoHandClip Clip, bool IsPerson = false)
{
    /// <summary>Who plays, and how as far as it is known.</summary>
    public PlayerStyle Style { get; init; } = new() { IsPerson = IsPerson };

    /// <summary>Each hand's wrist track where a position predictor has it, normalised, [frames, 3]; null if none was asked.</summary>
    public PerHand<float[]>? Predicted { get; init; }
}
