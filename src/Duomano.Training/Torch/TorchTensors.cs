using System.Runtime.InteropServices;
using Duomano.Networks.Tensors;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>Between plain arrays and torch's tensors.</summary>
public static class TorchTensors
{
    /// <summary>Copies numbers into a tensor.</summary>
    /// <param name="values">Row-major values.</param>
    /// <param name="shape">Sizes.</param>
    /// <param name="device">Where it lies; the CPU if not given.</param>
    public static torch.Tensor From(float[] values, IReadOnlyList<int> shape, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shape);
        // torch.tensor would keep a pinned copy in managed memory for as long as the tensor lives.
        var tensor = torch.empty([.. shape.Select(size => (long)size)], torch.float32);
        var place = MemoryMarshal.Cast<byte, float>(tensor.bytes);
        if (place.Length != values.Length) throw new ArgumentException($"[{string.Join(", ", shape)}] takes {place.Length} values, not {values.Length}.", nameof(values));
        values.CopyTo(place);
        if (device is null || device.type == DeviceType.CPU) return tensor;
        using (tensor) return tensor.to(device);
    }

    /// <summary>Copies a checkpoint's tensor.</summary>
    public static torch.Tensor From(TensorData data, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(data);
        return From(data.Values, data.Shape, device);
    }

    /// <summary>The sizes of a tensor.</summary>
    public static int[] ShapeOf(torch.Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        var shape = new int[x.dim()];
        for (var i = 0; i < shape.Length; i++) shape[i] = checked((int)x.size(i));
        return shape;
    }

    /// <summary>Copies a tensor's numbers out, from wherever it lies.</summary>
    public static TensorData ToData(torch.Tensor x)
    {
        ArgumentNullException.ThrowIfNull(x);
        using var scope = torch.NewDisposeScope();
        return new(x.detach().cpu().to(torch.float32).contiguous().data<float>().ToArray(), ShapeOf(x));
    }
}
