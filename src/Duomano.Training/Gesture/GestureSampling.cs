using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Motion;
using Duomano.Networks.Diffusion;
using Duomano.Training.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Gesture;

/// <summary>Draws the motion of windows with gesture networks on torch, as they are while they are trained.</summary>
public sealed class GestureSampling
{
    private readonly GestureRecipe _recipe;
    private readonly MotionCodec _codec;
    private readonly bool _drawsWrists;
    private readonly GestureStreams _streams;
    private readonly torch.Device _device;
    private readonly GestureInput _input;
    private readonly SamplerOptions _options;

    /// <summary>Prepares sampling.</summary>
    /// <param name="recipe">Sizes, schedule and objective.</param>
    /// <param name="normalization">How motion is scaled.</param>
    /// <param name="streams">The networks.</param>
    /// <param name="device">Where they live.</param>
    public GestureSampling(GestureRecipe recipe, MotionNormalization normalization, GestureStreams streams, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(normalization);
        (_recipe, _codec, _drawsWrists, _streams, _device) = (recipe, new(normalization), normalization.WristScale is not null, streams, device);
        _input = new(recipe, _codec, device);
        _options = new() { Schedule = NoiseSchedule.Cosine(recipe.Diffusion.Timesteps), Objective = recipe.Diffusion.Objective, Clip = null };
    }

    /// <summary>Draws windows.</summary>
    /// <param name="windows">What is played, one window or several (<see cref="MotionWindow.Stack"/>).</param>
    /// <param name="random">What noise is drawn from.</param>
    /// <param name="start">How the noise is that sampling starts from.</param>
    /// <param name="steps">Denoising steps; the recipe's, if not given.</param>
    /// <returns>Each hand's normalised wrists, [windows × frames, 3], and poses, windows of [48, frames].</returns>
    public (PerHand<float[]> Positions, PerHand<float[]> Pose) Sample(MotionWindow windows, SeededRandom random, StartNoise start, int? steps = null)
    {
        ArgumentNullException.ThrowIfNull(windows);
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var (frames, channels) = (_recipe.WindowFrames, _recipe.Network.Channels);
        var count = windows.Guide.Left.Length / 3 / frames;
        var denoise = _streams.Told(_input.Features(windows, count), _input.Guides(_input.Guide(windows), count), training: false);
        var sampled = TorchSampling.Sample(
            _options, Math.Min(steps ?? _recipe.Diffusion.Steps, _recipe.Diffusion.Timesteps), random, denoise, [count, channels, frames], _device, start);
        float[][] Motions(HandSide side) => [.. sampled[side].Chunk(channels * frames)];
        var poses = PerHand.Create(side => Motions(side).SelectMany(motion => motion[..(HandJoint.PoseLength * frames)]).ToArray());
        if (!_drawsWrists) return (windows.Guide, poses);
        return (PerHand.Create(side =>
        {
            var told = windows.Guide[side].Chunk(frames * 3);
            return told.Zip(Motions(side), (guide, motion) => _codec.DecodeWrist(guide, motion.AsSpan(HandJoint.PoseLength * frames))).SelectMany(track => track).ToArray();
        }), poses);
    }
}
