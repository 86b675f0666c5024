using Duomano.Core.Hands;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>Ancestral sampling with golden noise.</summary>
internal static class PublishedSampling
{
    /// <summary>Samples both hands.</summary>
    /// <param name="folder">Where init_noise and noise of each hand are.</param>
    /// <param name="timesteps">T.</param>
    /// <param name="guide">Each hand's guide, frame-major.</param>
    /// <param name="cond">Each hand's raw condition, frame-major.</param>
    /// <param name="ownNoise">Whether the right hand starts from its own noise, not the left hand's.</param>
    /// <param name="observe">Called after each step.</param>
    public static PerHand<float[]> Run(
        string folder, int timesteps, PerHand<torch.Tensor> guide, PerHand<torch.Tensor> cond, bool ownNoise, Action<SamplerStep>? observe = null)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var initial = Golden.Array($"{folder}/init_noise_left.npy");
        var networks = GestureNetworks(GestureParameters());
        var condition = networks.Zip(cond, (network, raw) => network.Condition(raw));
        var guides = guide.Map<torch.Tensor?>(track => track.transpose(1, 2));
        var start = PerHand.Create(side => side == HandSide.Left || !ownNoise ? initial.Values : Golden.Array($"{folder}/init_noise_{side.Name()}.npy").Values);
        return new AncestralSampler(new() { Schedule = NoiseSchedule.Cosine(timesteps) }).Sample(start, Denoise, new StoredNoise(folder, timesteps), observe);

        PerHand<float[]> Denoise(PerHand<float[]> noisy, int t)
        {
            using var step = torch.NewDisposeScope();
            using var _ = torch.no_grad();
            var steps = torch.full(initial.Shape[0], t, torch.float32);
            var pose = noisy.Map(values => TorchTensors.From(values, initial.Shape));
            return TwoHandUNet.Evaluate(networks, pose, steps, condition, guides).Map(output => TorchTensors.ToData(output).Values);
        }
    }

    private sealed class StoredNoise(string folder, int timesteps) : INoiseSource
    {
        private readonly PerHand<float[]> _noise = PerHand.Create(side => Golden.Array($"{folder}/noise_{side.Name()}.npy").Values);

        public void Fill(HandSide hand, int t, Span<float> noise) => _noise[hand].AsSpan((timesteps - 1 - t) * noise.Length, noise.Length).CopyTo(noise);
    }
}
