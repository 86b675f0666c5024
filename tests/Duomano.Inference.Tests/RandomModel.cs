using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Models;
using Duomano.Inference.Motion;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Tests;

/// <summary>A tiny model directory with random weights.</summary>
internal static class RandomModel
{
    public static ModelConfig Config { get; } = new()
    {
        WindowFrames = 64,
        OverlapFrames = 16,
        Normalization = new()
        {
            PositionOffset = [0, 0.08f, 0.05f],
            PositionScale = [0.6f, 0.05f, 0.1f],
            PoseOffset = new float[HandJoint.PoseLength],
            PoseScale = [.. Enumerable.Repeat(0.3f, HandJoint.PoseLength)],
            Clip = 4,
        },
        Position = new() { InputWidth = 16, FeatureDim = 16, Layers = 1, FeedForward = 16, FeatureEncoder = new() { Features = PlayingFeatures.Width, Blocks = 2 } },
        Gesture = new() { Dim = 8, CondWidth = 16, CondLayers = 1, CondFeedForward = 16, FeatureEncoder = new() { Features = PlayingFeatures.Width, Blocks = 2 } },
        Diffusion = new() { Timesteps = 50, Steps = 4 },
    };

    /// <summary>The same, told of styles.</summary>
    public static ModelConfig Styled { get; } = Config with
    {
        Position = Config.Position with { FeatureEncoder = new() { Features = PlayingFeatures.Width + StyleFeatures.Width, Blocks = 2 } },
        Gesture = Config.Gesture with { FeatureEncoder = new() { Features = PlayingFeatures.OwnWidth + StyleFeatures.Width, Blocks = 2 } },
    };

    public static void Write(string folder, long seed = 3, ModelConfig? config = null)
    {
        config ??= Config;
        config.Write(folder);
        ModelWeights.Write(folder, ModelWeights.Position, Weights(PositionNetwork.Parameters(config.Position), seed));
        ModelWeights.Write(folder, ModelWeights.Gesture, Weights(TwoHandUNet.Parameters(config.Gesture), seed));
    }

    private static PerHand<StateDict> Weights(IReadOnlyList<ParameterDeclaration> declared, long seed) => PerHand.Create(side =>
    {
        var state = new StateDict();
        foreach (var parameter in declared)
        {
            var random = new SeededRandom(seed, $"{side} {parameter.Name}");
            var values = new float[parameter.Shape.Aggregate(1, (product, size) => product * size)];
            var scale = parameter.Initialization.Kind == InitializationKind.Constant ? 0 : parameter.Initialization.Value;
            for (var i = 0; i < values.Length; i++) values[i] = scale == 0 ? parameter.Initialization.Value : (float)random.Uniform(-scale, scale);
            state[parameter.Name] = new(values, parameter.Shape);
        }

        return state;
    });
}
