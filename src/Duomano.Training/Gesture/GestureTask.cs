using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Models;
using Duomano.Inference.Motion;
using Duomano.Networks.Diffusion;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Gesture;

/// <summary>
/// Trains both hands' gesture networks together: each gradient also goes through the exchange into the other hand's
/// network. What is guided by predicted positions learns to move the wrists from there, too.
/// </summary>
public sealed class GestureTask : ITrainingTask<GestureBatch>, IShowsMotion, IDisposable
{
    private readonly GestureRecipe _recipe;
    private readonly MotionDataset _training;
    private readonly MotionDataset _validationData;
    private readonly GestureBatch[] _validation;
    private readonly torch.Device _device;
    private readonly GestureStreams _streams;
    private readonly MotionCodec _codec;
    private readonly DiffusionLoss _loss;
    private readonly FingertipLoss _fingertips;
    private readonly GestureInput _input;

    /// <summary>Prepares fresh networks.</summary>
    /// <param name="recipe">Sizes and lengths.</param>
    /// <param name="training">Where batches are drawn from.</param>
    /// <param name="validation">What is measured, with the same noise each time.</param>
    /// <param name="device">Where to compute.</param>
    public GestureTask(GestureRecipe recipe, MotionDataset training, MotionDataset validation, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(training);
        ArgumentNullException.ThrowIfNull(validation);
        _recipe = recipe;
        _training = training;
        _validationData = validation;
        _device = device;
        var channels = HandJoint.PoseLength + (DrawsWrists ? ModelConfig.WristChannels : 0);
        if (recipe.Network.Channels != channels) throw new ArgumentException($"The recipe's network has {recipe.Network.Channels} channels, not the {channels} of {(DrawsWrists ? "pose and wrist" : "a pose")}.", nameof(recipe));
        _streams = GestureStreams.Create(recipe, device);
        _loss = new(NoiseSchedule.Cosine(recipe.Diffusion.Timesteps), new()
        {
            Objective = recipe.Diffusion.Objective,
            Weighting = recipe.Weighting,
            VelocityWeight = recipe.VelocityWeight,
            AccelerationWeight = recipe.AccelerationWeight,
        });
        _fingertips = new(training.Normalization, device, recipe.PlayingWeights, recipe.RestingWeights);
        _codec = new(training.Normalization);
        _input = new(recipe, _codec, device);
        _validation = [.. validation.Spread(recipe.ValidationWindows).Chunk(recipe.BatchSize).Select((windows, i) => Noised(windows, new(recipe.Training.Seed, $"gesture validation {i}"), spread: true))];
    }

    /// <inheritdoc/>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters => _streams.Parameters;

    /// <inheritdoc/>
    public GestureBatch Prepare(int step)
    {
        var random = new SeededRandom(_recipe.Training.Seed, $"gesture batch {step}");
        MotionWindow[] windows = [.. Enumerable.Range(0, _recipe.BatchSize).Select(_ => _training.Draw(random))];
        return Noised(windows, random, spread: false);
    }

    /// <inheritdoc/>
    public TrainingLoss Loss(GestureBatch batch)
    {
        var losses = HandLosses(batch, training: true);
        var (left, right) = (Total(losses.Left), Total(losses.Right));
        return new(left.Plus(right), KeyValuePair.Create("left", left), KeyValuePair.Create("right", right));
    }

    /// <inheritdoc/>
    public ValidationResult Validate()
    {
        var (sums, fingertips, heights, windows) = (new double[2], 0.0, 0.0, 0);
        foreach (var batch in _validation)
        {
            using var scope = torch.NewDisposeScope();
            var losses = HandLosses(batch, training: false);
            foreach (var side in HandSides.Both)
            {
                sums[(int)side] += Total(losses[side]).ToDouble() * batch.Count;
                fingertips += losses[side].Fingertips.Squares.ToDouble() * batch.Count / 2;
                heights += losses[side].Fingertips.PlayingHeight.ToDouble() * batch.Count / 2;
            }

            windows += batch.Count;
        }

        return new(
            (sums[0] + sums[1]) / windows,
            KeyValuePair.Create("left", sums[0] / windows), KeyValuePair.Create("right", sums[1] / windows), KeyValuePair.Create("fingertips_cm", Math.Sqrt(fingertips / windows)),
            KeyValuePair.Create("playing_height_cm", Math.Sqrt(heights / windows)));
    }

    /// <inheritdoc/>
    public ShownMotion Show()
    {
        var window = _validationData.Spread(1).Single();
        var (positions, pose) = new GestureSampling(_recipe, _validationData.Normalization, _streams, _device).Sample(window, new SeededRandom(_recipe.Training.Seed, "shown motion"), new() { Shared = _recipe.SharedNoise });
        return new(_validationData.ToClip(window.Positions, window.Pose), _validationData.ToClip(positions, pose));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _streams.Dispose();
        _fingertips.Dispose();
    }

