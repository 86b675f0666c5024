using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Position;

/// <summary>
/// One hand's position predictor (arXiv 2504.09885, section 3.2) from a frame-major sequence on: the output of an audio
/// encoder, or note features where the network has a feature encoder.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public sealed class PositionNetwork<T>
{
    private const int OutputHidden = 128;
    private const int Coordinates = 3;
    private readonly ModuleScope<T> _module;
    private readonly PositionConfig _config;
    private readonly ReferenceCompatibility _compatibility;

    /// <summary>Makes a network whose parameters an engine supplies.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="config">Sizes.</param>
    /// <param name="compatibility">Which published quirks it has; ours if not given.</param>
    /// <param name="prefix">What its parameters' names begin with.</param>
    public PositionNetwork(ITensorOps<T> ops, PositionConfig config, ReferenceCompatibility? compatibility = null, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(config);
        config.Validate();
        _module = new(ops, prefix);
        _config = config;
        _compatibility = compatibility ?? ReferenceCompatibility.Ours;
        if (!_compatibility.UnusedParameters) return;
        var unused = _module["pos_feature_map"];
        unused.Parameter("weight", Initialization.FanIn(6), 512, 6);
        unused.Parameter("bias", Initialization.FanIn(6), 512);
    }

    /// <summary>Predicts the wrist's track from sound, by the audio encoder that is part of the predictor.</summary>
    /// <param name="samples">[batch, samples] at 16 kHz, normalised where the encoder wants it (<see cref="SoundNormalization"/>).</param>
    /// <param name="frames">Frames of motion.</param>
    public PositionPrediction<T> PredictFromSound(T samples, int frames)
    {
        var encoder = _config.AudioEncoder ?? throw new InvalidOperationException("The predictor has no audio encoder.");
        return Predict(new AudioEncoder<T>(_module[PositionNetwork.AudioEncoderName], encoder).Encode(samples, frames));
    }

    /// <summary>Predicts the wrist's track.</summary>
    /// <param name="input">[batch, frames, width]: note features where the network has a feature encoder, otherwise an audio encoder's output.</param>
    public PositionPrediction<T> Predict(T input)
    {
        var ops = _module.Ops;
        var frames = ops.Shape(input)[1];
        if (frames > _config.MaxLength) throw new ArgumentException($"{frames} frames are more than the network's {_config.MaxLength}.", nameof(input));
        var encoded = _config.FeatureEncoder is { } encoder
            ? FeatureEncoder.Apply(_module["feature_encoder"], input, _config.InputWidth, encoder)
            : input;
        var features = _module["audio_feature_map_cont"].Linear(encoded, _config.FeatureDim);
        var mask = DecoderMasks.For(ops, features, _compatibility.DecoderMask, _config.Period);
        var (memory, decoded) = _module.EncodeDecode(features, _config.Layers, _config.FeedForward, mask, _config.Dropout);
        var position = ops.Tanh(_module["bs_map_r.1"].Linear(_module["bs_map_r.0"].Linear(decoded, OutputHidden), Coordinates));
        var cond = _config.HiddenType switch
        {
            HiddenType.AudioFeatures => encoded,
            HiddenType.FeatureMap => features,
            _ => ops.Concat(2, encoded, features),
        };
        return new(position, cond, features, memory, decoded);
    }
}

/// <summary>What a position predictor gives, all frame-major.</summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
/// <param name="Position">[batch, frames, 3] in (−1, 1): wrist translation over (1.5, 1.5, 25).</param>
/// <param name="Cond">The condition for the gesture network, [batch, frames, condition width]; training lets no gradient through it.</param>
/// <param name="Features">The input mapped to the feature width.</param>
/// <param name="Memory">The transformer encoder's output.</param>
/// <param name="Decoded">The transformer decoder's output.</param>
public sealed record PositionPrediction<T>(T Position, T Cond, T Features, T Memory, T Decoded);

/// <summary>Facts about position predictors.</summary>
public static class PositionNetwork
{
    /// <summary>What an audio encoder is called inside a predictor.</summary>
    public const string AudioEncoderName = "audio_encoder_cont";

    /// <summary>The parameters of one hand's predictor, in the order it asks for them.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="compatibility">Which published quirks it has; ours if not given.</param>
    /// <param name="prefix">What their names begin with.</param>
    public static IReadOnlyList<ParameterDeclaration> Parameters(PositionConfig config, ReferenceCompatibility? compatibility = null, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(config);
        return ParameterDeclarations.Of(ops =>
        {
            var network = new PositionNetwork<TensorShape>(ops, config, compatibility, prefix);
            if (config.AudioEncoder is { } encoder) network.PredictFromSound(ShapeOps.Input(2, encoder.LeastSamples), 1);
            else network.Predict(ShapeOps.Input(2, 1, config.FeatureEncoder?.Features ?? config.InputWidth));
        });
    }
}
