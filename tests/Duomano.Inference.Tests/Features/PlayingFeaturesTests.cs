using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Inference.Features;

namespace Duomano.Inference.Tests.Features;

public class PlayingFeaturesTests
{
    private const int FingerWidth = 5;

    [Fact]
    public void A_finger_knows_its_key_before_while_and_after_it_plays()
    {
        var key = new PianoKey(66);
        var score = new Score([Play(1.0, 1.5, 66, HandSide.Right, Finger.Middle)]);
        var rows = PlayingFeatures.Compute(score, 150, 30, 1).Right;

        float[] At(double time) => rows[(((int)(time * 30) * PlayingFeatures.Width) + (int)(Finger.Middle - 1) * FingerWidth)..][..FingerWidth];
        Assert.Equal(0, At(0.9)[0]);
        Assert.Equal(1, At(1.2)[0]);
        Assert.Equal(0, At(1.6)[0]);
        foreach (var time in new[] { 0.5, 1.2, 2.0 })
        {
            Assert.Equal(key.CenterX / 0.6f, At(time)[1], 1e-5f);
            Assert.Equal(1, At(time)[2]);
        }

        Assert.True(At(0.9)[3] > At(0.5)[3], "the nearer the onset, the larger");
        Assert.True(At(1.6)[4] > At(2.0)[4], "the longer ago, the smaller");
        Assert.Equal(0, At(4.0)[1]);
    }

    [Fact]
    public void Other_hand_stands_second_in_each_hands_features()
    {
        var score = new Score([Play(0.2, 0.5, 40, HandSide.Left, Finger.Little), Play(0.3, 0.6, 72, HandSide.Right, Finger.Thumb)]);
        var both = PlayingFeatures.Compute(score, 30, 30, 1);
        for (var frame = 0; frame < 30; frame++)
        {
            var left = both.Left.AsSpan(frame * PlayingFeatures.Width, PlayingFeatures.Width);
            var right = both.Right.AsSpan(frame * PlayingFeatures.Width, PlayingFeatures.Width);
            Assert.True(left[..PlayingFeatures.HandWidth].SequenceEqual(right.Slice(PlayingFeatures.HandWidth, PlayingFeatures.HandWidth)));
            Assert.True(right[..PlayingFeatures.HandWidth].SequenceEqual(left.Slice(PlayingFeatures.HandWidth, PlayingFeatures.HandWidth)));
        }
    }

    [Fact]
    public void Both_hands_see_a_right_hand()
    {
        // D4 (62) and G#4 (68) are the centres of symmetry of the keyboard's pattern; the middle of the 88 keys is not, so
        // only signs are compared: the left hand's x is that of the right one, mirrored.
        var right = PlayingFeatures.Compute(new([Play(0, 1, 80, HandSide.Right, Finger.Index)]), 3, 30, 1).Right;
        var left = PlayingFeatures.Compute(new([Play(0, 1, 80, HandSide.Left, Finger.Index)]), 3, 30, 1).Left;
        var x = FingerWidth * (int)(Finger.Index - 1) + 1;
        Assert.Equal(right[x], -left[x], 1e-6f);
        Assert.True(right[x] > 0);
    }

    [Fact]
    public void Hand_size_and_manner_are_told_and_the_pedal_is_not()
    {
        Note[] notes = [Play(0, 1, 60, HandSide.Right, Finger.Thumb)];
        var rows = PlayingFeatures.Compute(new(notes, [new(0.5, 127), new(0.8, 0)]), 30, 30, 1.1f).Left;
        Assert.Equal(PlayingFeatures.Compute(new(notes), 30, 30, 1.1f).Left, rows);
        Assert.Equal(0.5f, rows[PlayingFeatures.Width - 2], 1e-5f);
        Assert.Equal(1, rows[^1]);
        Assert.Equal(0, PlayingFeatures.Compute(new(notes), 30, 30, 1.1f, person: false).Left[^1]);
    }

    [Fact]
    public void The_other_hand_can_be_left_out()
    {
        var score = new Score([Play(0, 1, 60, HandSide.Right, Finger.Thumb), Play(0, 1, 40, HandSide.Left, Finger.Index)]);
        var rows = PlayingFeatures.Compute(score, 2, 30, 1.1f).Right;
        var own = PlayingFeatures.Told(rows, PlayingFeatures.OwnWidth, []);
        Assert.Equal([.. rows[..PlayingFeatures.HandWidth], rows[PlayingFeatures.Width - 2], rows[PlayingFeatures.Width - 1]], own[..PlayingFeatures.OwnWidth]);
        Assert.Same(rows, PlayingFeatures.Told(rows, PlayingFeatures.Width, []));
    }

    [Fact]
    public void Notes_nobody_plays_are_left_out()
    {
        var score = new Score([new(0, 1, new PianoKey(60), 80), new(0, 1, new PianoKey(64), 80) { Hand = HandSide.Right }]);
        Assert.All(PlayingFeatures.Compute(score, 10, 30, 1, person: false).Right, value => Assert.Equal(0, value));
    }

    [Fact]
    public void A_stretch_of_the_piece_has_the_rows_of_the_whole()
    {
        var score = new Score([.. Enumerable.Range(0, 40).Select(i => Play(i * 0.2, i * 0.2 + 0.3, 50 + i, HandSide.Right, (Finger)(i % 5 + 1)))]);
        var whole = PlayingFeatures.Compute(score, 240, 30, 1).Right;
        var part = PlayingFeatures.Compute(score, 60, 30, 1, firstFrame: 100).Right;
        Assert.Equal(whole[(100 * PlayingFeatures.Width)..(160 * PlayingFeatures.Width)], part);
    }

    private static Note Play(double onset, double offset, int midi, HandSide hand, Finger finger) =>
        new(onset, offset, new PianoKey(midi), 80) { Hand = hand, Finger = finger };
}
