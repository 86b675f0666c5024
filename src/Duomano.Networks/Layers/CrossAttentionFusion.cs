using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>The own hand asks the other by ordinary cross-attention; an alternative to HCAA.</summary>
public static class CrossAttentionFusion
{
    private const int Heads = 8;

    /// <summary>Applies the fusion.</summary>
    /// <param name="module">Where "cross_attn", "norm" and "mlp" are.</param>
    /// <param name="own">[batch, width, frames].</param>
    /// <param name="other">The other hand's, alike.</param>
    /// <returns>[batch, width, frames].</returns>
    public static T Apply<T>(ModuleScope<T> module, T own, T other)
    {
        var ops = module.Ops;
        var width = ops.Shape(own)[1];
        var x = ops.Transpose(own);
        var attended = module["cross_attn"].CrossAttention(x, ops.Transpose(other), Heads);
        var h = module["norm"].LayerNorm(ops.Add(attended, x));
        return ops.Transpose(module["mlp.2"].Linear(ops.Relu(module["mlp.0"].Linear(h, 2 * width)), width));
    }
}
