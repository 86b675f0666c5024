using Duomano.Core.Music;

namespace Duomano.Inference;

/// <summary>What a motion is made for.</summary>
/// <param name="Notes">The notes; hands and fingers given there are kept, the others are found.</param>
/// <param name="Duration">Length of the motion, seconds.</param>
public sealed record MusicToPlay(Score Notes, double Duration)
{
    /// <summary>Sound, mono at 16 kHz from the motion's begin; a model that listens to sound (<see cref="MotionGenerator.TakesSound"/>) needs it. What is missing at its end is silence.</summary>
    public float[]? Sound { get; init; }
}
