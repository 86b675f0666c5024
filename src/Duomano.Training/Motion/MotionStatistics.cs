using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;

namespace Duomano.Training.Motion;

/// <summary>Measures how motion is spread, to scale it for the networks.</summary>
public static class MotionStatistics
{
    // The predictor ends in a tanh: positions must stay well inside ±1, where it is nearly straight.
    private const float PositionReach = 1.5f;

    // Metres; a wrist that is always where it is predicted would be scaled without bound.
    private const double LeastWristScale = 1e-3;

    // A joint that never moves would be scaled without bound.
    private const float LeastPoseScale = 0.02f;

    // Poses further out than this many deviations are rare enough to be clipped while sampling.
    private const float Clip = 5;

    /// <summary>Computes a normalisation from training clips, both hands together (the left one mirrored).</summary>
    /// <param name="clips">Clips of the training split.</param>
    /// <exception cref="ArgumentException">There is no frame, or the hands are not all of one build.</exception>
    public static MotionNormalization Of(IEnumerable<TwoHandClip> clips)
    {
        ArgumentNullException.ThrowIfNull(clips);
        Span<float> low = [float.MaxValue, float.MaxValue, float.MaxValue];
        Span<float> high = [float.MinValue, float.MinValue, float.MinValue];
        var sum = new double[HandJoint.PoseLength];
        var squares = new double[HandJoint.PoseLength];
        Span<float> nearest = [float.MaxValue, float.MaxValue, float.MaxValue];
        Span<float> farthest = [float.MinValue, float.MinValue, float.MinValue];
        long count = 0;
        var pose = new HandPose();
        HandBuild? build = null;
        foreach (var clip in clips)
        {
            var its = clip.Skeletons.Right.Build ?? HandBuild.Average;
            if ((build ??= its) != its) throw new ArgumentException($"The hands are of two builds, {build.Value.Name()} and {its.Name()}: make all data with one.", nameof(clips));
            var anchors = HandAnchor.Compute(new(clip.Notes), clip.FrameCount, clip.Fps);
            foreach (var side in HandSides.Both)
            {
                var previous = Vector3.Zero;
                for (var frame = 0; frame < clip.FrameCount; frame++)
                {
                    clip.Hands[side].GetPose(frame, pose);
                    var own = side == HandSide.Left ? HandMirror.Pose(pose) : pose;
                    own.Rotations[HandJoint.Wrist] = previous = Rotation.Nearest(own.Rotations[HandJoint.Wrist], previous);
                    for (var axis = 0; axis < 3; axis++)
                    {
                        low[axis] = MathF.Min(low[axis], own.Wrist[axis]);
                        high[axis] = MathF.Max(high[axis], own.Wrist[axis]);
                        var departure = own.Wrist[axis] - (axis == 0 ? anchors[side][frame] : 0);
                        nearest[axis] = MathF.Min(nearest[axis], departure);
                        farthest[axis] = MathF.Max(farthest[axis], departure);
                        for (var joint = 0; joint < HandJoint.Count; joint++)
                        {
                            var value = own.Rotations[joint][axis];
                            sum[joint * 3 + axis] += value;
                            squares[joint * 3 + axis] += (double)value * value;
                        }
                    }

                    count++;
                }
            }
        }

        if (count == 0) throw new ArgumentException("There is no motion to learn from.", nameof(clips));
        var mean = Array.ConvertAll(sum, value => value / count);
        return new()
        {
            PositionOffset = [(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, (low[2] + high[2]) / 2],
            PositionScale = [Scale(low[0], high[0]), Scale(low[1], high[1]), Scale(low[2], high[2])],
            Departure = new(
                [(nearest[0] + farthest[0]) / 2, (nearest[1] + farthest[1]) / 2, (nearest[2] + farthest[2]) / 2],
                [Scale(nearest[0], farthest[0]), Scale(nearest[1], farthest[1]), Scale(nearest[2], farthest[2])]),
            PoseOffset = [.. mean.Select(value => (float)value)],
            PoseScale = [.. mean.Select((value, i) => MathF.Max(LeastPoseScale, (float)Math.Sqrt(Math.Max(0, squares[i] / count - value * value))))],
            Clip = Clip,
            HandBuild = build!.Value,
        };
    }

    /// <summary>How far wrists are from where they are predicted, as the scale of gesture networks that draw them.</summary>
    /// <param name="examples">What is learned from, each with its predicted tracks.</param>
    /// <param name="normalization">How positions are scaled.</param>
    /// <param name="noise">How predicted tracks are displaced beside.</param>
    /// <returns>Root mean squares along x, y, z, metres.</returns>
    /// <exception cref="ArgumentException">Of some clip nothing was predicted.</exception>
    public static IReadOnlyList<float> WristScale(IEnumerable<MotionExample> examples, MotionNormalization normalization, PredictionNoise? noise)
    {
        ArgumentNullException.ThrowIfNull(examples);
        ArgumentNullException.ThrowIfNull(normalization);
        var codec = new MotionCodec(normalization);
        var squares = new double[3];
        long count = 0;
        foreach (var example in examples)
        {
            var predicted = example.Predicted ?? throw new ArgumentException("Of a clip nothing was predicted.", nameof(examples));
            foreach (var side in HandSides.Both)
            {
                var actual = codec.EncodePositions(example.Clip.Hands[side], side);
                for (var i = 0; i < actual.Length; i++) squares[i % 3] += Math.Pow((actual[i] - predicted[side][i]) * normalization.PositionScale[i % 3], 2);
                count += actual.Length / 3;
            }
        }

        double[] displaced = noise is null ? [0, 0, 0] : [noise.Along, noise.Up, noise.Inwards];
        return [.. squares.Select((sum, axis) => (float)Math.Max(LeastWristScale, Math.Sqrt(sum / count + displaced[axis] * displaced[axis])))];
    }

    private static float Scale(float low, float high) => MathF.Max(0.01f, (high - low) / 2 * PositionReach);
}
