using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>Scaled dot-product attention in several heads (Vaswani et al. 2017), frame-major.</summary>
public static class MultiHeadAttention
{
    /// <summary>Attention of projected queries to projected keys and values, heads joined again.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="query">[batch, frames, width].</param>
    /// <param name="key">[batch, memory frames, width].</param>
    /// <param name="value">[batch, memory frames, width].</param>
    /// <param name="heads">Number of heads, a divisor of the width.</param>
    /// <param name="mask">Added to the scores: broadcasts to [batch, heads, frames, memory frames]; or none.</param>
    /// <param name="dropout">Share of the attention weights dropped while training.</param>
    /// <returns>[batch, frames, width].</returns>
    public static T Attend<T>(ITensorOps<T> ops, T query, T key, T value, int heads, T? mask = default, float dropout = 0)
    {
        ArgumentNullException.ThrowIfNull(ops);
        var shape = ops.Shape(query);
        var (batch, frames, width) = (shape[0], shape[1], shape[2]);
        var scaled = ops.Affine(query, 1 / MathF.Sqrt(width / heads));
        var scores = ops.MatMul(Split(scaled, 0, 2, 1, 3), Split(key, 0, 2, 3, 1));
        if (mask is not null) scores = ops.Add(scores, mask);
        var weights = ops.Softmax(scores, -1);
        if (dropout > 0) weights = ops.Dropout(weights, dropout);
        var mixed = ops.MatMul(weights, Split(value, 0, 2, 1, 3));
        return ops.Reshape(ops.Permute(mixed, 0, 2, 1, 3), batch, frames, width);

        T Split(T x, params IReadOnlyList<int> axes) => ops.Permute(ops.Reshape(x, batch, ops.Shape(x)[1], heads, width / heads), axes);
    }

    /// <summary>Self-attention with the projections packed as PyTorch packs them (in_proj_weight: q, k, v).</summary>
    /// <param name="module">Where in_proj_weight, in_proj_bias and out_proj are.</param>
    /// <param name="x">[batch, frames, width].</param>
    /// <param name="heads">Number of heads.</param>
    /// <param name="mask">Added to the scores, or none.</param>
    /// <param name="dropout">Share of the attention weights dropped while training.</param>
    public static T SelfAttention<T>(this ModuleScope<T> module, T x, int heads, T? mask = default, float dropout = 0)
    {
        var ops = module.Ops;
        var width = ops.Shape(x)[^1];
        var (weight, bias) = module.PackedProjections(width);
        var packed = ops.Linear(x, weight, bias);
        return module.OutProjection(Attend(ops, Part(0), Part(1), Part(2), heads, mask, dropout));

        T Part(int index) => ops.Slice(packed, -1, index * width, width);
    }

    /// <summary>Attention of one sequence to another, with packed projections.</summary>
    /// <param name="module">Where in_proj_weight, in_proj_bias and out_proj are.</param>
    /// <param name="x">[batch, frames, width], asks.</param>
    /// <param name="memory">[batch, memory frames, width], is asked.</param>
    /// <param name="heads">Number of heads.</param>
    public static T CrossAttention<T>(this ModuleScope<T> module, T x, T memory, int heads)
    {
        var ops = module.Ops;
        var width = ops.Shape(x)[^1];
        var (weight, bias) = module.PackedProjections(width);
        return module.OutProjection(Attend(ops, Project(x, 0), Project(memory, 1), Project(memory, 2), heads));

        T Project(T input, int index) => ops.Linear(input, ops.Slice(weight, 0, index * width, width), ops.Slice(bias, 0, index * width, width));
    }

    /// <summary>
    /// Cross-attention in which each frame may see only its own frame of the memory. The softmax over one entry is one, so
    /// what remains is out_proj(v_proj(memory)); the query and key projections are still part of the parameters.
    /// </summary>
    /// <param name="module">Where in_proj_weight, in_proj_bias and out_proj are.</param>
    /// <param name="memory">[batch, frames, width].</param>
    /// <param name="dropout">Share of the values dropped while training.</param>
    public static T OwnFrameCrossAttention<T>(this ModuleScope<T> module, T memory, float dropout)
    {
        var ops = module.Ops;
        var width = ops.Shape(memory)[^1];
        var (weight, bias) = module.PackedProjections(width);
        var value = ops.Linear(memory, ops.Slice(weight, 0, 2 * width, width), ops.Slice(bias, 0, 2 * width, width));
        return module.OutProjection(dropout > 0 ? ops.Dropout(value, dropout) : value);
    }

    private static (T Weight, T Bias) PackedProjections<T>(this ModuleScope<T> module, int width) => (
        module.Parameter("in_proj_weight", Initialization.Xavier(width, 3 * width), 3 * width, width),
        module.Parameter("in_proj_bias", Initialization.Zeros, 3 * width));

    private static T OutProjection<T>(this ModuleScope<T> module, T x)
    {
        var output = module["out_proj"];
        var width = module.Ops.Shape(x)[^1];
        return module.Ops.Linear(x, output.Parameter("weight", Initialization.FanIn(width), width, width), output.Parameter("bias", Initialization.Zeros, width));
    }
}
