using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Training.Motion;

namespace Duomano.Training.Tests.Motion;

public class MotionDatasetTests
{
    [Fact]
    public void Windows_hold_the_clips_own_motion()
    {
        var clip = PerformedClips.Make(1, 4)[0];
        var normalization = MotionStatistics.Of([clip]);
        var dataset = new MotionDataset([clip], normalization, 64);
        var codec = new MotionCodec(normalization);
        var window = dataset.Draw(new SeededRandom(1));
        var whole = codec.EncodePositions(clip.Hands.Right, HandSide.Right);
        var first = Enumerable.Range(0, clip.FrameCount - 63).Single(frame => window.Positions.Right.AsSpan().SequenceEqual(whole.AsSpan(frame * 3, 64 * 3)));
        var pose = codec.EncodePose(clip.Hands.Left.Slice(first, 64), HandSide.Left);
        Assert.Equal(pose, window.Pose.Left);
        Assert.Equal(64 * PlayingFeatures.Width, window.Features.Left.Length);
    }

    [Fact]
    public void Normalised_motion_is_centred_scaled_and_inside_the_tanh()
    {
        var clips = PerformedClips.Make(3, 6);
        var codec = new MotionCodec(MotionStatistics.Of(clips));
        foreach (var side in HandSides.Both)
        {
            Assert.All(clips.SelectMany(clip => codec.EncodePositions(clip.Hands[side], side)), value => Assert.InRange(value, -0.75f, 0.75f));
        }

        var flexion = clips.SelectMany(clip => HandSides.Both.SelectMany(side => codec.EncodePose(clip.Hands[side], side)[(5 * clip.FrameCount)..(6 * clip.FrameCount)])).ToArray();
        Assert.Equal(0, flexion.Average(), 1e-3);
        Assert.Equal(1, Math.Sqrt(flexion.Average(value => (double)value * value)), 1e-2);
    }

    [Fact]
    public void Departures_from_the_anchor_are_smaller_than_positions_and_can_be_undone()
    {
        var clips = PerformedClips.Make(3, 6);
        var normalization = MotionStatistics.Of(clips);
        Assert.True(normalization.Departure!.Scale[0] < normalization.PositionScale[0] / 2);
        var codec = new MotionCodec(normalization);
        var positions = codec.EncodePositions(clips[1].Hands.Left, HandSide.Left);
        var anchor = HandAnchor.Compute(new(clips[1].Notes), clips[1].FrameCount, 30).Left;
        var back = codec.FromPredicted(codec.ToPredicted(positions, anchor), anchor);
        for (var i = 0; i < positions.Length; i++) Assert.Equal(positions[i], back[i], 1e-5f);
    }

    [Fact]
    public void Clips_shorter_than_a_window_are_left_out_and_nothing_is_refused()
    {
        var clips = PerformedClips.Make(2, 3);
        Assert.Throws<ArgumentException>(() => new MotionDataset(clips, MotionStatistics.Of(clips), 200));
        Assert.Equal(2, new MotionDataset(clips, MotionStatistics.Of(clips), 64).ClipCount);
    }
}
