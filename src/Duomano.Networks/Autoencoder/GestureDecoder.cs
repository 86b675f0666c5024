using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Autoencoder;

/// <summary>
/// The other half of the gesture autoencoder, which only training needs: the encoder's layers in reverse. Where a
/// convolution without padding took frames away one with full padding gives them back, and the stride becomes a doubling of
/// the frames. It normalises nothing: a batch's own statistics would take away what distinguishes its motions.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public sealed class GestureDecoder<T>
{
    /// <summary>What its parameters' names begin with in checkpoints.</summary>
    public const string Prefix = "decoder.";

    private const string LastLayer = "net.3";
    private const int Kernel = 3;

    private readonly ModuleScope<T> _module;
    private readonly GestureAutoencoderConfig _config;
    /// <summary>Makes a network whose parameters an engine supplies.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    public GestureDecoder(ITensorOps<T> ops, GestureAutoencoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        _module = new(ops, Prefix);
        _config = config;
    }

    /// <summary>Motions from their features.</summary>
    /// <param name="features">[batch, features].</param>
    /// <returns>[batch, frames, channels].</returns>
    public T Decode(T features)
    {
        var ops = _module.Ops;
        var (convolutions, frames) = (_config.Convolutions, _config.EncodedFrames);
        var x = ops.LeakyRelu(_module["pre_net"][0].Linear(features, _config.Hidden));
        x = ops.Reshape(_module["pre_net"][1].Linear(x, convolutions[^1] * frames), ops.Shape(features)[0], convolutions[^1], frames);
        for (var layer = GestureAutoencoderConfig.ConvolutionCount - 1; layer > 0; layer--)
        {
            if (layer == 2) x = ops.UpsampleNearest(x);
            x = ops.LeakyRelu(_module["net"][GestureAutoencoderConfig.ConvolutionCount - 1 - layer].ConvWithin(x, convolutions[layer - 1], Kernel, padding: Kernel - 1));
        }

        return ops.Transpose(_module[LastLayer].ConvWithin(x, _config.Channels, Kernel, padding: Kernel - 1));
    }
}

/// <summary>The whole gesture autoencoder.</summary>
public static class GestureAutoencoder
{
    /// <summary>Name of the decoder's last offset, [channels]: the pose that it gives where everything else is zero.</summary>
    public const string RestPose = "decoder.net.3.bias";

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
