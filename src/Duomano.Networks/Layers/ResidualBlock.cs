using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>Two convolutions with group norm around which the input is added, scaled and shifted by the diffusion step.</summary>
public static class ResidualBlock
{
    private const int Groups = 8;

    /// <summary>Applies the block.</summary>
    /// <param name="module">Where "mlp", "block1", "block2" and "res_conv" are.</param>
    /// <param name="x">[batch, in, frames].</param>
    /// <param name="time">[batch, time width].</param>
    /// <param name="outputs">Channels of the result.</param>
    public static T Apply<T>(ModuleScope<T> module, T x, T time, int outputs)
    {
        var ops = module.Ops;
        var modulation = module["mlp.1"].Linear(ops.Silu(time), 2 * outputs);
        modulation = ops.Reshape(modulation, ops.Shape(modulation)[0], 2 * outputs, 1);
        var scale = ops.Affine(ops.Slice(modulation, 1, 0, outputs), 1, 1);
        var shift = ops.Slice(modulation, 1, outputs, outputs);

        var h = ConvolveAndNormalize(module["block1"], x, outputs);
        h = ops.Silu(ops.Add(ops.Multiply(h, scale), shift));
        h = ops.Silu(ConvolveAndNormalize(module["block2"], h, outputs));
        var skip = ops.Shape(x)[1] == outputs ? x : module["res_conv"].Conv(x, outputs, kernel: 1);
        return ops.Add(h, skip);
    }

    private static T ConvolveAndNormalize<T>(ModuleScope<T> module, T x, int outputs) =>
        module["norm"].GroupNorm(module["proj"].Conv(x, outputs, kernel: 3), Groups);
}
