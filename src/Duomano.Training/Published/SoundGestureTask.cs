using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Training.Gesture;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Published;

/// <summary>
/// The published second stage: both hands' diffusion networks, conditioned on the first stage's frozen predictors. A validation
/// samples the motion of the validation windows and takes its absolute error, and that of first differences.
/// </summary>
public sealed class SoundGestureTask : ITrainingTask<NoisedSound>, IShowsMotion, IHandsOverGradients, IDisposable
{
    // Numbers of a hand's network that make memory scarce.
    private const long Large = 100_000_000;

    private readonly GestureRecipe _recipe;
    private readonly SoundTraining _sound;
    private readonly bool _normalizes;
    private readonly SoundWindows _training;
    private readonly SoundBatch[] _validation;
    private readonly SoundPredictors _predictors;
    private readonly TwoHandParameters _parameters;
    private readonly DiffusionLoss _loss;
    private readonly torch.Device _device;

    /// <summary>Prepares fresh networks beside trained predictors.</summary>
    /// <param name="recipe">A recipe of the published system.</param>
    /// <param name="position">The first stage's network.</param>
    /// <param name="predictors">What it learned, "left.…" and "right.…".</param>
    /// <param name="training">Where batches come from.</param>
    /// <param name="validation">What is measured.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentException">One of the recipes is none of the published system, or they do not go together.</exception>
    public SoundGestureTask(GestureRecipe recipe, PositionConfig position, StateDict predictors, SoundWindows training, SoundWindows validation, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(position);
        ArgumentNullException.ThrowIfNull(predictors);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        _sound = recipe.Sound ?? throw new ArgumentException("The recipe does not train from sound.", nameof(recipe));
        if (position.CondWidth != recipe.Network.CondWidth)
        {
            throw new ArgumentException($"The predictors give a condition of width {position.CondWidth}, the gesture networks take {recipe.Network.CondWidth}.", nameof(position));
        }

        (_recipe, _training, _device) = (recipe, training, device);
        _normalizes = position.AudioEncoder?.NormalizesSound ?? false;
        _predictors = new(position, _sound, 0, recipe.Training.Precision, device);
        foreach (var side in HandSides.Both)
        {
            _predictors.Parameters.Hands[side].Assign(predictors.Under(side.Name() + "."));
            if (_sound.HalvedPredictors) _predictors.Parameters.Hands[side].FreezeHalved();
            else _predictors.Parameters.Hands[side].Freeze();
        }

        _parameters = new(TwoHandUNet.Parameters(recipe.Network, _sound.Compatibility), recipe.Training.Seed, device);
        if (_parameters.Hands.Left.Count > Large && device.type == DeviceType.CPU)
        {
            TorchRuntime.GiveBackMemory();
            // What was drawn or read has been copied.
            ManagedMemory.GiveBack();
        }

        _loss = new(NoiseSchedule.Cosine(recipe.Diffusion.Timesteps), new()
        {
            Objective = recipe.Diffusion.Objective,
            VelocityWeight = recipe.VelocityWeight,
            AccelerationWeight = recipe.AccelerationWeight,
            Weighting = recipe.Weighting,
        });
        _validation = [.. validation.First().Chunk(_sound.ValidationBatch).Select(Put)];
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters => _parameters.All;

    /// <inheritdoc/>
    public NoisedSound Prepare(int step)
    {
        var batch = Put(_training.Batch(step, _recipe.BatchSize));
        var random = new SeededRandom(_recipe.Training.Seed, $"published gesture batch {step}");
        int[] steps = [.. Enumerable.Range(0, batch.Count).Select(_ => random.Next(_recipe.Diffusion.Timesteps))];
        return new(batch, steps, new GaussianNoise(random).Initial(batch.Pose.Left.Length));
    }

    /// <inheritdoc/>
    public TrainingLoss Loss(NoisedSound batch)
    {
        ArgumentNullException.ThrowIfNull(batch);
        var (networks, cond, guides) = Conditions(batch.Windows, dropout: true, _sound.DropoutAlways);
        var start = batch.Windows.Pose.Map(values => Channels(values, batch.Windows));
        var noise = batch.Noise.Map(values => Channels(values, batch.Windows));
        var noisy = start.Zip(noise, (x, e) => _loss.AddNoise(x, e, batch.Steps));
        var output = TwoHandUNet.Evaluate(networks, noisy, Steps(batch.Steps), cond, guides);
        var losses = PerHand.Create(side => _loss.Of(output[side], start[side], noise[side], batch.Steps));
        return new(losses.Left.Plus(losses.Right), KeyValuePair.Create("left", losses.Left), KeyValuePair.Create("right", losses.Right));
    }

    /// <inheritdoc/>
    public ValidationResult Validate()
    {
        var (error, velocity) = (0.0, 0.0);
        for (var i = 0; i < _validation.Length; i++)
        {
            using var scope = torch.NewDisposeScope();
            var batch = _validation[i];
            var sampled = Sample(batch, i);
            foreach (var side in HandSides.Both)
            {
                // Frame-major, as the errors of tracks are counted.
                var (predicted, actual) = (Channels(sampled[side], batch).transpose(1, 2), Channels(batch.Pose[side], batch).transpose(1, 2));
                var loss = TrackLoss.Of(predicted, actual, TorchTensors.From(batch.Seen[side], [batch.Count, batch.Frames], _device), velocityOfUnseen: _sound.VelocityOfUnseenFrames);
                error += loss.Reconstruction.item<float>() * batch.Count / 2;
                velocity += loss.Velocity.item<float>() * batch.Count / 2;
            }
        }

        var windows = _validation.Sum(batch => batch.Count);
        return new((error + velocity) / windows, KeyValuePair.Create("error", error / windows), KeyValuePair.Create("velocity_error", velocity / windows));
    }

    /// <inheritdoc/>
    public ShownMotion Show()
    {
        var first = _validation[0].First();
        using var scope = torch.NewDisposeScope();
        return new(first.ToClip(first.Pose), first.ToClip(Sample(first, 0)));
    }

    /// <inheritdoc/>
    public void HandOverGradients(Action<string, torch.Tensor>? take) => _parameters.HandOverGradients(take);

    /// <inheritdoc/>
    public void Dispose()
    {
        _predictors.Dispose();
        _parameters.Dispose();
    }

    private SoundBatch Put(IReadOnlyList<Corpus.Layout.PublishedWindow> windows) => SoundBatch.Of(windows, _normalizes, _sound.Compatibility.BatchWaveformNormalization);

    // What the networks are conditioned on: the predictors' condition and both positions, as they come out of the tanh.
    private (PerHand<UNet<torch.Tensor>> Networks, PerHand<torch.Tensor> Cond, PerHand<torch.Tensor?> Guides) Conditions(SoundBatch batch, bool dropout, bool predictorDropout)
    {
        PerHand<PositionPrediction<torch.Tensor>> predicted;
        using (torch.no_grad()) predicted = PerHand.Create(side => _predictors.Predict(batch, side, predictorDropout));

        var networks = PerHand.Create(side => new UNet<torch.Tensor>(new TorchOps(_parameters.Hands[side], dropout, _recipe.Training.Precision), _recipe.Network, _sound.Compatibility));
        var cond = networks.Zip(predicted, (network, of) => network.Condition(of.Cond));
        var guides = networks.Zip(predicted.MapWithOther((own, other) => (own, other)), (network, pair) => _recipe.Network.GuideWidth == 0 ? null : network.Guide(pair.own.Position, pair.other.Position));
        return (networks, cond, guides);
    }

    private PerHand<float[]> Sample(SoundBatch batch, int index)
    {
        var (networks, cond, guides) = Conditions(batch, _sound.DropoutAlways, _sound.DropoutAlways);
        return TorchSampling.Sample(
            new() { Schedule = NoiseSchedule.Cosine(_recipe.Diffusion.Timesteps), Objective = _recipe.Diffusion.Objective }, _sound.ValidationSteps,
            new SeededRandom(_recipe.Training.Seed, $"published gesture validation {index}"), networks, cond, guides,
            [batch.Count, _recipe.Network.Channels, batch.Frames], _sound.Compatibility.SharedInitialNoise);
    }

    private torch.Tensor Channels(float[] values, SoundBatch batch) => TorchTensors.From(values, [batch.Count, values.Length / batch.Count / batch.Frames, batch.Frames], _device);

    private torch.Tensor Steps(int[] steps) => TorchTensors.From([.. steps.Select(step => (float)step)], [steps.Length], _device);
}

/// <summary>Windows with everything random that a step needs.</summary>
/// <param name="Windows">What is to be learned.</param>
/// <param name="Steps">A diffusion step a window, shared by both hands.</param>
/// <param name="Noise">Each hand's own, like the poses.</param>
public sealed record NoisedSound(SoundBatch Windows, int[] Steps, PerHand<float[]> Noise);
