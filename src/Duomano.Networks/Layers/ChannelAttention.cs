using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>
/// The attentions inside the U-Net, channel-first, with RMS norm before and the input added after. Both have four heads
/// of 32 channels whatever the width.
/// </summary>
public static class ChannelAttention
{
    private const int Heads = 4;
    private const int HeadWidth = 32;
    private static readonly float Scale = 1 / MathF.Sqrt(HeadWidth);

    /// <summary>Attention of linear cost (Shen et al. 2021): keys normalised over frames, queries over channels.</summary>
    /// <param name="module">Where "fn.norm", "fn.fn.to_qkv" and "fn.fn.to_out" are.</param>
    /// <param name="x">[batch, channels, frames].</param>
    public static T Linear<T>(ModuleScope<T> module, T x)
    {
        var ops = module.Ops;
        var (query, key, value) = Project(module, x);
        query = ops.Affine(ops.Softmax(query, 2), Scale);
        key = ops.Softmax(key, 3);
        var context = ops.MatMul(value, ops.Permute(key, 0, 1, 3, 2)); // [value channel, key channel]
        var output = module["fn.fn.to_out"];
        var mixed = output[0].Conv(Join(ops, ops.MatMul(context, query)), ops.Shape(x)[1], kernel: 1);
        return ops.Add(x, output[1].RmsNorm(mixed));
    }

    /// <summary>Attention of all frames to all frames.</summary>
    /// <param name="module">Where "fn.norm", "fn.fn.to_qkv" and "fn.fn.to_out" are.</param>
    /// <param name="x">[batch, channels, frames].</param>
    public static T Full<T>(ModuleScope<T> module, T x)
    {
        var ops = module.Ops;
        var (query, key, value) = Project(module, x);
        var weights = ops.Softmax(ops.MatMul(ops.Permute(ops.Affine(query, Scale), 0, 1, 3, 2), key), -1);
        var mixed = ops.MatMul(value, ops.Permute(weights, 0, 1, 3, 2));
        return ops.Add(x, module["fn.fn.to_out"].Conv(Join(ops, mixed), ops.Shape(x)[1], kernel: 1));
    }

    // Each [batch, heads, head channels, frames].
    private static (T Query, T Key, T Value) Project<T>(ModuleScope<T> module, T x)
    {
        var ops = module.Ops;
        var packed = module["fn.fn.to_qkv"].Conv(module["fn.norm"].RmsNorm(x), 3 * Heads * HeadWidth, kernel: 1, bias: false);
        var shape = ops.Shape(packed);
        return (Part(0), Part(1), Part(2));

        T Part(int index) => ops.Reshape(ops.Slice(packed, 1, index * Heads * HeadWidth, Heads * HeadWidth), shape[0], Heads, HeadWidth, shape[2]);
    }

    private static T Join<T>(ITensorOps<T> ops, T x)
    {
        var shape = ops.Shape(x);
        return ops.Reshape(x, shape[0], Heads * HeadWidth, shape[3]);
    }
}
