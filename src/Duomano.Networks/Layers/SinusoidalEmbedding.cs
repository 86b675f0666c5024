using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>Diffusion steps as waves of falling frequency (Vaswani et al. 2017).</summary>
public static class SinusoidalEmbedding
{
    /// <summary>[sin(t·f), cos(t·f)] with f = 10000^(−k/(width/2 − 1)).</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="steps">[batch], as numbers.</param>
    /// <param name="width">Even width of the result.</param>
    /// <returns>[batch, width].</returns>
    public static T Apply<T>(ITensorOps<T> ops, T steps, int width)
    {
        ArgumentNullException.ThrowIfNull(ops);
        var half = width / 2;
        var frequencies = new float[half];
        var decay = (float)(-Math.Log(10000) / (half - 1));
        for (var k = 0; k < half; k++) frequencies[k] = MathF.Exp(k * decay);
        var angles = ops.Multiply(ops.Reshape(steps, ops.Shape(steps)[0], 1), ops.Constant(frequencies, 1, half));
        return ops.Concat(1, ops.Sin(angles), ops.Cos(angles));
    }
}
