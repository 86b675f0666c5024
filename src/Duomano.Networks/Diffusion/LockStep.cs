using Duomano.Core.Hands;

namespace Duomano.Networks.Diffusion;

/// <summary>The loop that all samplers share: ask both networks, estimate x_0 of both hands, move both hands.</summary>
internal static class LockStep
{
    /// <summary>Moves one hand from one step to the next, in place.</summary>
    /// <param name="hand">Whose arrays these are.</param>
    /// <param name="index">Index into the timesteps.</param>
    /// <param name="noisy">x_t, becomes the next state.</param>
    /// <param name="start">The clipped estimate of x_0.</param>
    public delegate void Advance(HandSide hand, int index, Span<float> noisy, ReadOnlySpan<float> start);

    public static PerHand<float[]> Run(
        SamplerOptions options, IReadOnlyList<int> timesteps, PerHand<float[]> initialNoise,
        TwoHandDenoise denoise, Advance advance, Action<SamplerStep>? observe)
    {
        ArgumentNullException.ThrowIfNull(denoise);
        var noisy = initialNoise.Map(noise => (float[])(noise ?? throw new ArgumentNullException(nameof(initialNoise))).Clone());
        var start = noisy.Map(values => new float[values.Length]);
        for (var index = 0; index < timesteps.Count; index++)
        {
            var t = timesteps[index];
            var outputs = denoise(noisy, t);
            foreach (var hand in HandSides.Both)
            {
                Parameterization.StartFromOutput(options.Schedule, options.Objective, t, noisy[hand], outputs[hand], start[hand]);
                if (options.Clip is { } clip) Hold(start[hand], clip);
            }

            options.Guide?.Invoke(start);
            foreach (var hand in HandSides.Both) advance(hand, index, noisy[hand], start[hand]);
            observe?.Invoke(new SamplerStep(index + 1, timesteps.Count, t, noisy, start));
        }

        return noisy;
    }

    private static void Hold(Span<float> values, float limit)
    {
        for (var i = 0; i < values.Length; i++) values[i] = Math.Clamp(values[i], -limit, limit);
    }
}
