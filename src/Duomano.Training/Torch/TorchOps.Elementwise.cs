using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Duomano.Training.Torch;

public sealed partial class TorchOps
{
    /// <inheritdoc/>
    public Tensor Softmax(Tensor x, int axis) => x.softmax(axis);

    /// <inheritdoc/>
    public Tensor Gelu(Tensor x) => functional.gelu(x);

    /// <inheritdoc/>
    public Tensor Silu(Tensor x) => functional.silu(x);

    /// <inheritdoc/>
    public Tensor Relu(Tensor x) => x.relu();

    /// <inheritdoc/>
    public Tensor Tanh(Tensor x) => x.tanh();

    /// <inheritdoc/>
    public Tensor Sigmoid(Tensor x) => x.sigmoid();

    /// <inheritdoc/>
    public Tensor Exp(Tensor x) => x.exp();

    /// <inheritdoc/>
    public Tensor Log(Tensor x) => x.log();

    /// <inheritdoc/>
    public Tensor Sqrt(Tensor x) => x.sqrt();

    /// <inheritdoc/>
    public Tensor Sin(Tensor x) => x.sin();

    /// <inheritdoc/>
    public Tensor Cos(Tensor x) => x.cos();

    /// <inheritdoc/>
    public Tensor AtLeast(Tensor x, float floor) => TorchArithmetic.AtLeast(x, floor);

    /// <inheritdoc/>
    public Tensor Clamp(Tensor x, float floor, float ceiling) => TorchArithmetic.AtLeast(x, floor).AtMost(ceiling);

    /// <inheritdoc/>
    public Tensor Sum(Tensor x, int axis) => x.sum(axis, keepdim: true);

    /// <inheritdoc/>
    public Tensor Max(Tensor x, int axis) => x.amax([axis], keepdim: true);

    /// <inheritdoc/>
    public Tensor Reshape(Tensor x, params IReadOnlyList<int> shape) => x.reshape(Sizes(shape));

    /// <inheritdoc/>
    public Tensor Permute(Tensor x, params IReadOnlyList<int> axes) => x.permute(Sizes(axes));

    /// <inheritdoc/>
    public Tensor Concat(int axis, params IReadOnlyList<Tensor> parts) => cat([.. parts], axis);

    /// <inheritdoc/>
    public Tensor Slice(Tensor x, int axis, int start, int length) => x.narrow(axis < 0 ? axis + x.dim() : axis, start, length);

    /// <inheritdoc/>
    public Tensor Pad(Tensor x, int axis, int before, int after)
    {
        var positive = axis < 0 ? axis + (int)x.dim() : axis;
        var padding = new long[2 * (x.dim() - positive)]; // torch counts the axes from the last
        (padding[^2], padding[^1]) = (before, after);
        return functional.pad(x, padding);
    }

    /// <inheritdoc/>
    public Tensor UpsampleNearest(Tensor x)
    {
        var shape = x.shape;
        return x.unsqueeze(-1).expand([.. shape, 2]).reshape([.. shape[..^1], 2 * shape[^1]]);
    }

    private static long[] Sizes(IReadOnlyList<int> sizes)
    {
        var result = new long[sizes.Count];
        for (var i = 0; i < result.Length; i++) result[i] = sizes[i];
        return result;
    }
}
