using Duomano.Networks.Configuration;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>The rule by which the transformer decoders are masked.</summary>
internal static class DecoderMasks
{
    /// <summary>The biased causal mask [1, heads, frames, frames] if the rule wants one for this input, else none.</summary>
    public static T? For<T>(ITensorOps<T> ops, T h, DecoderMask rule, int period)
    {
        var shape = ops.Shape(h);
        if (rule == DecoderMask.Never || shape[0] != 1) return default;
        var (heads, frames) = (TransformerLayers.Heads, shape[1]);
        return ops.Constant(AttentionMasks.BiasedCausal(frames, period, heads), 1, heads, frames, frames);
    }
}