    private bool DrawsWrists => _training.Normalization.WristScale is not null;

    private torch.Tensor Total(HandLoss loss) => _recipe.FingertipWeight > 0 ? loss.Diffusion.Plus(loss.Fingertips.Weighted.Times(_recipe.FingertipWeight)) : loss.Diffusion;

    private PerHand<HandLoss> HandLosses(GestureBatch batch, bool training)
    {
        int count = batch.Count, frames = _recipe.WindowFrames, channels = _recipe.Network.Channels;
        torch.Tensor Tensor(float[] values, params int[] shape) => TorchTensors.From(values, shape, _device);

        var start = batch.Start.Map(values => Tensor(values, count, channels, frames));
        var noise = batch.Noise.Map(values => Tensor(values, count, channels, frames));
        var noisy = PerHand.Create(side => _loss.AddNoise(start[side], noise[side], batch.Steps[side]));
        var steps = batch.Steps.Map(own => Tensor([.. own.Select(step => (float)step)], count));
        var output = _streams.Told(_input.Features(batch.Windows, count), _input.Guides(batch.Guide, count), training)(noisy, steps);
        return PerHand.Create(side =>
        {
            var fingertips = _fingertips.Of(_loss.StartFrom(output[side], noisy[side], batch.Steps[side]), start[side], Tensor(batch.Playing[side], count, PlayingFeatures.Fingers, 1, frames));
            return new HandLoss(_loss.Of(output[side], start[side], noise[side], batch.Steps[side]), fingertips);
        });
    }

    // Everything random of a batch; one diffusion step a window, mostly shared by both hands, own noise for each.
    private GestureBatch Noised(MotionWindow[] windows, SeededRandom random, bool spread)
    {
        var stacked = MotionWindow.Stack(windows);
        var timesteps = _recipe.Diffusion.Timesteps;
        int[] steps = [.. windows.Select((_, i) => spread ? (2 * i + 1) * timesteps / (2 * windows.Length) : random.Next(timesteps))];
        int[] others = spread || _recipe.OwnSteps == 0 ? steps : [.. steps.Select(step => random.NextDouble() < _recipe.OwnSteps ? random.Next(timesteps) : step)];
        var motion = PerHand.Create(side => Motion(windows, side));
        var noise = motion.Map(values =>
        {
            var drawn = new float[values.Length];
            random.FillGaussian(drawn);
            return drawn;
        });
        if (_recipe.SharedNoise) noise = new(noise.Left, noise.Left);
        return new(stacked, motion, new(steps, others), noise, _input.Guide(stacked), stacked.Features.Map(Playing));
    }

    // [windows, channels, frames]: the pose, and the wrist behind it where it is drawn, too.
    private float[] Motion(MotionWindow[] windows, HandSide side) =>
        [.. windows.SelectMany(window => DrawsWrists ? window.Pose[side].Concat(_codec.EncodeWrist(window.Positions[side], window.Guide[side])) : window.Pose[side])];

    // [windows, fingers, frames]: 1 where a finger holds a key or is about to.
    private float[] Playing(float[] features)
    {
        var (frames, fingers) = (_recipe.WindowFrames, PlayingFeatures.Fingers);
        var playing = new float[features.Length / PlayingFeatures.Width * fingers];
        for (var row = 0; row * PlayingFeatures.Width < features.Length; row++)
        {
            for (var finger = 0; finger < fingers; finger++)
            {
                var plays = PlayingFeatures.PlaysIn(features.AsSpan(row * PlayingFeatures.Width, PlayingFeatures.Width), finger);
                playing[(row / frames * fingers + finger) * frames + row % frames] = plays ? 1 : 0;
            }
        }

        return playing;
    }

    private sealed record HandLoss(torch.Tensor Diffusion, FingertipErrors Fingertips);
}

/// <summary>Windows with everything random that a step needs.</summary>
/// <param name="Windows">What is to be learned.</param>
/// <param name="Start">Each hand's clean motion, [windows, channels, frames].</param>
/// <param name="Steps">Each hand's, a diffusion step a window.</param>
/// <param name="Noise">Each hand's noise, like the motion.</param>
/// <param name="Guide">Each hand's guide, made of the positions; empty for networks without.</param>
/// <param name="Playing">1 where a finger plays and 0 where not, each hand's [windows, fingers, frames].</param>
public sealed record GestureBatch(MotionWindow Windows, PerHand<float[]> Start, PerHand<int[]> Steps, PerHand<float[]> Noise, PerHand<float[]> Guide, PerHand<float[]> Playing)
{
    /// <summary>How many windows there are.</summary>
    public int Count => Steps.Left.Length;
}
