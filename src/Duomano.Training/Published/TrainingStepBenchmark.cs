using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference;
using Duomano.Inference.Models;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Training.Losses;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Published;

/// <summary>
/// A step of the published second stage: both hands' frozen predictors hear the sound, both U-Nets are asked and changed by
/// Adam, each gradient going through the exchange into the other hand. Sparing with memory: gradients are used up as they
/// come, and the frozen predictors are kept as float16.
/// </summary>
public sealed class TrainingStepBenchmark : IDisposable
{
    private const double LearningRate = 1e-5;

    private readonly ModelConfig _config;
    private readonly int _batch;
    private readonly PerHand<TorchParameters> _predictors;
    private readonly PerHand<TorchParameters> _networks;
    private readonly PerHand<AdamW> _optimizers;
    private readonly DiffusionLoss _loss;

    /// <summary>Makes random networks.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="batch">Windows of a step.</param>
    /// <param name="threads">Threads of an operation.</param>
    public TrainingStepBenchmark(ModelConfig config, int batch, int threads)
    {
        ArgumentNullException.ThrowIfNull(config);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (_config, _batch) = (config, batch);
        torch.set_num_threads(threads);
        TorchRuntime.GiveBackMemory();
        _predictors = PerHand.Create(side =>
        {
            var parameters = TorchParameters.Create(PublishedSize.Position(config), (int)side);
            parameters.FreezeHalved();
            return parameters;
        });
        _networks = PerHand.Create(side => TorchParameters.Create(PublishedSize.Gesture(config), (int)side));
        // What was drawn has been copied.
        ManagedMemory.GiveBack();
        _optimizers = _networks.Map(network => new AdamW(network.All, new() { LearningRate = LearningRate, WeightDecay = 0 }));
        _loss = new(NoiseSchedule.Cosine(config.Diffusion.Timesteps), new() { Objective = config.Diffusion.Objective });
    }

    /// <summary>Takes one step.</summary>
    /// <returns>The loss before it.</returns>
    public double Step()
    {
        using var scope = torch.NewDisposeScope();
        var (frames, channels) = (_config.WindowFrames, _config.Gesture.Channels);
        var samples = (int)Math.Round(frames * AudioEncoderConfig.SampleRate / _config.Fps);
        var sound = Gaussian("sound", _batch, samples);
        var predicted = PerHand.Create(side =>
        {
            using var still = torch.no_grad();
            using var inner = torch.NewDisposeScope();
            var told = new PositionNetwork<torch.Tensor>(new TorchOps(_predictors[side], training: true), _config.Position, _config.Compatibility).PredictFromSound(sound, frames);
            return (Position: told.Position.MoveToOuterDisposeScope(), Cond: told.Cond.MoveToOuterDisposeScope());
        });
        int[] steps = [.. Enumerable.Range(0, _batch).Select(i => (2 * i + 1) * _config.Diffusion.Timesteps / (2 * _batch))];
        var start = PerHand.Create(side => Gaussian($"pose {side}", _batch, channels, frames));
        var noise = PerHand.Create(side => Gaussian($"noise {side}", _batch, channels, frames));
        foreach (var side in HandSides.Both) _networks[side].HandOverGradients(_optimizers[side].Take);
        var networks = _networks.Map(parameters => new UNet<torch.Tensor>(new TorchOps(parameters, training: true), _config.Gesture, _config.Compatibility));
        var output = TwoHandUNet.Evaluate(
            networks,
            start.Zip(noise, (x, e) => _loss.AddNoise(x, e, steps)),
            TorchTensors.From([.. steps.Select(step => (float)step)], [_batch]),
            networks.Zip(predicted, (network, told) => network.Condition(told.Cond)),
            networks.Zip(predicted.MapWithOther((own, other) => (Own: own.Position, Other: other.Position)), (network, at) => (torch.Tensor?)network.Guide(at.Own, at.Other)));
        var losses = PerHand.Create(side => _loss.Of(output[side], start[side], noise[side], steps));
        var total = losses.Left.Plus(losses.Right);
        total.backward();
        foreach (var side in HandSides.Both)
        {
            _optimizers[side].Apply();
            _networks[side].HandOverGradients(null);
        }

        return total.ToDouble();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var side in HandSides.Both)
        {
            _optimizers[side].Dispose();
            _networks[side].Dispose();
            _predictors[side].Dispose();
        }
    }

    private static torch.Tensor Gaussian(string name, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        new SeededRandom(1, name).FillGaussian(values);
        return TorchTensors.From(values, shape);
    }
}
