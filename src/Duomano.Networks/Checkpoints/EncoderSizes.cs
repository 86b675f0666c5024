using Duomano.Networks.Configuration;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>An audio encoder's sizes told from its weights, which show all but the strides and the number of heads.</summary>
public static class EncoderSizes
{
    // Every published encoder has heads of this width, and these strides.
    private const int HeadWidth = 64;

    /// <summary>Tells the sizes.</summary>
    /// <param name="weights">The encoder's tensors.</param>
    /// <exception cref="FormatException">They do not show in these weights.</exception>
    public static AudioEncoderConfig Of(StateDict weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        var layers = Enumerable.Range(0, 16).Select(i => $"feature_extractor.conv_layers.{i}.").TakeWhile(layer => weights.TryGet(layer + "conv.weight", out _)).ToList();
        var strides = AudioEncoderConfig.Base.ConvStrides;
        if (layers.Count != strides.Count) throw new FormatException($"has {layers.Count} convolutions, published encoders {strides.Count}; give the encoder's own folder (--encoder)");
        var width = Size(weights, "feature_projection.projection.weight", 0);
        if (width % HeadWidth != 0) throw new FormatException($"is {width} wide, so that its number of heads does not show; give the encoder's own folder (--encoder)");
        var every = weights.TryGet(layers[1] + "layer_norm.weight", out _);
        return new()
        {
            ConvWidths = [.. layers.Select(layer => Size(weights, layer + "conv.weight", 0))],
            ConvKernels = [.. layers.Select(layer => Size(weights, layer + "conv.weight", 2))],
            ConvStrides = strides,
            ConvBias = weights.TryGet(layers[0] + "conv.bias", out _),
            ExtractorNorm = every ? ExtractorNorm.EveryLayer : ExtractorNorm.FirstLayerGroups,
            ProjectionNorm = weights.TryGet("feature_projection.layer_norm.weight", out _),
            Width = width,
            Layers = Enumerable.Range(0, 129).TakeWhile(i => weights.TryGet($"encoder.layers.{i}.attention.q_proj.weight", out _)).Count(),
            Heads = width / HeadWidth,
            FeedForward = Size(weights, "encoder.layers.0.feed_forward.intermediate_dense.weight", 0),
            PositionKernel = Size(weights, "encoder.pos_conv_embed.conv.weight_v", 2),
            PositionGroups = width / Math.Max(1, Size(weights, "encoder.pos_conv_embed.conv.weight_v", 1)),
            // The published encoders that normalise every convolution are the pre-norm ones.
            PreNorm = every,
        };
    }

    private static int Size(StateDict weights, string name, int axis) => weights.TryGet(name, out var tensor) && tensor.Shape.Count > axis
        ? tensor.Shape[axis]
        : throw new FormatException($"holds no '{name}' that tells a size; give the encoder's own folder (--encoder)");
}
