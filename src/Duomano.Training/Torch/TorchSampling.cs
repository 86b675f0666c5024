using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Motion;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Training.Gesture;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>Samples motion with both hands' networks on torch, for validations.</summary>
public static class TorchSampling
{
    /// <summary>Samples with a network for each hand, from noise as drawn.</summary>
    /// <param name="options">Schedule, objective and clip range.</param>
    /// <param name="steps">So many of DPM-Solver++, or all of the schedule's by the ancestral sampler if 0.</param>
    /// <param name="random">What noise is drawn from.</param>
    /// <param name="networks">Each hand's network.</param>
    /// <param name="cond">What each network's condition became.</param>
    /// <param name="guides">Each hand's guide, or null.</param>
    /// <param name="shape">[batch, channels, frames].</param>
    /// <param name="sharedNoise">Whether both hands start from the same noise.</param>
    /// <returns>Each hand's [batch, channels, frames].</returns>
    public static PerHand<float[]> Sample(
        SamplerOptions options, int steps, SeededRandom random, PerHand<UNet<torch.Tensor>> networks, PerHand<torch.Tensor> cond, PerHand<torch.Tensor?> guides,
        IReadOnlyList<int> shape, bool sharedNoise = false) =>
        Sample(options, steps, random, (noisy, at) => TwoHandUNet.Evaluate(networks, noisy, at, cond, guides), shape, cond.Left.device, new() { Shared = sharedNoise });

    /// <summary>Samples with whatever denoises both hands.</summary>
    /// <param name="options">Schedule, objective and clip range.</param>
    /// <param name="steps">So many of DPM-Solver++, or all of the schedule's by the ancestral sampler if 0.</param>
    /// <param name="random">What noise is drawn from.</param>
    /// <param name="denoise">The networks.</param>
    /// <param name="shape">[batch, channels, frames].</param>
    /// <param name="device">Where they live.</param>
    /// <param name="start">How the noise is that sampling starts from.</param>
    /// <returns>Each hand's [batch, channels, frames].</returns>
    public static PerHand<float[]> Sample(SamplerOptions options, int steps, SeededRandom random, DenoiseBoth denoise, IReadOnlyList<int> shape, torch.Device device, StartNoise start)
    {
        ArgumentNullException.ThrowIfNull(denoise);
        ArgumentNullException.ThrowIfNull(shape);
        var noise = new GaussianNoise(random);
        var initial = noise.Initial(shape.Aggregate(1, (product, size) => product * size));
        if (start.Shared) initial = new(initial.Left, [.. initial.Left]);
        if (start.WristsTogether > 0) WristNoise.Share(initial.Left, initial.Right, shape[1], shape[2], start.WristsTogether);
        if (start.Temperature != 1) initial = initial.Map(values => Array.ConvertAll(values, value => value * start.Temperature));
        ISampler sampler = steps == 0 ? new AncestralSampler(options) : new DpmSolverMultistep(options, steps);
        return sampler.Sample(initial, Denoise, noise);

        PerHand<float[]> Denoise(PerHand<float[]> noisy, int step)
        {
            using var noGradient = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var at = TorchTensors.From([.. Enumerable.Repeat((float)step, shape[0])], [shape[0]], device);
            return denoise(noisy.Map(values => TorchTensors.From(values, shape, device)), new(at, at)).Map(answer => TorchTensors.ToData(answer).Values);
        }
    }
}

/// <summary>The noise that sampling starts from.</summary>
public readonly record struct StartNoise()
{
    /// <summary>Whether both hands start from the same.</summary>
    public bool Shared { get; init; }

    /// <summary>How far both wrists' noise is the same, 0 for not at all to 1; for networks that draw wrists. <see cref="WristNoise"/>.</summary>
    public float WristsTogether { get; init; }

    /// <summary>Its deviation; 0 for none. The ancestral sampler adds noise of 1 all the same.</summary>
    public float Temperature { get; init; } = 1;
}
