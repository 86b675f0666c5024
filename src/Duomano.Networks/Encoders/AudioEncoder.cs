using Duomano.Networks.Configuration;
using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Encoders;

/// <summary>
/// HuBERT or wav2vec 2.0: convolutions over samples, then a transformer over frames. The frames are resampled to those of
/// the motion between the two, so that the transformer already works at the motion's rate.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public sealed class AudioEncoder<T>
{
    private readonly ModuleScope<T> _module;
    private readonly AudioEncoderConfig _config;

    /// <summary>Makes an encoder whose parameters an engine supplies.</summary>
    /// <param name="module">Where "feature_extractor", "feature_projection" and "encoder" are.</param>
    /// <param name="config">Sizes.</param>
    public AudioEncoder(ModuleScope<T> module, AudioEncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        _module = module;
        _config = config;
    }

    private ITensorOps<T> Ops => _module.Ops;

    /// <summary>From sound to frames of motion.</summary>
    /// <param name="samples">[batch, samples] at 16 kHz, normalised where the encoder wants it.</param>
    /// <param name="frames">Frames of the motion.</param>
    /// <returns>[batch, frames, width].</returns>
    public T Encode(T samples, int frames) => Transform(Project(Resample(Extract(samples), frames)));

    /// <summary>The convolutions over samples.</summary>
    /// <param name="samples">[batch, samples].</param>
    /// <returns>[batch, extracted frames, channels], about 50 frames a second.</returns>
    public T Extract(T samples)
    {
        var shape = Ops.Shape(samples);
        if (shape[1] < _config.LeastSamples) throw new ArgumentException($"{shape[1]} samples are fewer than the {_config.LeastSamples} of a frame.", nameof(samples));
        var x = Ops.Reshape(samples, shape[0], 1, shape[1]);
        for (var i = 0; i < _config.ConvWidths.Count; i++)
        {
            var (layer, index) = (_module["feature_extractor.conv_layers"][i], i);
            x = Ops.Block(x, input => Extract(layer, input, index));
        }

        return Ops.Transpose(x);
    }

    /// <summary>Linear interpolation over time in which first and last frame stay where they are.</summary>
    /// <param name="x">[batch, M, channels].</param>
    /// <param name="frames">N.</param>
    /// <returns>[batch, N, channels].</returns>
    public T Resample(T x, int frames)
    {
        var count = Ops.Shape(x)[1];
        var weights = new float[frames * count];
        for (var i = 0; i < frames; i++)
        {
            var source = frames == 1 ? 0 : i * (double)(count - 1) / (frames - 1);
            var below = Math.Min((int)source, count - 1);
            weights[i * count + below] = (float)(1 - (source - below));
            if (below + 1 < count) weights[i * count + below + 1] = (float)(source - below);
        }

        return Ops.MatMul(Ops.Constant(weights, frames, count), x);
    }

    /// <summary>From extracted channels to the transformer's width.</summary>
    /// <param name="features">[batch, frames, channels].</param>
    public T Project(T features)
    {
        var projection = _module["feature_projection"];
        var normalized = _config.ProjectionNorm ? projection["layer_norm"].LayerNorm(features) : features;
        return projection["projection"].Linear(normalized, _config.Width);
    }

    /// <summary>The transformer.</summary>
    /// <param name="projected">[batch, frames, width].</param>
    public T Transform(T projected)
    {
        var encoder = _module["encoder"];
        var x = Ops.Add(projected, Positions(encoder["pos_conv_embed.conv"], projected));
        if (!_config.PreNorm) x = encoder["layer_norm"].LayerNorm(x);
        for (var i = 0; i < _config.Layers; i++)
        {
            var layer = encoder["layers"][i];
            x = Ops.Block(x, input => Layer(layer, input));
        }

        return _config.PreNorm ? encoder["layer_norm"].LayerNorm(x) : x;
    }

    private T Extract(ModuleScope<T> layer, T x, int index)
    {
        x = Convolve(layer["conv"], x, index);
        if (_config.ExtractorNorm == ExtractorNorm.EveryLayer) x = Ops.Transpose(layer["layer_norm"].LayerNorm(Ops.Transpose(x)));
        else if (index == 0) x = layer["layer_norm"].GroupNorm(x, _config.ConvWidths[0]);
        return Ops.Gelu(x);
    }

    private T Convolve(ModuleScope<T> module, T x, int layer)
    {
        var (inputs, outputs, kernel) = (Ops.Shape(x)[1], _config.ConvWidths[layer], _config.ConvKernels[layer]);
        var start = Initialization.FanIn(inputs * kernel);
        return Ops.Conv1d(
            x, module.Parameter("weight", start, outputs, inputs, kernel), _config.ConvBias ? module.Parameter("bias", start, outputs) : default, _config.ConvStrides[layer]);
    }

    // Where a frame is shows in a long convolution, normalised tap by tap (Salimans and Kingma 2016): W = g·v/‖v‖.
    private T Positions(ModuleScope<T> module, T x)
    {
        var (width, kernel, groups) = (_config.Width, _config.PositionKernel, _config.PositionGroups);
        var magnitude = module.Parameter("weight_g", Initialization.Ones, 1, 1, kernel);
        var direction = module.Parameter("weight_v", Initialization.Normal(2 / MathF.Sqrt(kernel * width)), width, width / groups, kernel);
        var length = Ops.Sqrt(Ops.AtLeast(Ops.Sum(Ops.Sum(Ops.Multiply(direction, direction), 0), 1), 1e-24f));
        var weight = Ops.Multiply(direction, Ops.Divide(magnitude, length));
        var told = Ops.Conv1d(Ops.Transpose(x), weight, module.Parameter("bias", Initialization.Zeros, width), padding: kernel / 2, groups: groups);
        // An even kernel gives a frame too many.
        if (kernel % 2 == 0) told = Ops.Slice(told, 2, 0, Ops.Shape(x)[1]);
        return Ops.Transpose(Ops.Gelu(told));
    }

    private T Layer(ModuleScope<T> layer, T x)
    {
        if (_config.PreNorm)
        {
            x = Ops.Add(x, Attend(layer["attention"], layer["layer_norm"].LayerNorm(x)));
            return Ops.Add(x, FeedForward(layer["feed_forward"], layer["final_layer_norm"].LayerNorm(x)));
        }

        x = layer["layer_norm"].LayerNorm(Ops.Add(x, Attend(layer["attention"], x)));
        return layer["final_layer_norm"].LayerNorm(Ops.Add(x, FeedForward(layer["feed_forward"], x)));
    }

    private T Attend(ModuleScope<T> module, T x)
    {
        var mixed = MultiHeadAttention.Attend(
            Ops, module["q_proj"].Linear(x, _config.Width), module["k_proj"].Linear(x, _config.Width), module["v_proj"].Linear(x, _config.Width), _config.Heads);
        return module["out_proj"].Linear(mixed, _config.Width);
    }

    private T FeedForward(ModuleScope<T> module, T x) =>
        module["output_dense"].Linear(Ops.Gelu(module["intermediate_dense"].Linear(x, _config.FeedForward)), _config.Width);
}

/// <summary>Facts about audio encoders.</summary>
public static class AudioEncoder
{
    /// <summary>The parameters of an encoder, in the order it asks for them.</summary>
    /// <param name="config">Sizes.</param>
    public static IReadOnlyList<ParameterDeclaration> Parameters(AudioEncoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ParameterDeclarations.Of(ops => new AudioEncoder<TensorShape>(new(ops), config).Encode(ShapeOps.Input(2, config.LeastSamples), 1));
    }
}
