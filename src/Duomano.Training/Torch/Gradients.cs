using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>What is measured of and done to all gradients together.</summary>
public static class Gradients
{
    /// <summary>The Euclidean norm over all gradients; parameters without one count as zero.</summary>
    public static double Norm(IReadOnlyList<KeyValuePair<string, torch.Tensor>> parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var squares = 0.0;
        torch.Tensor? onDevice = null; // summed there, so that the host waits once
        foreach (var (_, parameter) in parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (gradient.device_type == DeviceType.CPU && gradient.is_contiguous()) squares += TensorPrimitives.SumOfSquares<float>(Floats(gradient));
            else onDevice = onDevice is null ? gradient.square().sum() : onDevice.Plus(gradient.square().sum());
        }

        return Math.Sqrt(squares + (onDevice?.cpu().item<float>() ?? 0));
    }

    /// <summary>Scales all gradients down so that their norm is at most a limit, as PyTorch does.</summary>
    /// <returns>The norm before.</returns>
    public static double ClipNorm(IReadOnlyList<KeyValuePair<string, torch.Tensor>> parameters, double limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(limit);
        var norm = Norm(parameters);
        var factor = (float)(limit / (norm + 1e-6));
        if (factor >= 1) return norm;
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var (_, parameter) in parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (gradient.device_type == DeviceType.CPU && gradient.is_contiguous())
            {
                var values = Floats(gradient);
                TensorPrimitives.Multiply(values, factor, values);
            }
            else
            {
                gradient.copy_(gradient.Times(factor));
            }
        }

        return norm;
    }

    private static Span<float> Floats(torch.Tensor x) => MemoryMarshal.Cast<byte, float>(x.bytes);
}
