using Duomano.Core.Hands;

namespace Duomano.Networks.Diffusion;

/// <summary>
/// Walks back in few steps (Song et al. 2021, "Denoising Diffusion Implicit Models", eq. 12 and 16). Without added noise
/// (η = 0) the result follows from the initial noise alone; with η = 1 and all T steps it is ancestral sampling.
/// </summary>
public sealed class DdimSampler : ISampler
{
    private readonly SamplerOptions _options;
    private readonly double _eta;

    /// <summary>Makes a sampler.</summary>
    /// <param name="options">Schedule, objective, clip range.</param>
    /// <param name="steps">How often the networks are asked, 1 … T.</param>
    /// <param name="eta">η, how much of the ancestral noise is added, 0 to 1.</param>
    public DdimSampler(SamplerOptions options, int steps, double eta = 0)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (eta is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(eta), eta, "η lies between 0 and 1.");
        _options = options;
        _eta = eta;
        Timesteps = TimestepSpacing.Choose(options.Schedule, steps, Spacing.Time);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Timesteps { get; }

    /// <inheritdoc/>
    public PerHand<float[]> Sample(PerHand<float[]> initialNoise, TwoHandDenoise denoise, INoiseSource noise, Action<SamplerStep>? observe = null)
    {
        ArgumentNullException.ThrowIfNull(noise);
        var drawn = initialNoise.Map(values => new float[values.Length]);
        return LockStep.Run(_options, Timesteps, initialNoise, denoise, Advance, observe);

        void Advance(HandSide hand, int index, Span<float> noisy, ReadOnlySpan<float> start)
        {
            var next = index + 1 < Timesteps.Count ? Timesteps[index + 1] : -1;
            var (now, then) = (_options.Schedule.SignalShare(Timesteps[index]), _options.Schedule.SignalShare(next));
            var deviation = _eta * Math.Sqrt((1 - then) / (1 - now) * (1 - now / then));
            // The remaining noise is (x_t − √ᾱ·x_0)/√(1 − ᾱ), which stays tame where ᾱ is almost zero.
            var remaining = Math.Sqrt(Math.Max(1 - then - deviation * deviation, 0)) / Math.Sqrt(1 - now);
            Parameterization.Combine(start, (float)(Math.Sqrt(then) - remaining * Math.Sqrt(now)), noisy, (float)remaining, noisy);
            if (deviation == 0) return;
            noise.Fill(hand, Timesteps[index], drawn[hand]);
            Parameterization.Combine(noisy, 1, drawn[hand], (float)deviation, noisy);
        }
    }
}
