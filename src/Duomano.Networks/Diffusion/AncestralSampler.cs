using Duomano.Core.Hands;

namespace Duomano.Networks.Diffusion;

/// <summary>
/// Walks all T steps back, drawing each state from its posterior (Ho et al. 2020, algorithm 2), with estimates of x_0 clipped.
/// The sampler of the published program.
/// </summary>
/// <param name="options">Schedule, objective, clip range.</param>
public sealed class AncestralSampler(SamplerOptions options) : ISampler
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Timesteps { get; } = [.. Enumerable.Range(0, Known(options).Schedule.Steps).Reverse()];

    /// <inheritdoc/>
    public PerHand<float[]> Sample(PerHand<float[]> initialNoise, TwoHandDenoise denoise, INoiseSource noise, Action<SamplerStep>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(noise);
        var schedule = options.Schedule;
        var drawn = initialNoise.Map(values => new float[values.Length]);
        return LockStep.Run(options, Timesteps, initialNoise, denoise, Advance, observe);

        void Advance(HandSide hand, int index, Span<float> noisy, ReadOnlySpan<float> start)
        {
            var t = Timesteps[index];
            Parameterization.PosteriorMean(schedule, t, start, noisy, noisy);
            if (t == 0) return;
            noise.Fill(hand, t, drawn[hand]);
            Parameterization.Combine(noisy, 1, drawn[hand], MathF.Exp(0.5f * schedule.PosteriorLogVarianceClipped[t]), noisy);
        }
    }

    private static SamplerOptions Known(SamplerOptions options) => options ?? throw new ArgumentNullException(nameof(options));
}
