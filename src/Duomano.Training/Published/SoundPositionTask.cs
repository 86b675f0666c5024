using Duomano.Core.Hands;
using Duomano.Networks.Tensors;
using Duomano.Training.Losses;
using Duomano.Training.Position;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Published;

/// <summary>
/// The published first stage: each hand's predictor from sound, its audio encoder trained along but for the convolutions over
/// samples; the absolute error over seen frames and that of first differences.
/// </summary>
public sealed class SoundPositionTask : ITrainingTask<SoundBatch>, IShowsMotion, IHandsOverGradients, IDisposable
{
    private readonly PositionRecipe _recipe;
    private readonly SoundTraining _sound;
    private readonly SoundWindows _training;
    private readonly SoundBatch[] _validation;
    private readonly SoundPredictors _predictors;
    private readonly torch.Device _device;

    /// <summary>Prepares fresh predictors around a pretrained encoder.</summary>
    /// <param name="recipe">A recipe of the published system.</param>
    /// <param name="training">Where batches come from.</param>
    /// <param name="validation">What is measured.</param>
    /// <param name="encoder">The pretrained audio encoder; null leaves it at random values.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">The recipe is none of the published system, or the encoder is of other sizes.</exception>
    public SoundPositionTask(PositionRecipe recipe, SoundWindows training, SoundWindows validation, StateDict? encoder, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        _sound = recipe.Sound ?? throw new ArgumentException("The recipe does not train from sound.", nameof(recipe));
        (_recipe, _training, _device) = (recipe, training, device);
        _predictors = new(recipe.Network, _sound, recipe.Training.Seed, recipe.Training.Precision, device);
        if (encoder is not null) _predictors.LoadEncoders(encoder);
        _predictors.FreezeExtractors();
        _validation = [.. validation.First().Chunk(_sound.ValidationBatch).Select(Put)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters => _predictors.Parameters.All;

    /// <inheritdoc/>
    public SoundBatch Prepare(int step) => Put(_training.Batch(step, _recipe.BatchSize));

    /// <inheritdoc/>
    public TrainingLoss Loss(SoundBatch batch)
    {
        var losses = PerHand.Create(side => HandLoss(batch, side, dropout: true));
        return new(losses.Left.Plus(losses.Right), KeyValuePair.Create("left", losses.Left), KeyValuePair.Create("right", losses.Right));
    }

    /// <inheritdoc/>
    public ValidationResult Validate()
    {
        var sums = new double[2];
        foreach (var batch in _validation)
        {
            using var scope = torch.NewDisposeScope();
            foreach (var side in HandSides.Both) sums[(int)side] += HandLoss(batch, side, _sound.DropoutAlways).item<float>() * batch.Count;
        }

        var windows = _validation.Sum(batch => batch.Count);
        return new((sums[0] + sums[1]) / windows, KeyValuePair.Create("left", sums[0] / windows), KeyValuePair.Create("right", sums[1] / windows));
    }

    /// <inheritdoc/>
    /// <remarks>The fingers move as annotated; the wrists are where the predictors have them.</remarks>
    public ShownMotion Show()
    {
        using var scope = torch.NewDisposeScope();
        var first = _validation[0].First();
        var predicted = PerHand.Create(side => TorchTensors.ToData(_predictors.Predict(first, side, _sound.DropoutAlways).Position).Values);
        return new(first.ToClip(first.Pose), (first with { Positions = predicted }).ToClip(first.Pose));
    }

    /// <inheritdoc/>
    public void HandOverGradients(Action<string, torch.Tensor>? take) => _predictors.Parameters.HandOverGradients(take);

    /// <inheritdoc/>
    public void Dispose() => _predictors.Dispose();

    private SoundBatch Put(IReadOnlyList<Corpus.Layout.PublishedWindow> windows) =>
        SoundBatch.Of(windows, _recipe.Network.AudioEncoder!.NormalizesSound, _sound.Compatibility.BatchWaveformNormalization);

    private torch.Tensor HandLoss(SoundBatch batch, HandSide side, bool dropout)
    {
        var predicted = _predictors.Predict(batch, side, dropout).Position;
        var actual = TorchTensors.From(batch.Positions[side], [batch.Count, batch.Frames, 3], _device);
        var seen = TorchTensors.From(batch.Seen[side], [batch.Count, batch.Frames], _device);
        var loss = TrackLoss.Of(predicted, actual, seen, velocityOfUnseen: _sound.VelocityOfUnseenFrames);
        return loss.Reconstruction.Plus(loss.Velocity);
    }
}
