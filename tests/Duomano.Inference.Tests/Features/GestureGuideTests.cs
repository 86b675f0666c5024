using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;

namespace Duomano.Inference.Tests.Features;

public class GestureGuideTests
{
    private const int PerFinger = 6;

    private static readonly MotionCodec Codec = new(RandomModel.Config.Normalization);

    [Fact]
    public void Wrists_alone_are_own_and_other_side_by_side()
    {
        var guide = new GestureGuide(GestureGuide.WristsWidth, Codec).Of(new([1, 2, 3, 4, 5, 6], [-1, -2, -3, -4, -5, -6]), new([], []));
        Assert.Equal([1f, 2, 3, -1, -2, -3, 4, 5, 6, -4, -5, -6], guide.Left);
        Assert.Equal([-1f, -2, -3, 1, 2, 3, -4, -5, -6, 4, 5, 6], guide.Right);
    }

    [Theory]
    [InlineData(HandSide.Left, 41, 1f)]
    [InlineData(HandSide.Right, 66, 1f)]
    [InlineData(HandSide.Right, 67, 1.25f)]
    public void Each_finger_reaches_from_the_wrist_to_its_key(HandSide side, int midi, float size)
    {
        var key = new PianoKey(midi);
        var score = new Score([new(1, 1.5, key, 70) { Hand = side, Finger = Finger.Ring }]);
        var features = PlayingFeatures.Compute(score, 60, 30, size);
        var wrist = new Vector3(key.CenterX + 0.03f, 0.06f, 0.08f);
        var track = new HandTrack(60);
        var pose = new HandPose { Wrist = wrist };
        for (var frame = 0; frame < 60; frame++) track.SetPose(frame, pose);
        var positions = PerHand.Create(hand => Codec.EncodePositions(track, hand));
        var guide = new GestureGuide(GestureGuide.ReachWidth, Codec).Of(positions, features)[side];
        Assert.Equal(60 * GestureGuide.ReachWidth, guide.Length);

        // 36 frames in, the key is held; a thumb to the right of the little finger mirrors the left hand.
        var row = guide.AsSpan(36 * GestureGuide.ReachWidth, GestureGuide.ReachWidth);
        Assert.Equal(positions[side].AsSpan(36 * 3, 3), row[..3]);
        var ring = row.Slice(GestureGuide.WristsWidth + 3 * PerFinger, PerFinger);
        Assert.Equal((side == HandSide.Left ? 0.03f : -0.03f) / 0.025f / size, ring[0], 1e-4f);
        Assert.Equal((key.TopY - 0.06f) / 0.025f / size, ring[1], 1e-4f);
        Assert.Equal(((key.IsBlack ? -0.062f : -0.035f) - 0.08f) / 0.025f / size, ring[2], 1e-4f);
        Assert.Equal(1, ring[3]);
        Assert.Equal(1, ring[4]);

        // The other fingers have nothing to reach for.
        for (var finger = 0; finger < 5; finger++)
        {
            if (finger != 3) Assert.Equal([0f, 0, 0], row.Slice(GestureGuide.WristsWidth + finger * PerFinger, 3).ToArray());
        }
    }

    [Fact]
    public void A_guide_of_the_own_hand_tells_finer_times()
    {
        var score = new Score([new(1, 1.5, new PianoKey(66), 70) { Hand = HandSide.Right, Finger = Finger.Ring }]);
        var features = PlayingFeatures.Compute(score, 60, 30, 1);
        var positions = PerHand.Create(side => Enumerable.Range(0, 180).Select(i => side == HandSide.Left ? -9f : i / 200f).ToArray());
        var whole = new GestureGuide(GestureGuide.ReachWidth, Codec).Of(positions, features).Right;
        var own = new GestureGuide(GestureGuide.OwnReachWidth, Codec).Of(positions, features).Right;
        Assert.DoesNotContain(-9f, own);
        for (var frame = 0; frame < 60; frame++)
        {
            var old = whole.AsSpan(frame * GestureGuide.ReachWidth, GestureGuide.ReachWidth);
            var row = own.AsSpan(frame * GestureGuide.OwnReachWidth, GestureGuide.OwnReachWidth);
            Assert.Equal(old[..3], row[..3]);
            var ring = row.Slice(3 + 3 * (PerFinger + 2), PerFinger + 2);
            Assert.Equal(old.Slice(GestureGuide.WristsWidth + 3 * PerFinger, PerFinger), ring[..PerFinger]);
            var until = Math.Max(0, 1 - frame / 30.0);
            if (frame < 45) Assert.Equal(Math.Exp(-until / 0.08), ring[6], 1e-4);
            else Assert.Equal(Math.Exp(-(frame / 30.0 - 1.5) / 0.08), ring[7], 1e-4);
        }
    }

    [Fact]
    public void Far_reaches_are_limited()
    {
        var score = new Score([new(0, 1, new PianoKey(108), 70) { Hand = HandSide.Right, Finger = Finger.Index }]);
        var positions = PerHand.Create(_ => new float[3]);
        var guide = new GestureGuide(GestureGuide.ReachWidth, Codec).Of(positions, PlayingFeatures.Compute(score, 1, 30, 1)).Right;
        Assert.Equal(6, guide[GestureGuide.WristsWidth + PerFinger]);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Other_widths_are_refused(int width) => Assert.Throws<ArgumentException>(() => new GestureGuide(width, Codec));
}
