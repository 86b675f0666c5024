using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Autoencoder;

/// <summary>
/// The encoder of the gesture autoencoder that the published evaluation measures FGD with (after Yoon et al. 2020, "Speech
/// gesture generation from the trimodal context"): four convolutions without padding, the third with a stride of 2, and
/// linear layers. Between the linear layers there is no nonlinearity: the published code gives its leaky ReLUs the slope 1
/// there, and trained weights are what they are because of it.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public sealed class GestureEncoder<T>
{
    /// <summary>What its parameters' names begin with in checkpoints.</summary>
    public const string Prefix = "pose_encoder.";

    private static readonly (int Kernel, int Stride)[] Taps = [(3, 1), (3, 1), (4, 2), (3, 1)];

    private readonly ModuleScope<T> _module;
    private readonly GestureAutoencoderConfig _config;
    private readonly BatchStatistics<T>? _statistics;

    /// <summary>Makes a network whose parameters an engine supplies.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="statistics">What batch normalisation uses; its running statistics if null.</param>
    public GestureEncoder(ITensorOps<T> ops, GestureAutoencoderConfig config, BatchStatistics<T>? statistics = null)
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        _module = new(ops, Prefix);
        _config = config;
        _statistics = statistics;
    }

    /// <summary>The features of motions.</summary>
    /// <param name="motion">[batch, frames, channels]: right hand's pose, then left hand's, radians.</param>
    /// <returns>[batch, features].</returns>
    public T Encode(T motion)
    {
        var ops = _module.Ops;
        var shape = ops.Shape(motion);
        if (shape[1] != _config.Frames || shape[2] != _config.Channels)
        {
            throw new ArgumentException($"A motion is [{_config.Frames}, {_config.Channels}], not [{shape[1]}, {shape[2]}].", nameof(motion));
        }

        var x = Convolve(motion);
        var linear = _module["out_net"];
        x = linear["1"].BatchNorm(linear["0"].Linear(ops.Reshape(x, shape[0], ops.Shape(x)[1] * ops.Shape(x)[2]), _config.Hidden), _statistics);
        x = linear["4"].BatchNorm(linear["3"].Linear(x, _config.Features), _statistics);
        return _module["fc_mu"].Linear(linear["6"].Linear(x, _config.Features), _config.Features);
    }

    /// <summary>The part before the linear layers.</summary>
    /// <param name="motion">[batch, frames, channels].</param>
    /// <returns>[batch, last convolution's channels, frames left].</returns>
    public T Convolve(T motion)
    {
        var ops = _module.Ops;
        var x = ops.Transpose(motion);
        for (var layer = 0; layer < Taps.Length; layer++)
        {
            var last = layer == Taps.Length - 1;
            var block = _module["net"][layer];
            x = (last ? block : block[0]).ConvWithin(x, _config.Convolutions[layer], Taps[layer].Kernel, Taps[layer].Stride);
            if (!last) x = ops.LeakyRelu(block[1].BatchNorm(x, _statistics));
        }

        return x;
    }
}

/// <summary>Facts about gesture encoders.</summary>
public static class GestureEncoder
{
    /// <summary>The parameters, running statistics included, in the order they are asked for.</summary>
    /// <param name="config">Sizes.</param>
    public static IReadOnlyList<ParameterDeclaration> Parameters(GestureAutoencoderConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return ParameterDeclarations.Of(ops => new GestureEncoder<TensorShape>(ops, config).Encode(ShapeOps.Input(1, config.Frames, config.Channels)));
    }

    /// <summary>Convolution over frames; the result is shorter by the kernel's reach, or longer with padding.</summary>
    internal static T ConvWithin<T>(this ModuleScope<T> module, T x, int outputs, int kernel, int stride = 1, int padding = 0)
    {
        var inputs = module.Ops.Shape(x)[1];
        var start = Initialization.FanIn(inputs * kernel);
        return module.Ops.Conv1d(x, module.Parameter("weight", start, outputs, inputs, kernel), module.Parameter("bias", start, outputs), stride, padding);
    }
}
