using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Gesture;
using Duomano.Inference.Motion;
using Duomano.Networks.Diffusion;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>A whole published run from predicted positions and condition to smoothed motion.</summary>
[Trait("Category", "Reference")]
public class PipelineTest_Reference
{
    private static readonly float[] PositionScale = [1.5f, 1.5f, 25];

    [Fact]
    public void Motion_FromPositionsAndCondition()
    {
        const string Folder = "pipeline";
        var steps = Golden.Json($"{Folder}/config.json").GetProperty("timesteps").GetInt32();
        var noise = new RecordedNoise(Folder);
        var shape = noise.Initial.Left.Shape;
        var (channels, frames) = (shape[1], shape[2]);
        var positions = PerHand.Create(side => Golden.Array($"{Folder}/position_{side.Name()}.npy").Values);
        using var denoiser = Denoiser();
        denoiser.SetClip(1, frames, PerHand.Create(side => Golden.Array($"{Folder}/cond_{side.Name()}.npy").Values), new GestureGuide(GestureGuide.WristsWidth, new(MotionNormalization.Published)).Of(positions, positions));
        var sampler = new AncestralSampler(new SamplerOptions { Schedule = NoiseSchedule.Cosine(steps) });
        var sample = sampler.Sample(noise.Initial.Map(array => array.Values), denoiser.Denoise, noise);
        foreach (var side in HandSides.Both) Golden.AssertClose($"{Folder}/sample_{side.Name()}.npy", sample[side], shape);

        var pose = RightThenLeft(frames, channels, (side, frame, channel) => sample[side][channel * frames + frame] * MathF.PI);
        var translation = RightThenLeft(frames, 3, (side, frame, axis) => positions[side][frame * 3 + axis] * PositionScale[axis]);
        Compare("pose_radians_right_left", pose, 2 * channels);
        Compare("trans_right_left", translation, 6);

        void Compare(string name, float[] actual, int columns)
        {
            Golden.AssertClose($"{Folder}/{name}.npy", actual, [frames, columns]);
            Golden.AssertClose($"{Folder}/{name}_smoothed.npy", new SavitzkyGolay(5, 2).Smooth(actual, columns), [frames, columns]);
        }
    }

    private static float[] RightThenLeft(int frames, int width, Func<HandSide, int, int, float> value)
    {
        var joint = new float[frames * 2 * width];
        for (var frame = 0; frame < frames; frame++)
        {
            for (var i = 0; i < width; i++)
            {
                joint[(frame * 2 + 0) * width + i] = value(HandSide.Right, frame, i);
                joint[(frame * 2 + 1) * width + i] = value(HandSide.Left, frame, i);
            }
        }

        return joint;
    }
}
