using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Motion;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Tests.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Losses;

public class FingertipLossTests
{
    [Fact]
    public void Fingertips_are_where_forward_kinematics_has_them()
    {
        TorchRuntime.Initialize(1);
        var clip = PerformedClips.Make(1, 3)[0];
        var normalization = MotionStatistics.Of([clip]);
        var track = clip.Hands.Right;
        var pose = new MotionCodec(normalization).EncodePose(track, HandSide.Right);
        using var still = torch.no_grad();
        using var loss = new FingertipLoss(normalization, torch.CPU);
        using var tips = loss.Fingertips(TorchTensors.From(pose, [1, HandJoint.PoseLength, track.FrameCount]));
        var values = TorchTensors.ToData(tips).Values;
        var points = new Vector3[HandJoint.PointCount];
        for (var frame = 0; frame < track.FrameCount; frame += 7)
        {
            ForwardKinematics.Points(HandSkeleton.Create(HandSide.Right), track.GetPose(frame), points);
            foreach (var finger in Fingers.All)
            {
                var expected = points[HandJoint.Tip(finger)] - track.Wrist(frame);
                for (var axis = 0; axis < 3; axis++) Assert.Equal(expected[axis], values[(((int)finger - 1) * 3 + axis) * track.FrameCount + frame], 1e-5f);
            }
        }
    }

    [Fact]
    public void The_loss_is_in_square_centimetres_and_can_be_descended()
    {
        TorchRuntime.Initialize(1);
        var normalization = MotionStatistics.Of(PerformedClips.Make(1, 3));
        var random = new SeededRandom(5);
        var values = new float[HandJoint.PoseLength * 4];
        random.FillGaussian(values);
        using var actual = TorchTensors.From(values, [1, HandJoint.PoseLength, 4]);
        using var pose = TorchTensors.From([.. values.Select(value => value * 0.7f)], [1, HandJoint.PoseLength, 4]).requires_grad_();
        using var loss = new FingertipLoss(normalization, torch.CPU);
        using var all = torch.ones(1, 5, 1, 4);
        using var scope = torch.NewDisposeScope();
        Assert.Equal(0, loss.Of(actual, actual, all).Squares.ToSingle());
        var far = loss.Of(pose, actual, all);
        using var between = (loss.Fingertips(pose) - loss.Fingertips(actual)).Times(100).square();
        Assert.Equal(between.mean().ToSingle() * 3, far.Squares.ToSingle(), 1e-3f);
        Assert.Equal(far.Squares.ToSingle(), far.Weighted.ToSingle(), 1e-3f);
        Assert.Equal(between.select(2, 1).mean().ToSingle(), far.PlayingHeight.ToSingle(), 1e-3f);
        far.Weighted.backward();
        var nearer = loss.Of(pose.detach() - pose.grad!.Times(0.01 / far.Weighted.ToSingle()), actual, all);
        Assert.True(nearer.Weighted.ToSingle() < far.Weighted.ToSingle());

        // Only the thumb in the first frame plays; axes and resting fingers have their own weights.
        using var thumb = TorchTensors.From([1, .. new float[19]], [1, 5, 1, 4]);
        using var deep = new FingertipLoss(normalization, torch.CPU, new() { Across = 2, Height = 3, Along = 4 }, new() { Across = 0, Height = 1, Along = 0 });
        var weighted = deep.Of(pose, actual, thumb);
        Assert.Equal(far.Squares.ToSingle(), weighted.Squares.ToSingle(), 1e-3f);
        Assert.Equal(between[0, 0, 1, 0].ToSingle(), weighted.PlayingHeight.ToSingle(), 1e-3f);
        var expected = between.select(2, 1).sum().ToSingle() + 2 * between[0, 0, 0, 0].ToSingle() + 2 * between[0, 0, 1, 0].ToSingle() + 4 * between[0, 0, 2, 0].ToSingle();
        Assert.Equal(expected / 20, weighted.Weighted.ToSingle(), 1e-2f);
    }

    [Fact]
    public void A_drawn_wrist_carries_its_fingertips()
    {
        TorchRuntime.Initialize(1);
        var normalization = MotionStatistics.Of(PerformedClips.Make(1, 3)) with { WristScale = [0.02f, 0.01f, 0.03f] };
        using var scope = torch.NewDisposeScope();
        using var loss = new FingertipLoss(normalization, torch.CPU);
        var still = torch.zeros(1, HandJoint.PoseLength + 3, 1);
        var moved = TorchTensors.From([.. new float[HandJoint.PoseLength], 1, 2, -1], [1, HandJoint.PoseLength + 3, 1]);
        var by = TorchTensors.ToData(loss.Fingertips(moved) - loss.Fingertips(still)).Values;
        for (var i = 0; i < by.Length; i++) Assert.Equal(((float[])[0.02f, 0.02f, -0.03f])[i % 3], by[i], 1e-6f);
    }
}
