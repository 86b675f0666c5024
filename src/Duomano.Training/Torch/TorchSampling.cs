using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>Samples motion with both hands' networks on torch, for validations.</summary>
public static class TorchSampling
{
    /// <summary>Samples.</summary>
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
        IReadOnlyList<int> shape, bool sharedNoise = false)
    {
        ArgumentNullException.ThrowIfNull(shape);
        var noise = new GaussianNoise(random);
        var initial = noise.Initial(shape.Aggregate(1, (product, size) => product * size));
        if (sharedNoise) initial = new(initial.Left, [.. initial.Left]);
        ISampler sampler = steps == 0 ? new AncestralSampler(options) : new DpmSolverMultistep(options, steps);
        return sampler.Sample(initial, Denoise, noise);

        PerHand<float[]> Denoise(PerHand<float[]> noisy, int step)
        {
            using var noGradient = torch.no_grad();
            using var scope = torch.NewDisposeScope();
            var device = cond.Left.device;
            var at = TorchTensors.From([.. Enumerable.Repeat((float)step, shape[0])], [shape[0]], device);
            return TwoHandUNet.Evaluate(networks, noisy.Map(values => TorchTensors.From(values, shape, device)), at, cond, guides)
                .Map(answer => TorchTensors.ToData(answer).Values);
        }
    }
}
