namespace Duomano.Networks.Diffusion;

/// <summary>
/// The algebra between x_0 (start), ε (noise), x_t (noisy) and v (velocity) at one step. Spans have equal lengths; a
/// result may be written over an input.
/// </summary>
public static class Parameterization
{
    /// <summary>Forward process: x_t = √ᾱ·x_0 + √(1 − ᾱ)·ε.</summary>
    public static void AddNoise(NoiseSchedule schedule, int t, ReadOnlySpan<float> start, ReadOnlySpan<float> noise, Span<float> noisy) =>
        Combine(start, Known(schedule).SqrtAlphasCumulativeProduct[t], noise, schedule.SqrtOneMinusAlphasCumulativeProduct[t], noisy);

    /// <summary>v = √ᾱ·ε − √(1 − ᾱ)·x_0.</summary>
    public static void Velocity(NoiseSchedule schedule, int t, ReadOnlySpan<float> start, ReadOnlySpan<float> noise, Span<float> velocity) =>
        Combine(noise, Known(schedule).SqrtAlphasCumulativeProduct[t], start, -schedule.SqrtOneMinusAlphasCumulativeProduct[t], velocity);

    /// <summary>What a network with an objective should answer.</summary>
    public static void Target(NoiseSchedule schedule, Objective objective, int t, ReadOnlySpan<float> start, ReadOnlySpan<float> noise, Span<float> target)
    {
        switch (objective)
        {
            case Objective.Noise: noise.CopyTo(target); break;
            case Objective.Start: start.CopyTo(target); break;
            case Objective.Velocity: Velocity(schedule, t, start, noise, target); break;
            default: throw Unknown(objective);
        }
    }

    /// <summary>x_0 as a network's answer implies it: itself, √(1/ᾱ)·x_t − √(1/ᾱ − 1)·ε, or √ᾱ·x_t − √(1 − ᾱ)·v.</summary>
    public static void StartFromOutput(
        NoiseSchedule schedule, Objective objective, int t, ReadOnlySpan<float> noisy, ReadOnlySpan<float> output, Span<float> start)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        switch (objective)
        {
            case Objective.Noise:
                Combine(noisy, schedule.SqrtReciprocalAlphasCumulativeProduct[t], output, -schedule.SqrtReciprocalMinusOneAlphasCumulativeProduct[t], start);
                break;
            case Objective.Start: output.CopyTo(start); break;
            case Objective.Velocity:
                Combine(noisy, schedule.SqrtAlphasCumulativeProduct[t], output, -schedule.SqrtOneMinusAlphasCumulativeProduct[t], start);
                break;
            default: throw Unknown(objective);
        }
    }

    /// <summary>ε = (√(1/ᾱ)·x_t − x_0)/√(1/ᾱ − 1).</summary>
    public static void NoiseFromStart(NoiseSchedule schedule, int t, ReadOnlySpan<float> noisy, ReadOnlySpan<float> start, Span<float> noise)
    {
        var (scale, divisor) = (Known(schedule).SqrtReciprocalAlphasCumulativeProduct[t], schedule.SqrtReciprocalMinusOneAlphasCumulativeProduct[t]);
        RequireEqual(noisy, start, noise);
        for (var i = 0; i < noise.Length; i++) noise[i] = (scale * noisy[i] - start[i]) / divisor;
    }

    /// <summary>Mean of x_{t−1} given x_t and x_0.</summary>
    public static void PosteriorMean(NoiseSchedule schedule, int t, ReadOnlySpan<float> start, ReadOnlySpan<float> noisy, Span<float> mean) =>
        Combine(start, Known(schedule).PosteriorMeanOfStart[t], noisy, schedule.PosteriorMeanOfNoisy[t], mean);

    /// <summary>a·x + b·y.</summary>
    internal static void Combine(ReadOnlySpan<float> x, float a, ReadOnlySpan<float> y, float b, Span<float> result)
    {
        RequireEqual(x, y, result);
        for (var i = 0; i < result.Length; i++) result[i] = a * x[i] + b * y[i];
    }

    private static void RequireEqual(ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> result)
    {
        if (x.Length != y.Length || x.Length != result.Length)
        {
            throw new ArgumentException($"{x.Length}, {y.Length} and {result.Length} values, expected equal counts.");
        }
    }

    private static NoiseSchedule Known(NoiseSchedule schedule) => schedule ?? throw new ArgumentNullException(nameof(schedule));

    private static ArgumentOutOfRangeException Unknown(Objective objective) => new(nameof(objective), objective, "An objective is noise, start or velocity.");
}
