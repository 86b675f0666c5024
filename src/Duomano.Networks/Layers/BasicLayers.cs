using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>
/// The layers with parameters that everything else is made of. Input widths are taken from the input; parameters start
/// as PyTorch starts them.
/// </summary>
public static class BasicLayers
{
    /// <summary>x·Wᵀ + b over the last axis.</summary>
    /// <param name="module">Where "weight" and "bias" are.</param>
    /// <param name="x">[…, in].</param>
    /// <param name="outputs">Width of the result.</param>
    /// <param name="bias">Whether there is a b.</param>
    public static T Linear<T>(this ModuleScope<T> module, T x, int outputs, bool bias = true)
    {
        var inputs = module.Ops.Shape(x)[^1];
        var start = Initialization.FanIn(inputs);
        return module.Ops.Linear(x, module.Parameter("weight", start, outputs, inputs), bias ? module.Parameter("bias", start, outputs) : default);
    }

    /// <summary>Convolution over frames that keeps their number when the stride is one and the kernel odd.</summary>
    /// <param name="module">Where "weight" and "bias" are.</param>
    /// <param name="x">[batch, in, frames].</param>
    /// <param name="outputs">Channels of the result.</param>
    /// <param name="kernel">Taps.</param>
    /// <param name="stride">Step.</param>
    /// <param name="dilation">Distance between taps.</param>
    /// <param name="bias">Whether each channel has an offset.</param>
    public static T Conv<T>(this ModuleScope<T> module, T x, int outputs, int kernel, int stride = 1, int dilation = 1, bool bias = true)
    {
        var inputs = module.Ops.Shape(x)[1];
        var start = Initialization.FanIn(inputs * kernel);
        var weight = module.Parameter("weight", start, outputs, inputs, kernel);
        return module.Ops.Conv1d(x, weight, bias ? module.Parameter("bias", start, outputs) : default, stride, (kernel - 1) / 2 * dilation, dilation: dilation);
    }

    /// <summary>Normalises the last axis, then scales and shifts it.</summary>
    public static T LayerNorm<T>(this ModuleScope<T> module, T x)
    {
        var width = module.Ops.Shape(x)[^1];
        return module.Ops.LayerNorm(x, module.Parameter("weight", Initialization.Ones, width), module.Parameter("bias", Initialization.Zeros, width));
    }

    /// <summary>Normalises groups of channels over frames, then scales and shifts each channel.</summary>
    public static T GroupNorm<T>(this ModuleScope<T> module, T x, int groups)
    {
        var width = module.Ops.Shape(x)[1];
        return module.Ops.GroupNorm(x, groups, module.Parameter("weight", Initialization.Ones, width), module.Parameter("bias", Initialization.Zeros, width));
    }

    /// <summary>
    /// x / ‖x‖₂ · g · √C with the norm over the channels of each frame (Zhang and Sennrich 2019), which does not depend on
    /// the number of frames.
    /// </summary>
    /// <param name="module">Where "g" [1, C, 1] is.</param>
    /// <param name="x">[batch, C, frames].</param>
    public static T RmsNorm<T>(this ModuleScope<T> module, T x)
    {
        var ops = module.Ops;
        var width = ops.Shape(x)[1];
        // Flooring the square instead of the root is the same number and keeps the gradient of the root finite.
        var norm = ops.Sqrt(ops.AtLeast(ops.Sum(ops.Multiply(x, x), 1), 1e-24f));
        var gain = ops.Affine(module.Parameter("g", Initialization.Ones, 1, width, 1), MathF.Sqrt(width));
        return ops.Multiply(ops.Divide(x, norm), gain);
    }

    /// <summary>Swaps the last two axes, between frame-major [batch, frames, channels] and channel-first.</summary>
    public static T Transpose<T>(this ITensorOps<T> ops, T x)
    {
        ArgumentNullException.ThrowIfNull(ops);
        var rank = ops.Shape(x).Count;
        return ops.Permute(x, [.. Enumerable.Range(0, rank - 2), rank - 1, rank - 2]);
    }
}
