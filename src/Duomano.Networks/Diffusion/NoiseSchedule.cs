namespace Duomano.Networks.Diffusion;

/// <summary>
/// How much noise each of the T steps of a diffusion process has added (Ho et al. 2020, "Denoising Diffusion Probabilistic
/// Models"). Everything is computed in double precision and kept as float32, as trained models were taught with it.
/// </summary>
public sealed class NoiseSchedule
{
    private readonly double[] _alphasCumulativeProduct;

    private NoiseSchedule(double[] betas)
    {
        var steps = betas.Length;
        var cumulative = new double[steps];
        for (var t = 0; t < steps; t++) cumulative[t] = (t == 0 ? 1 : cumulative[t - 1]) * (1 - betas[t]);
        var previous = (double[])[1, .. cumulative[..^1]];
        var variance = Each(t => betas[t] * (1 - previous[t]) / (1 - cumulative[t]));
        _alphasCumulativeProduct = cumulative;

        Betas = Single(t => betas[t]);
        AlphasCumulativeProduct = Single(t => cumulative[t]);
        AlphasCumulativeProductPrevious = Single(t => previous[t]);
        SqrtAlphasCumulativeProduct = Single(t => Math.Sqrt(cumulative[t]));
        SqrtOneMinusAlphasCumulativeProduct = Single(t => Math.Sqrt(1 - cumulative[t]));
        LogOneMinusAlphasCumulativeProduct = Single(t => Math.Log(1 - cumulative[t]));
        SqrtReciprocalAlphasCumulativeProduct = Single(t => Math.Sqrt(1 / cumulative[t]));
        SqrtReciprocalMinusOneAlphasCumulativeProduct = Single(t => Math.Sqrt(1 / cumulative[t] - 1));
        PosteriorVariance = Single(t => variance[t]);
        PosteriorLogVarianceClipped = Single(t => Math.Log(Math.Max(variance[t], 1e-20)));
        PosteriorMeanOfStart = Single(t => betas[t] * Math.Sqrt(previous[t]) / (1 - cumulative[t]));
        PosteriorMeanOfNoisy = Single(t => (1 - previous[t]) * Math.Sqrt(1 - betas[t]) / (1 - cumulative[t]));

        double[] Each(Func<int, double> value) => [.. Enumerable.Range(0, steps).Select(value)];
        float[] Single(Func<int, double> value) => Array.ConvertAll(Each(value), number => (float)number);
    }

    /// <summary>T, the number of steps; they are numbered 0 (almost clean) to T − 1 (almost pure noise).</summary>
    public int Steps => Betas.Length;

    /// <summary>β_t, the variance that step t adds.</summary>
    public float[] Betas { get; }

    /// <summary>ᾱ_t = Π(1 − β), the share of the signal's variance that is left.</summary>
    public float[] AlphasCumulativeProduct { get; }

    /// <summary>ᾱ of the step before; 1 at step 0.</summary>
    public float[] AlphasCumulativeProductPrevious { get; }

    /// <summary>√ᾱ.</summary>
    public float[] SqrtAlphasCumulativeProduct { get; }

    /// <summary>√(1 − ᾱ).</summary>
    public float[] SqrtOneMinusAlphasCumulativeProduct { get; }

    /// <summary>log(1 − ᾱ).</summary>
    public float[] LogOneMinusAlphasCumulativeProduct { get; }

    /// <summary>√(1/ᾱ).</summary>
    public float[] SqrtReciprocalAlphasCumulativeProduct { get; }

    /// <summary>√(1/ᾱ − 1).</summary>
    public float[] SqrtReciprocalMinusOneAlphasCumulativeProduct { get; }

    /// <summary>Variance of x_{t−1} given x_t and x_0: β(1 − ᾱ_prev)/(1 − ᾱ); 0 at step 0.</summary>
    public float[] PosteriorVariance { get; }

    /// <summary>Its logarithm, of at least 10⁻²⁰.</summary>
    public float[] PosteriorLogVarianceClipped { get; }

    /// <summary>Weight of x_0 in the mean of x_{t−1}: β√ᾱ_prev/(1 − ᾱ).</summary>
    public float[] PosteriorMeanOfStart { get; }

    /// <summary>Weight of x_t in the mean of x_{t−1}: (1 − ᾱ_prev)√α/(1 − ᾱ).</summary>
    public float[] PosteriorMeanOfNoisy { get; }

    /// <summary>The cosine schedule of Nichol and Dhariwal 2021, "Improved Denoising Diffusion Probabilistic Models" (eq. 17), β at most 0.999.</summary>
    /// <param name="steps">T.</param>
    /// <param name="offset">s, keeps the first steps from being too small.</param>
    public static NoiseSchedule Cosine(int steps, double offset = 0.008)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(offset);
        var signal = new double[steps + 1];
        for (var i = 0; i <= steps; i++) signal[i] = Math.Pow(Math.Cos(((double)i / steps + offset) / (1 + offset) * Math.PI / 2), 2);
        var betas = new double[steps];
        for (var t = 0; t < steps; t++) betas[t] = Math.Min(1 - signal[t + 1] / signal[t], 0.999);
        return new NoiseSchedule(betas);
    }

    /// <summary>The linear schedule of Ho et al. 2020: β from 10⁻⁴ to 0.02, scaled by 1000/T.</summary>
    /// <param name="steps">T, at least 20 (with fewer, β would exceed 1).</param>
    public static NoiseSchedule Linear(int steps)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 20);
        var scale = 1000.0 / steps;
        var betas = new double[steps];
        for (var t = 0; t < steps; t++) betas[t] = scale * (0.0001 + (0.02 - 0.0001) * t / (steps - 1));
        return new NoiseSchedule(betas);
    }

    /// <summary>ᾱ in double precision; 1 for step −1, the clean signal.</summary>
    public double SignalShare(int t) => t == -1 ? 1 : _alphasCumulativeProduct[t];

    /// <summary>λ_t = log(√ᾱ/√(1 − ᾱ)), half the logarithm of the signal-to-noise ratio; infinite for step −1.</summary>
    public double LogSignalToNoise(int t) => 0.5 * (Math.Log(SignalShare(t)) - Math.Log(1 - SignalShare(t)));

    /// <summary>Weight of a sample's loss at each step: 1 for noise, SNR for the start, SNR/(SNR + 1) for velocity.</summary>
    public float[] LossWeights(Objective objective) => Array.ConvertAll(_alphasCumulativeProduct, share => objective switch
    {
        Objective.Noise => 1f,
        Objective.Start => (float)(share / (1 - share)),
        Objective.Velocity => (float)(share / (1 - share) / (share / (1 - share) + 1)),
        _ => throw new ArgumentOutOfRangeException(nameof(objective), objective, "An objective is noise, start or velocity."),
    });
}
