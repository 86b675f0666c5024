using Duomano.Core.Hands;
using Duomano.Inference.Models;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Training.Published;

/// <summary>The published system's sizes with random weights, to measure what they cost.</summary>
public static class PublishedSize
{
    // The gradients of what comes in and of the weights take a product each where the way forward takes one.
    private const int GradientsToo = 3;

    /// <summary>The published recipe: dim 256, HuBERT-large, windows of 8 s.</summary>
    public static ModelConfig Config { get; } = PublishedImport.ConfigOf(new(
        new UNetConfig(), new PositionConfig { AudioEncoder = AudioEncoderConfig.Large }, 1000, "hubert-large", Objective.Velocity, 8));

    /// <summary>What one hand's predictor, with its audio encoder, asks for.</summary>
    /// <param name="config">Sizes.</param>
    public static IReadOnlyList<ParameterDeclaration> Position(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return PositionNetwork.Parameters(config.Position, config.Compatibility);
    }

    /// <summary>What one hand's gesture network asks for.</summary>
    /// <param name="config">Sizes.</param>
    public static IReadOnlyList<ParameterDeclaration> Gesture(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        return TwoHandUNet.Parameters(config.Gesture, config.Compatibility);
    }

    /// <summary>Random values for both hands, each hand its own.</summary>
    /// <param name="declared">What one hand's network asks for.</param>
    public static PerHand<StateDict> Weights(IReadOnlyList<ParameterDeclaration> declared) => PerHand.Create(side =>
    {
        var state = new StateDict();
        foreach (var parameter in declared) state[parameter.Name] = new(parameter.Draw((int)side), parameter.Shape);
        return state;
    });

    /// <summary>Writes a model directory with random weights.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="folder">The directory.</param>
    public static void Write(ModelConfig config, string folder)
    {
        PublishedImport.CheckFree(folder);
        Directory.CreateDirectory(folder);
        ModelWeights.Write(folder, ModelWeights.Position, Weights(Position(config)), SafetensorsPrecision.Float32);
        ModelWeights.Write(folder, ModelWeights.Gesture, Weights(Gesture(config)), SafetensorsPrecision.Float32);
        config.Write(folder);
    }

    /// <summary>Multiplications of one denoising step of both hands.</summary>
    /// <param name="config">Sizes.</param>
    public static long StepMultiplications(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var (ops, frames) = (new ShapeOps(), config.WindowFrames);
        var network = new UNet<TensorShape>(ops, config.Gesture, config.Compatibility);
        var guide = config.Gesture.GuideWidth == 0 ? null : ShapeOps.Input(1, config.Gesture.GuideWidth, frames);
        var before = ops.Multiplications;
        var down = network.Descend(ShapeOps.Input(1, config.Gesture.Channels, frames), ShapeOps.Input(1), ShapeOps.Input(1, config.Gesture.CondWidth, frames), guide);
        network.Ascend(down, down.Bottleneck);
        return 2 * (ops.Multiplications - before);
    }

    /// <summary>Multiplications of hearing one window with both hands' encoders and predictors.</summary>
    /// <param name="config">Sizes.</param>
    public static long HearingMultiplications(ModelConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        var ops = new ShapeOps();
        var samples = (int)Math.Round(config.WindowFrames * AudioEncoderConfig.SampleRate / config.Fps);
        new PositionNetwork<TensorShape>(ops, config.Position, config.Compatibility).PredictFromSound(ShapeOps.Input(1, samples), config.WindowFrames);
        return 2 * ops.Multiplications;
    }

    /// <summary>Multiplications of a step of the first stage for one window: hearing, and twice as much for the gradients.</summary>
    /// <param name="config">Sizes.</param>
    public static long PositionTrainingMultiplications(ModelConfig config) => GradientsToo * HearingMultiplications(config);

    /// <summary>Multiplications of a step of the second stage for one window: the frozen predictors, then both networks and their gradients.</summary>
    /// <param name="config">Sizes.</param>
    public static long GestureTrainingMultiplications(ModelConfig config) => HearingMultiplications(config) + GradientsToo * StepMultiplications(config);
}
