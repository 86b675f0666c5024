using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Training.Losses;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Torch;

/// <summary>Our own networks, from note features on, learn what there is to learn.</summary>
public class LearningTests
{
    private const int Frames = 32;
    private static readonly FeatureEncoderConfig Encoder = new() { Features = 6, Blocks = 3, Kernel = 3 };

    [Fact]
    public void Position_FollowsItsFeatures()
    {
        torch.manual_seed(1);
        var config = new PositionConfig { InputWidth = 32, FeatureDim = 32, Layers = 1, FeedForward = 32, Dropout = 0, FeatureEncoder = Encoder with { Dropout = 0 } };
        using var parameters = TorchParameters.Create(PositionNetwork.Parameters(config), seed: 1);
        using var optimizer = new AdamW(parameters.All, new() { LearningRate = 3e-3 });
        var network = new PositionNetwork<torch.Tensor>(new TorchOps(parameters, training: true), config);
        var random = new SeededRandom(5);
        var (first, last) = (0f, 0f);
        for (var step = 0; step < 60; step++)
        {
            using var scope = torch.NewDisposeScope();
            var features = Draw(random, 4, Frames, Encoder.Features);
            var target = features.narrow(2, 0, 3).roll(1, 1) * 0.4; // the frame before
            var loss = TrackLoss.Of(network.Predict(features).Position, target, torch.ones(4, Frames)).Reconstruction;
            optimizer.ZeroGradients();
            loss.backward();
            Gradients.ClipNorm(parameters.All, 1);
            optimizer.Step();
            last = loss.item<float>();
            if (step == 0) first = last;
        }

        Assert.True(last < 0.6f * first, $"From {first} to {last}.");
    }

    [Fact]
    public void Gesture_LossFallsForBothHands()
    {
        torch.manual_seed(1);
        var config = new UNetConfig { Dim = 8, Multipliers = [1, 2], Channels = 4, CondWidth = 16, CondLayers = 1, CondFeedForward = 32, FeatureEncoder = Encoder };
        var parameters = PerHand.Create(side => TorchParameters.Create(TwoHandUNet.Parameters(config), seed: (int)side));
        var optimizers = parameters.Map(values => new AdamW(values.All, new() { LearningRate = 3e-3 }));
        var networks = parameters.Map(values => new UNet<torch.Tensor>(new TorchOps(values, training: true), config));
        var schedule = NoiseSchedule.Cosine(100);
        var loss = new DiffusionLoss(schedule, new() { VelocityWeight = 0.1, AccelerationWeight = 0.1 });
        var losses = new List<float>();
        for (var step = 0; step < 25; step++)
        {
            using var scope = torch.NewDisposeScope();
            var random = new SeededRandom(5); // the same batch every time
            int[] steps = [.. Enumerable.Range(0, 4).Select(_ => random.Next(schedule.Steps))];
            var features = Draw(random, 4, Frames, Encoder.Features);
            var start = PerHand.Create(side => features.narrow(2, (int)side, 4).transpose(1, 2) * 0.5);
            var noise = start.Map(_ => Draw(random, 4, 4, Frames));
            var guide = networks.Map<torch.Tensor?>(network => network.Guide(features.narrow(2, 0, 3), features.narrow(2, 3, 3)));
            var output = TwoHandUNet.Evaluate(
                networks,
                start.Zip(noise, (clean, added) => loss.AddNoise(clean, added, steps)),
                torch.tensor(Array.ConvertAll(steps, t => (float)t)),
                networks.Map(network => network.Condition(features)),
                guide);
            var hands = PerHand.Create(side => loss.Of(output[side], start[side], noise[side], steps));
            var total = hands.Left.Plus(hands.Right);
            foreach (var side in HandSides.Both) optimizers[side].ZeroGradients();
            total.backward();
            foreach (var side in HandSides.Both) optimizers[side].Step();
            losses.Add(total.item<float>());
        }

        Assert.True(losses[^1] < 0.7f * losses[0], string.Join(" ", losses));
    }

    private static torch.Tensor Draw(SeededRandom random, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        random.FillGaussian(values);
        return TorchTensors.From(values, shape);
    }
}
