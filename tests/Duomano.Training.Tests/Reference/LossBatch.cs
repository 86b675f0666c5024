using Duomano.Core.Hands;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Training.Losses;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>The golden training batch.</summary>
internal sealed class LossBatch
{
    private readonly PerHand<torch.Tensor> _start = Both("x_start");
    private readonly PerHand<torch.Tensor> _noise = Both("noise");
    private readonly PerHand<torch.Tensor> _guide = Both("guide").Map(guide => guide.transpose(1, 2));
    private readonly PerHand<torch.Tensor> _cond = Both("cond");

    public int[] Steps { get; } = Array.ConvertAll(Golden.Array("diffusion/loss/t.npy").Integers, t => (int)t);

    public PerHand<torch.Tensor> Noisy(DiffusionLoss loss) => _start.Zip(_noise, (start, noise) => loss.AddNoise(start, noise, Steps));

    /// <summary>Each hand's loss.</summary>
    public PerHand<torch.Tensor> Losses(PerHand<UNet<torch.Tensor>> networks, DiffusionLossOptions options)
    {
        var loss = new DiffusionLoss(NoiseSchedule.Cosine(Arguments.Timesteps), options);
        var output = TwoHandUNet.Evaluate<torch.Tensor>(
            networks,
            Noisy(loss),
            Tensor("diffusion/loss/t.npy"),
            networks.Zip(_cond, (network, cond) => network.Condition(cond)),
            _guide.Map<torch.Tensor?>(guide => guide));
        return PerHand.Create(side => loss.Of(output[side], _start[side], _noise[side], Steps));
    }

    private static PerHand<torch.Tensor> Both(string name) => PerHand.Create(side => Tensor($"diffusion/loss/{name}_{side.Name()}.npy"));
}
