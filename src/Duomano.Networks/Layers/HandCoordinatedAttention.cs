using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>
/// Hand-Coordinated Asymmetric Attention (HCAA, arXiv 2504.09885): what the other hand's own attention says is taken off
/// the own hand's, as a differential transformer (Ye et al. 2024) takes off noise. Computed as published: each hand attends
/// only to itself, causally, and nothing is added back to the input. The parameters called "left" serve the own hand and
/// those called "right" the other, in the right hand's network as well.
/// </summary>
public static class HandCoordinatedAttention
{
    private const int Heads = 8;
    private const float InitialLambda = 0.1f;

    /// <summary>Applies the attention.</summary>
    /// <param name="module">Where q_proj_left … mlp are.</param>
    /// <param name="own">[batch, width, frames].</param>
    /// <param name="other">The other hand's, alike.</param>
    /// <param name="oneProjection">Whether the other hand goes through the own hand's projections; not as published, to compare with.</param>
    /// <returns>[batch, width, frames].</returns>
    public static T Apply<T>(ModuleScope<T> module, T own, T other, bool oneProjection = false)
    {
        var ops = module.Ops;
        var shape = ops.Shape(own);
        var (width, frames) = (shape[1], shape[2]);
        var lambda = Lambda(module, width / Heads);
        var mask = ops.Constant(AttentionMasks.Causal(frames), 1, 1, frames, frames);
        var ownAttention = Attend("left", own);
        var combined = ops.Subtract(ownAttention, ops.Multiply(lambda, Attend(oneProjection ? "left" : "right", other)));
        var projected = module["out_proj"].Linear(module["subln"].LayerNorm(combined), width, bias: false);
        return ops.Transpose(module["mlp.2"].Linear(ops.Relu(module["mlp.0"].Linear(projected, 2 * width)), width));

        T Attend(string side, T hand)
        {
            var x = ops.Transpose(hand);
            return MultiHeadAttention.Attend(ops, Project("q"), Project("k"), Project("v"), Heads, mask);

            T Project(string part) => module[$"{part}_proj_{side}"].Linear(x, width, bias: false);
        }
    }

    /// <summary>exp(λq·λk) of the own hand − exp(λq·λk) of the other + 0.1, one number for all heads: [1].</summary>
    /// <param name="module">Where lambda_q_left … are.</param>
    /// <param name="headWidth">Length of the λ vectors.</param>
    public static T Lambda<T>(ModuleScope<T> module, int headWidth)
    {
        var ops = module.Ops;
        return ops.Affine(ops.Subtract(Side("left"), Side("right")), 1, InitialLambda);

        T Side(string side) => ops.Exp(ops.Sum(ops.Multiply(Vector($"lambda_q_{side}"), Vector($"lambda_k_{side}")), 0));
        T Vector(string name) => module.Parameter(name, Initialization.Normal(0.1f), headWidth);
    }
}
