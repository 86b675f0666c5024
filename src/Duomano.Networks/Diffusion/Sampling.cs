using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Networks.Diffusion;

/// <summary>Asks the network of each hand, together, what it makes of both noisy arrays.</summary>
/// <param name="noisy">x_t of each hand, of any layout; only to be read, and only during the call.</param>
/// <param name="t">The step, 0 … T − 1.</param>
/// <returns>The raw outputs in the same layout; the sampler reads them before the next call, so they may be reused.</returns>
public delegate PerHand<float[]> TwoHandDenoise(PerHand<float[]> noisy, int t);

/// <summary>
/// Draws the motion of both hands from noise, in lock-step: each step asks the networks once about both hands, since they
/// look at each other.
/// </summary>
public interface ISampler
{
    /// <summary>The diffusion steps at which the networks are asked, falling.</summary>
    IReadOnlyList<int> Timesteps { get; }

    /// <summary>Runs from noise to samples.</summary>
    /// <param name="initialNoise">
    /// Standard normal noise of each hand, of any length; not changed. Each hand's own noise is what the method means;
    /// the published program starts the right hand from a copy of the left hand's noise, for which give the same array twice.
    /// </param>
    /// <param name="denoise">The networks.</param>
    /// <param name="noise">Where further noise comes from; unused by samplers that add none.</param>
    /// <param name="observe">Called after each step.</param>
    /// <returns>New arrays.</returns>
    PerHand<float[]> Sample(PerHand<float[]> initialNoise, TwoHandDenoise denoise, INoiseSource noise, Action<SamplerStep>? observe = null);
}

/// <summary>Where noise comes from while sampling.</summary>
public interface INoiseSource
{
    /// <summary>Fills an array with standard normal numbers; asked for the left hand first, then for the right one, at every step that adds noise.</summary>
    /// <param name="hand">Whose noise.</param>
    /// <param name="t">The diffusion step that is being left.</param>
    /// <param name="noise">The place to fill.</param>
    void Fill(HandSide hand, int t, Span<float> noise);
}

/// <summary>Noise from a seeded generator.</summary>
/// <param name="random">The generator, shared by both hands.</param>
public sealed class GaussianNoise(SeededRandom random) : INoiseSource
{
    /// <inheritdoc/>
    public void Fill(HandSide hand, int t, Span<float> noise) => random.FillGaussian(noise);

    /// <summary>Draws initial noise, independent for each hand.</summary>
    /// <param name="length">Numbers a hand.</param>
    public PerHand<float[]> Initial(int length) => PerHand.Create(_ =>
    {
        var noise = new float[length];
        random.FillGaussian(noise);
        return noise;
    });
}

/// <summary>What every sampler needs to know.</summary>
public sealed record SamplerOptions
{
    /// <summary>The schedule that the networks were trained with.</summary>
    public required NoiseSchedule Schedule { get; init; }

    /// <summary>What the networks answer.</summary>
    public Objective Objective { get; init; } = Objective.Velocity;

    /// <summary>Estimates of x_0 are held within ± this; null leaves them as they are. Published value 1.</summary>
    public float? Clip
    {
        get;
        init => field = value is null or > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The clip range must be positive.");
    } = 1;

    /// <summary>
    /// Changes both hands' estimates of x_0 in place before a step uses them: guidance towards what samples should fulfil,
    /// without a gradient through the networks. Null for none.
    /// </summary>
    public Action<PerHand<float[]>>? Guide { get; init; }
}

/// <summary>
/// Where sampling is, after a step. The arrays are the sampler's own: what an observer changes in <paramref name="Noisy"/>
/// goes into the next step.
/// </summary>
/// <param name="Number">Steps done, from 1.</param>
/// <param name="Count">Steps in all.</param>
/// <param name="Timestep">The diffusion step at which the networks were asked.</param>
/// <param name="Noisy">The state after the step; after the last step, the samples.</param>
/// <param name="Start">The estimates of x_0, clipped, that the step used.</param>
public readonly record struct SamplerStep(int Number, int Count, int Timestep, PerHand<float[]> Noisy, PerHand<float[]> Start);
