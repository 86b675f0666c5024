using Duomano.Networks.Tensors;

namespace Duomano.Networks.Layers;

/// <summary>
/// Post-norm transformer layers and the encoder–decoder pair that both the position predictor and the gesture network
/// put over their input, frame-major.
/// </summary>
public static class TransformerLayers
{
    /// <summary>Heads of every layer.</summary>
    public const int Heads = 4;

    /// <summary>
    /// The pair: memory = encoder(h), output = decoder(h, memory). The decoder's input is h itself, and its cross-attention
    /// sees only the own frame of the memory.
    /// </summary>
    /// <param name="module">Where "transformer_encoder" and "transformer_decoder" are.</param>
    /// <param name="h">[batch, frames, width].</param>
    /// <param name="layers">Layers of each stack.</param>
    /// <param name="feedForward">Hidden width of the encoder's feed-forward part; the decoder's is the width.</param>
    /// <param name="decoderMask">Added to the decoder's self-attention scores, or none.</param>
    /// <param name="dropout">Share dropped while training.</param>
    public static (T Memory, T Output) EncodeDecode<T>(this ModuleScope<T> module, T h, int layers, int feedForward, T? decoderMask, float dropout)
    {
        var width = module.Ops.Shape(h)[^1];
        var memory = h;
        for (var i = 0; i < layers; i++)
        {
            var layer = module[$"transformer_encoder.layers.{i}"];
            memory = module.Ops.Block(memory, x => layer.EncoderLayer(x, feedForward, dropout));
        }

        var output = h;
        for (var i = 0; i < layers; i++)
        {
            var layer = module[$"transformer_decoder.layers.{i}"];
            output = module.Ops.Block(output, x => layer.DecoderLayer(x, memory, width, decoderMask, dropout));
        }

        return (memory, output);
    }

    /// <summary>x = norm1(x + selfattn(x)); x = norm2(x + ff(x)).</summary>
    public static T EncoderLayer<T>(this ModuleScope<T> module, T x, int feedForward, float dropout)
    {
        x = module.AddAndNorm("norm1", x, module["self_attn"].SelfAttention(x, Heads, dropout: dropout), dropout);
        return module.AddAndNorm("norm2", x, module.FeedForward(x, feedForward, dropout), dropout);
    }

    /// <summary>x = norm1(x + selfattn(x)); x = norm2(x + crossattn(memory)); x = norm3(x + ff(x)).</summary>
    public static T DecoderLayer<T>(this ModuleScope<T> module, T x, T memory, int feedForward, T? mask, float dropout)
    {
        x = module.AddAndNorm("norm1", x, module["self_attn"].SelfAttention(x, Heads, mask, dropout), dropout);
        x = module.AddAndNorm("norm2", x, module["multihead_attn"].OwnFrameCrossAttention(memory, dropout), dropout);
        return module.AddAndNorm("norm3", x, module.FeedForward(x, feedForward, dropout), dropout);
    }

    private static T FeedForward<T>(this ModuleScope<T> module, T x, int hidden, float dropout)
    {
        var inner = module.Ops.Relu(module["linear1"].Linear(x, hidden));
        return module["linear2"].Linear(module.Ops.Dropout(inner, dropout), module.Ops.Shape(x)[^1]);
    }

    private static T AddAndNorm<T>(this ModuleScope<T> module, string norm, T x, T change, float dropout) =>
        module[norm].LayerNorm(module.Ops.Add(x, module.Ops.Dropout(change, dropout)));
}
