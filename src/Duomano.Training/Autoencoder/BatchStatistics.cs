using Duomano.Networks.Autoencoder;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Autoencoder;

/// <summary>Batch normalisation while training: the batch's own mean and variance, which the running ones follow.</summary>
internal static class BatchStatistics
{
    // PyTorch's default.
    private const double Momentum = 0.1;

    /// <summary>A <see cref="BatchStatistics{T}"/> that moves the running statistics a tenth of the way to the batch's.</summary>
    public static (torch.Tensor Mean, torch.Tensor Variance) OfBatch(torch.Tensor x, torch.Tensor runningMean, torch.Tensor runningVariance)
    {
        // Channels first, everything else beside one another.
        var channels = x.transpose(0, 1).reshape(x.size(1), -1);
        var mean = channels.mean([1]);
        var variance = (channels - mean.unsqueeze(1)).square().mean([1]);
        using var noGradient = torch.no_grad();
        var count = channels.size(1);
        runningMean.Blend(1 - Momentum, mean.detach(), Momentum);
        runningVariance.Blend(1 - Momentum, variance.detach(), Momentum * count / Math.Max(1, count - 1));
        return (mean, variance);
    }
}
