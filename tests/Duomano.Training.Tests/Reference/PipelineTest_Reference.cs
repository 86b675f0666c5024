using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Motion;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>From predicted positions and conditions to smoothed motion, against the published scripts.</summary>
[Trait("Category", "Reference")]
public class PipelineTest_Reference
{
    [Fact]
    public void FromPositionsToSmoothedMotion()
    {
        var position = Both("position");
        var guide = position.MapWithOther((own, other) => torch.cat([own, other], 2).DetachFromDisposeScope());
        var timesteps = Golden.Json("pipeline/config.json").GetProperty("timesteps").GetInt32();
        var sample = PublishedSampling.Run("pipeline", timesteps, guide, Both("cond"), ownNoise: false);
        var shape = Golden.Array("pipeline/sample_left.npy").Shape;
        foreach (var side in HandSides.Both) Golden.AssertClose($"pipeline/sample_{side.Name()}.npy", sample[side], shape);

        var (channels, frames) = (shape[1], shape[2]);
        var scales = MotionNormalization.Published;
        var pose = RightThenLeft(channels, (side, frame, channel) => sample[side][channel * frames + frame] * scales.PoseScale[channel]);
        AssertMotion("pose_radians_right_left", pose, 2 * channels);
        var tracks = PerHand.Create(side => Golden.Array($"pipeline/position_{side.Name()}.npy").Values);
        var translation = RightThenLeft(3, (side, frame, channel) => tracks[side][frame * 3 + channel] * scales.PositionScale[channel]);
        AssertMotion("trans_right_left", translation, 6);

        float[] RightThenLeft(int width, Func<HandSide, int, int, float> value) =>
        [
            .. from frame in Enumerable.Range(0, frames)
               from side in (HandSide[])[HandSide.Right, HandSide.Left]
               from channel in Enumerable.Range(0, width)
               select value(side, frame, channel),
        ];

        void AssertMotion(string name, float[] values, int columns)
        {
            Golden.AssertClose($"pipeline/{name}.npy", values, [frames, columns]);
            Golden.AssertClose($"pipeline/{name}_smoothed.npy", new SavitzkyGolay(5, 2).Smooth(values, columns), [frames, columns]);
        }
    }

    private static PerHand<torch.Tensor> Both(string name) => PerHand.Create(side => Tensor($"pipeline/{name}_{side.Name()}.npy").DetachFromDisposeScope());
}
