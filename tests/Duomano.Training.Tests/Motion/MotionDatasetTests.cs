using Duomano.Core.Hands;
using Duomano.Core.Music;
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
        var dataset = new MotionDataset([new(clip)], normalization, 64);
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
    public void Training_and_playing_tell_the_networks_the_same_of_a_piece()
    {
        // The pedal is of the feet: a piece with it and its clip without have equal features.
        var clip = PerformedClips.Make(1, 6)[0];
        var score = new Score(clip.Notes, [new(0.5, 127), new(3, 0)]);
        var window = new MotionDataset([new(clip, IsPerson: true)], MotionStatistics.Of([clip]), clip.FrameCount).Spread(1).Single();
        var features = PlayingFeatures.Compute(score, clip.FrameCount, clip.Fps, clip.Skeletons.Right.Size);
        var anchors = HandAnchor.Compute(score, clip.FrameCount, clip.Fps);
        foreach (var side in HandSides.Both)
        {
            Assert.Equal(features[side], window.Features[side]);
            Assert.Equal(anchors[side], window.Anchors[side]);
        }
    }

    [Fact]
    public void Windows_of_people_come_as_often_as_asked_and_say_so()
    {
        var clips = PerformedClips.Make(2, 5);
        MotionExample[] examples = [new(clips[0], IsPerson: true), new(clips[1])];
        var data = new MotionDataset(examples, MotionStatistics.Of(clips), 64, peopleShare: 0.8);
        var random = new SeededRandom(2);
        Assert.InRange(Enumerable.Range(0, 200).Count(_ => data.Draw(random).Features.Left[^1] == 1), 140, 180);
    }

    [Fact]
    public void Wrists_are_drawn_from_where_they_are_predicted()
    {
        var clip = PerformedClips.Make(1, 5)[0];
        var normalization = MotionStatistics.Of([clip]);
        var codec = new MotionCodec(normalization);
        var predicted = PerHand.Create(side => codec.EncodePositions(clip.Hands[side], side).Select(value => value + 0.2f).ToArray());
        MotionExample example = new(clip) { Predicted = predicted };
        var scale = MotionStatistics.WristScale([example], normalization, null);
        for (var axis = 0; axis < 3; axis++) Assert.Equal(0.2f * normalization.PositionScale[axis], scale[axis], 1e-5f);
        Assert.Throws<ArgumentException>(() => MotionStatistics.WristScale([new(clip)], normalization, null));

        var drawn = normalization with { WristScale = scale };
        var window = new MotionDataset([example], drawn, 64).Spread(1).Single();
        Assert.Equal(window.Positions.Left[0] + 0.2f, window.Guide.Left[0], 1e-6f);
        var channels = new MotionCodec(drawn).EncodeWrist(window.Positions.Left, window.Guide.Left);
        Assert.All(channels, value => Assert.Equal(-1, value, 1e-3f));
        var back = new MotionCodec(drawn).DecodeWrist(window.Guide.Left, channels);
        for (var i = 0; i < back.Length; i++) Assert.Equal(window.Positions.Left[i], back[i], 1e-5f);
        Assert.Throws<InvalidOperationException>(() => codec.EncodeWrist(window.Positions.Left, window.Guide.Left));

        var noisy = new MotionDataset([example], drawn, 64, noise: new());
        Assert.Equal(window.Guide.Left, noisy.Spread(1).Single().Guide.Left);
        var (one, two) = (noisy.Draw(new SeededRandom(3)), noisy.Draw(new SeededRandom(3)));
        Assert.Equal(one.Guide.Right, two.Guide.Right);
        Assert.NotEqual(0.2f, one.Guide.Right[0] - one.Positions.Right[0], 1e-5f);
    }

    [Fact]
    public void Clips_shorter_than_a_window_are_left_out_and_nothing_is_refused()
    {
        var clips = PerformedClips.Make(2, 3);
        Assert.Throws<ArgumentException>(() => new MotionDataset(PerformedClips.Examples(clips), MotionStatistics.Of(clips), 200));
        Assert.Equal(2, new MotionDataset(PerformedClips.Examples(clips), MotionStatistics.Of(clips), 64).ClipCount);
    }
}
