using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Autoencoder;

/// <summary>
/// The other half of the gesture autoencoder, which only training needs: the encoder's layers in reverse. Where a
/// convolution without padding took frames away one with full padding gives them back, and the stride becomes a doubling of
/// the frames.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public sealed class GestureDecoder<T>
{
    /// <summary>What its parameters' names begin with in checkpoints.</summary>
    public const string Prefix = "decoder.";

    private const int Kernel = 3;

    private readonly ModuleScope<T> _module;
    private readonly GestureAutoencoderConfig _config;
    private readonly BatchStatistics<T>? _statistics;

    /// <summary>Makes a network whose parameters an engine supplies.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="statistics">What batch normalisation uses; its running statistics if null.</param>
    public GestureDecoder(ITensorOps<T> ops, GestureAutoencoderConfig config, BatchStatistics<T>? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        _module = new(ops, Prefix);
        _config = config;
        _statistics = statistics;
    }

    /// <summary>Motions from their features.</summary>
    /// <param name="features">[batch, features].</param>
    /// <returns>[batch, frames, channels].</returns>
    public T Decode(T features)
    {
        var ops = _module.Ops;
        var (convolutions, frames) = (_config.Convolutions, _config.EncodedFrames);
        var linear = _module["pre_net"];
        var x = ops.LeakyRelu(linear["1"].BatchNorm(linear["0"].Linear(features, _config.Hidden), _statistics));
        x = ops.Reshape(linear["3"].Linear(x, convolutions[^1] * frames), ops.Shape(features)[0], convolutions[^1], frames);
        for (var layer = GestureAutoencoderConfig.ConvolutionCount - 1; layer > 0; layer--)
        {
            if (layer == 2) x = ops.UpsampleNearest(x);
            var block = _module["net"][GestureAutoencoderConfig.ConvolutionCount - 1 - layer];
            x = ops.LeakyRelu(block[1].BatchNorm(block[0].ConvWithin(x, convolutions[layer - 1], Kernel, padding: Kernel - 1), _statistics));
        }

        return ops.Transpose(_module["net"][GestureAutoencoderConfig.ConvolutionCount - 1].ConvWithin(x, _config.Channels, Kernel, padding: Kernel - 1));
    }
}

/// <summary>The whole gesture autoencoder.</summary>
public static class GestureAutoencoder
{
    /// <summary>The parameters of encoder and decoder, running statistics included.</summary>
    /// <param name="config">Sizes.</param>
    public static IReadOnlyList<ParameterDeclaration> Parameters(GestureAutoencoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ParameterDeclarations.Of(ops =>
            new GestureDecoder<TensorShape>(ops, config).Decode(new GestureEncoder<TensorShape>(ops, config).Encode(ShapeOps.Input(1, config.Frames, config.Channels))));
    }

    /// <summary>Whether a parameter is a running statistic, which follows the batches and is not trained.</summary>
    /// <param name="name">Its name.</param>
    public static bool IsStatistic(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.EndsWith(".running_mean", StringComparison.Ordinal) || name.EndsWith(".running_var", StringComparison.Ordinal);
    }
}
