using Duomano.Networks.Diffusion;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Running.RecipeCheck;

namespace Duomano.Training.Losses;

/// <summary>
/// What a denoising network is trained on: the squared error of its answer, and optionally of the first and second
/// differences over time of the motion that the answer implies, weighted by step.
/// </summary>
public sealed class DiffusionLoss
{
    private readonly NoiseSchedule _schedule;
    private readonly DiffusionLossOptions _options;
    private readonly float[] _weights;

    /// <summary>Makes the loss of a process.</summary>
    /// <param name="schedule">The process.</param>
    /// <param name="options">Objective and weights.</param>
    public DiffusionLoss(NoiseSchedule schedule, DiffusionLossOptions options)
    {
        ArgumentNullException.ThrowIfNull(schedule);
        ArgumentNullException.ThrowIfNull(options);
        _schedule = schedule;
        _options = options;
        _weights = options.Weighting == LossWeighting.Uniform ? [.. Enumerable.Repeat(1f, schedule.Steps)] : schedule.LossWeights(options.Objective);
    }

    /// <summary>Forward process: x_t = √ᾱ·x_0 + √(1 − ᾱ)·ε.</summary>
    /// <param name="start">x_0, [batch, channels, frames].</param>
    /// <param name="noise">ε, alike.</param>
    /// <param name="steps">t of each sample.</param>
    public torch.Tensor AddNoise(torch.Tensor start, torch.Tensor noise, int[] steps) =>
        Each(_schedule.SqrtAlphasCumulativeProduct, steps, start).mul(start).Plus(Each(_schedule.SqrtOneMinusAlphasCumulativeProduct, steps, start) * noise);

    /// <summary>The loss of one hand.</summary>
    /// <param name="output">The network's answer to <see cref="AddNoise"/>, [batch, channels, frames].</param>
    /// <param name="start">x_0.</param>
    /// <param name="noise">ε.</param>
    /// <param name="steps">t of each sample.</param>
    /// <returns>A scalar.</returns>
    public torch.Tensor Of(torch.Tensor output, torch.Tensor start, torch.Tensor noise, int[] steps)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(noise);
        var loss = MeanSquare(output - Target(start, noise, steps));
        if (_options.VelocityWeight > 0 || _options.AccelerationWeight > 0)
        {
            var velocity = Difference(StartFrom(output, AddNoise(start, noise, steps), steps) - start);
            if (_options.VelocityWeight > 0) loss = loss.Plus(MeanSquare(velocity).Times(_options.VelocityWeight));
            if (_options.AccelerationWeight > 0) loss = loss.Plus(MeanSquare(Difference(velocity)).Times(_options.AccelerationWeight));
        }

        return (loss * Each(_weights, steps, output).flatten()).mean();
    }

    /// <summary>The clean motion that an answer implies.</summary>
    /// <param name="output">The network's answer, [batch, channels, frames].</param>
    /// <param name="noisy">What it was asked about, x_t.</param>
    /// <param name="steps">t of each sample.</param>
    /// <returns>x_0, alike.</returns>
    public torch.Tensor StartFrom(torch.Tensor output, torch.Tensor noisy, int[] steps) => _options.Objective switch
    {
        Objective.Noise => Each(_schedule.SqrtReciprocalAlphasCumulativeProduct, steps, noisy) * noisy
            - Each(_schedule.SqrtReciprocalMinusOneAlphasCumulativeProduct, steps, noisy) * output,
        Objective.Start => output,
        _ => Each(_schedule.SqrtAlphasCumulativeProduct, steps, noisy) * noisy - Each(_schedule.SqrtOneMinusAlphasCumulativeProduct, steps, noisy) * output,
    };

    private torch.Tensor Target(torch.Tensor start, torch.Tensor noise, int[] steps) => _options.Objective switch
    {
        Objective.Noise => noise,
        Objective.Start => start,
        _ => Each(_schedule.SqrtAlphasCumulativeProduct, steps, start) * noise - Each(_schedule.SqrtOneMinusAlphasCumulativeProduct, steps, start) * start,
    };

    private static torch.Tensor Each(float[] schedule, int[] steps, torch.Tensor like) =>
        TorchTensors.From(Array.ConvertAll(steps, t => schedule[t]), [steps.Length, 1, 1], like.device);

    private static torch.Tensor Difference(torch.Tensor x) => x.narrow(2, 1, x.size(2) - 1) - x.narrow(2, 0, x.size(2) - 1);

    private static torch.Tensor MeanSquare(torch.Tensor x) => x.square().mean([1, 2]);
}

/// <summary>Settings of <see cref="DiffusionLoss"/>; the published training uses the defaults.</summary>
public sealed record DiffusionLossOptions
{
    /// <summary>What the network answers.</summary>
    public Objective Objective { get; init; } = Objective.Velocity;

    /// <summary>How much each diffusion step counts.</summary>
    public LossWeighting Weighting { get; init; }

    /// <summary>Weight of the first differences of the implied motion.</summary>
    public double VelocityWeight { get; init => field = AtLeastZero(value); }

    /// <summary>Weight of the second differences.</summary>
    public double AccelerationWeight { get; init => field = AtLeastZero(value); }
}

/// <summary>How much each diffusion step counts in the loss.</summary>
public enum LossWeighting
{
    /// <summary>By its signal-to-noise ratio, as published.</summary>
    SignalToNoise,

    /// <summary>All alike: where the condition tells most of the motion, it is decided while there is still much noise.</summary>
    Uniform,
}
