using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Inference.Features;

namespace Duomano.Inference.Tests.Features;

public class PositionFeaturesTests
{
    [Theory]
    [InlineData(HandSide.Left, -1)]
    [InlineData(HandSide.Right, 1)]
    public void Keys_are_seen_from_the_anchor_and_its_way_is_told(HandSide side, int sign)
    {
        var (first, second) = (new PianoKey(60), new PianoKey(64));
        var score = new Score([
            new(0.5, 0.9, first, 70) { Hand = side, Finger = Finger.Thumb },
            new(1.5, 1.9, second, 70) { Hand = side, Finger = Finger.Middle },
        ]);
        var playing = PlayingFeatures.Compute(score, 60, 30, 1)[side];
        var anchor = HandAnchor.Compute(score, 60, 30)[side];
        var rows = new PositionFeatures(PositionFeatures.AnchoredWidth).Of(playing, anchor, []);
        Assert.Equal(60 * PositionFeatures.AnchoredWidth, rows.Length);

        // At 0.6 s the thumb holds the first key; the second is the next one.
        var row = rows.AsSpan(18 * PositionFeatures.AnchoredWidth, PositionFeatures.AnchoredWidth);
        Assert.Equal(playing.AsSpan(18 * PlayingFeatures.Width, PlayingFeatures.Width), row[..PlayingFeatures.Width]);
        var seen = row[PlayingFeatures.Width..];
        Assert.Equal((sign * first.CenterX - anchor[18]) / 0.025f, seen[0], 1e-4f);
        Assert.Equal((sign * second.CenterX - anchor[18]) / 0.025f, seen[2], 1e-4f);
        Assert.Equal(0, seen[3]);
        Assert.Equal(seen[2], seen[5], 1e-4f);
        Assert.Equal(seen[0], seen[6], 1e-4f);

        // It has not left yet, and will be on its way ten frames before 1.4 s.
        Assert.Equal(0, seen[8], 1e-5f);
        Assert.Equal((anchor[46] - anchor[36]) / 0.025f, rows[36 * PositionFeatures.AnchoredWidth + PlayingFeatures.Width + 10], 1e-4f);
        Assert.NotEqual(0, anchor[46] - anchor[36]);
    }

    [Fact]
    public void Without_the_anchor_nothing_is_added()
    {
        var playing = new float[2 * PlayingFeatures.Width];
        Assert.Same(playing, new PositionFeatures(PlayingFeatures.Width).Of(playing, new float[2], []));
        Assert.Throws<ArgumentException>(() => new PositionFeatures(PlayingFeatures.Width + 1));
        Assert.Throws<ArgumentException>(() => new PositionFeatures(PositionFeatures.AnchoredWidth).Of(playing, new float[3], []));
    }
}
