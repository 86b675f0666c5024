using Duomano.Networks.Diffusion;

namespace Duomano.Inference.Models;

/// <summary>How a gesture network was diffused, and how it is sampled unless asked otherwise.</summary>
public sealed record DiffusionConfig
{
    /// <summary>Steps of the cosine schedule it was trained with.</summary>
    public int Timesteps
    {
        get;
        init => field = value is >= 2 and <= 100_000 ? value : throw new ArgumentOutOfRangeException(nameof(Timesteps), value, $"A schedule has 2 to 100000 steps, not {value}.");
    } = 1000;

    /// <summary>What the network answers.</summary>
    public Objective Objective { get; init; } = Objective.Velocity;

    /// <summary>
    /// Deviation of all noise that sampling uses, 1 for samples of the learned distribution; less keeps nearer to its centre
    /// (Popov et al. 2021, "Grad-TTS", section 4), which a small model does better.
    /// </summary>
    public float Temperature
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Temperature), value, $"A temperature is 0 to 1, not {value}.");
    } = 1;

    /// <summary>How far fingers are led to their keys in each step of sampling, 0 for not at all to 1; <see cref="Core.Contact.KeyGuidance"/>.</summary>
    public float Guidance
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Guidance), value, $"Guidance is 0 to 1, not {value}.");
    }

    /// <summary>How far the noise of both wrists is the same while sampling, 0 for not at all to 1; for networks that draw wrists. <see cref="Motion.WristNoise"/>.</summary>
    public float WristsTogether
    {
        get;
        init => field = value is >= 0 and <= 1 ? value : throw new ArgumentOutOfRangeException(nameof(WristsTogether), value, $"The noise of both wrists is the same for 0 to 1, not {value}.");
    }

    /// <summary>Odd number of frames over which the sampled motion is smoothed by a parabola; 1 leaves it. The published smoothing has 5.</summary>
    public int SmoothingFrames
    {
        get;
        init => field = value is >= 1 and <= 99 && value % 2 == 1 ? value : throw new ArgumentOutOfRangeException(nameof(SmoothingFrames), value, $"Smoothing takes an odd number of frames, 1 to 99, not {value}.");
    } = 5;

    /// <summary>Sampler used unless another is asked for.</summary>
    public SamplerKind Sampler { get; init; } = SamplerKind.DpmSolver;

    /// <summary>Denoising steps unless another number is asked for.</summary>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, $"At least 1 denoising step is needed, not {value}.");
    } = 12;
}
