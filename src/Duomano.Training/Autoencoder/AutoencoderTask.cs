using Duomano.Core.Numerics;
using Duomano.Networks.Autoencoder;
using Duomano.Training.Losses;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Autoencoder;

/// <summary>Trains a gesture autoencoder to give both hands' poses back.</summary>
public sealed class AutoencoderTask : ITrainingTask<AutoencoderBatch>, IDisposable
{
    private readonly AutoencoderRecipe _recipe;
    private readonly PoseDataset _training;
    private readonly float[][] _validation;
    private readonly torch.Device _device;
    private readonly TorchParameters _parameters;

    /// <summary>Prepares a fresh network.</summary>
    /// <param name="recipe">Sizes and lengths.</param>
    /// <param name="training">Where batches are drawn from.</param>
    /// <param name="validation">What is measured.</param>
    /// <param name="device">Where to compute.</param>
    public AutoencoderTask(AutoencoderRecipe recipe, PoseDataset training, PoseDataset validation, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        _recipe = recipe;
        _training = training;
        _validation = [.. validation.Spread(recipe.ValidationWindows)];
        _device = device;
        var declared = GestureAutoencoder.Parameters(recipe.Network);
        _parameters = TorchParameters.Create(declared, recipe.Training.Seed, device);
        // They are kept, averaged and resumed with the others, but follow the batches instead of a gradient.
        foreach (var name in declared.Select(parameter => parameter.Name).Where(GestureAutoencoder.IsStatistic)) _parameters.Freeze(name);
        StartFromMeanPose();
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters => _parameters.All;

    /// <inheritdoc/>
    public AutoencoderBatch Prepare(int step)
    {
        var random = new SeededRandom(_recipe.Training.Seed, $"autoencoder batch {step}");
        return new([.. Enumerable.Range(0, _recipe.BatchSize).SelectMany(_ => _training.Draw(random))], step < _recipe.BatchStatisticsShare * _recipe.Training.Steps);
    }

    /// <inheritdoc/>
    public TrainingLoss Loss(AutoencoderBatch batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var motion = Tensor(batch.Motions);
        var track = TrackLoss.Of(Reconstruct(motion, batch.OwnStatistics), motion, torch.ones(motion.size(0), motion.size(1), device: _device));
        return new(
            track.Reconstruction.Plus(track.Velocity.Times(_recipe.VelocityWeight)),
            KeyValuePair.Create("pose", track.Reconstruction),
            KeyValuePair.Create("velocity", track.Velocity));
    }

    /// <inheritdoc/>
    public ValidationResult Validate()
    {
        var error = 0.0;
        foreach (var chunk in _validation.Chunk(_recipe.BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            var motion = Tensor([.. chunk.SelectMany(window => window)]);
            error += (Reconstruct(motion, ownStatistics: false) - motion).abs().mean().item<float>() * chunk.Length;
        }

        var mean = error / _validation.Length;
        return new(mean, KeyValuePair.Create("pose_error_rad", mean));
    }

    /// <inheritdoc/>
    public void Dispose() => _parameters.Dispose();

    // A joint's mean can be far larger than what it moves: learning it would take the first thousand steps.
    private void StartFromMeanPose()
    {
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        _parameters[GestureAutoencoder.RestPose].copy_(TorchTensors.From(_training.MeanPose(), [_recipe.Network.Channels], _device));
    }

    private torch.Tensor Reconstruct(torch.Tensor motion, bool ownStatistics)
    {
        var ops = new TorchOps(_parameters);
        BatchStatistics<torch.Tensor>? statistics = ownStatistics ? BatchStatistics.OfBatch : null;
        var features = new GestureEncoder<torch.Tensor>(ops, _recipe.Network, statistics).Encode(motion);
        return new GestureDecoder<torch.Tensor>(ops, _recipe.Network).Decode(features);
    }

    private torch.Tensor Tensor(float[] values)
    {
        var (frames, channels) = (_recipe.Network.Frames, _recipe.Network.Channels);
        return TorchTensors.From(values, [values.Length / (frames * channels), frames, channels], _device);
    }
}

/// <summary>A batch of motions.</summary>
/// <param name="Motions">[batch, frames, channels].</param>
/// <param name="OwnStatistics">Whether they are normalised by their own statistics.</param>
public sealed record AutoencoderBatch(float[] Motions, bool OwnStatistics);
