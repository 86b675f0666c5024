using Duomano.Networks.Configuration;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>
/// Turns note features into a sequence that knows its surroundings: a linear layer, then residual convolutions whose
/// reach doubles from block to block. It takes the place that an audio encoder has in the published system.
/// </summary>
public static class FeatureEncoder
{
    /// <summary>Applies the encoder.</summary>
    /// <param name="module">Where its "input", "blocks" and "norm" are.</param>
    /// <param name="features">[batch, frames, features].</param>
    /// <param name="width">Width of the result.</param>
    /// <param name="config">Sizes.</param>
    /// <returns>[batch, frames, width].</returns>
    public static T Apply<T>(ModuleScope<T> module, T features, int width, FeatureEncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var ops = module.Ops;
        var x = ops.Transpose(module["input"].Linear(features, width));
        for (var i = 0; i < config.Blocks; i++)
        {
            var block = module["blocks"][i];
            var h = block["conv"].Conv(block["norm"].RmsNorm(x), width, config.Kernel, dilation: 1 << i);
            x = ops.Add(x, block["out"].Conv(ops.Dropout(ops.Gelu(h), config.Dropout), width, kernel: 1));
        }

        return ops.Transpose(module["norm"].RmsNorm(x));
    }
}
