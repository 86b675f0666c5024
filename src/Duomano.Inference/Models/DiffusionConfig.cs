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

    /// <summary>Sampler used unless another is asked for.</summary>
    public SamplerKind Sampler { get; init; } = SamplerKind.DpmSolver;

    /// <summary>Denoising steps unless another number is asked for.</summary>
    public int Steps
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Steps), value, $"At least 1 denoising step is needed, not {value}.");
    } = 12;
}
