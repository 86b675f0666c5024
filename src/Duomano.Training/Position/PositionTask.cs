using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Networks.Position;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Position;

/// <summary>Trains both hands' position predictors from note features.</summary>
public sealed class PositionTask : ITrainingTask<MotionWindow>, IShowsMotion, IDisposable
{
    // Errors count in decimetres whichever way they are: by normalised units, those along the keyboard would hardly count.
    private const double Decimetres = 10;

    private readonly PositionRecipe _recipe;
    private readonly MotionDataset _training;
    private readonly MotionDataset _validationData;
    private readonly MotionWindow[] _validation;
    private readonly PositionFeatures _told;
    private readonly torch.Tensor _metres;
    private readonly torch.Device _device;
    private readonly TwoHandParameters _parameters;

    /// <summary>Prepares fresh networks.</summary>
    /// <param name="recipe">Sizes and lengths.</param>
    /// <param name="training">Where batches are drawn from.</param>
    /// <param name="validation">What is measured.</param>
    /// <param name="normalization">How positions are scaled, to tell errors in metres.</param>
    /// <param name="device">Where to compute.</param>
    public PositionTask(PositionRecipe recipe, MotionDataset training, MotionDataset validation, MotionNormalization normalization, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        _recipe = recipe;
        _training = training;
        _validationData = validation;
        _told = new(recipe.Network.FeatureEncoder?.Features ?? PlayingFeatures.Width);
        _validation = [.. validation.Spread(recipe.ValidationWindows).Select(Told)];
        _device = device;
        _metres = TorchTensors.From([.. normalization.Departure?.Scale ?? normalization.PositionScale], [3], device);
        _parameters = new(PositionNetwork.Parameters(recipe.Network), recipe.Training.Seed, device);
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters => _parameters.All;

    /// <inheritdoc/>
    public MotionWindow Prepare(int step)
    {
        var random = new SeededRandom(_recipe.Training.Seed, $"position batch {step}");
        return MotionWindow.Stack([.. Enumerable.Range(0, _recipe.BatchSize).Select(_ => Told(_training.Draw(random)))]);
    }

    /// <inheritdoc/>
    public TrainingLoss Loss(MotionWindow batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var valid = torch.ones(_recipe.BatchSize, _recipe.WindowFrames, device: _device);
        var losses = PerHand.Create(side =>
        {
            var unit = _metres.Times(Decimetres);
            var track = TrackLoss.Of(Predict(batch, side, training: true) * unit, Target(batch, side) * unit, valid);
            return track.Reconstruction.Plus(track.Velocity);
        });
        return new(losses.Left.Plus(losses.Right), KeyValuePair.Create("left", losses.Left), KeyValuePair.Create("right", losses.Right));
    }

    /// <inheritdoc/>
    public ValidationResult Validate()
    {
        var distance = 0.0;
        foreach (var chunk in _validation.Chunk(_recipe.BatchSize))
        {
            using var scope = torch.NewDisposeScope();
            var batch = MotionWindow.Stack(chunk);
            foreach (var side in HandSides.Both)
            {
                var error = (Predict(batch, side, training: false) - Target(batch, side)) * _metres;
                distance += error.square().sum(2).sqrt().mean().ToDouble() * chunk.Length / 2;
            }
        }

        var metres = distance / _validation.Length;
        return new(metres, KeyValuePair.Create("wrist_distance_m", metres));
    }

    /// <inheritdoc/>
    /// <remarks>The fingers move as they were performed; the wrists are where the predictors have them.</remarks>
    public ShownMotion Show()
    {
        using var scope = torch.NewDisposeScope();
        var window = Told(_validationData.Spread(1).Single());
        var predicted = PerHand.Create(side => TorchTensors.ToData(Predict(window, side, training: false)).Values);
        return new(_validationData.ToClip(window.Positions, window.Pose), _validationData.ToClip(window, predicted));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _parameters.Dispose();
        _metres.Dispose();
    }

    private torch.Tensor Predict(MotionWindow batch, HandSide side, bool training)
    {
        var network = new PositionNetwork<torch.Tensor>(new TorchOps(_parameters.Hands[side], training, _recipe.Training.Precision), _recipe.Network);
        return network.Predict(Tensor(batch.Features[side], _told.Width)).Position;
    }

    private MotionWindow Told(MotionWindow window) => window with { Features = _told.Of(window.Features, window.Anchors, window.Style) };

    private torch.Tensor Target(MotionWindow batch, HandSide side) => Tensor(batch.Predicted[side], 3);

    private torch.Tensor Tensor(float[] values, int width) =>
        TorchTensors.From(values, [values.Length / (_recipe.WindowFrames * width), _recipe.WindowFrames, width], _device);
}
