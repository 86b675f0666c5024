using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class HandsTogetherTest
{
    private const int Frames = 90;

    private static readonly PerHand<Vector3[]> AtHome = PerHand.Create(side => Enumerable.Repeat(Home(side), Frames).ToArray());

    [Fact]
    public void HandsThatGoAlike_GoTogether_AndThoseThatGoAgainstEachOtherDoNot()
    {
        var together = Measure(Moved((_, t) => 0.01f * new Vector3(0, MathF.Sin(t), MathF.Cos(t))));
        Assert.Equal(1, together.Up.Correlation, 6);
        Assert.Equal(1, together.Inwards.Correlation, 6);
        Assert.True(double.IsNaN(together.Along.Correlation));

        var against = Measure(Moved((side, t) => new(0.01f * MathF.Sin(t) * (side == HandSide.Left ? -1 : 1), 0, 0)));
        Assert.Equal(-1, against.Along.Correlation, 6);
        Assert.Equal(1, against.Speeds.Correlation, 6);
    }

    [Fact]
    public void TheDistanceOfTheWrists_IsComparedWithTheRealOne()
    {
        // Both hands 30 mm to the treble are as far apart as before; one of them is not.
        var real = Moved((_, _) => default);
        Assert.Equal(0, HandsTogether.Measure(Moved((_, _) => new(0.03f, 0, 0)), real, AtHome).Distance.Mean, 6);
        var one = HandsTogether.Measure(Moved((side, _) => side == HandSide.Right ? new(0.03f, 0, 0) : default), real, AtHome);
        Assert.Equal(0.03, one.Distance.Mean, 5);
        Assert.Equal(0.015, (one + Measure(real)).Distance.Mean, 5);
        Assert.Equal(0, one.Asynchrony.Count);
        Assert.Throws<ArgumentException>(() => HandsTogether.Measure(real, real, AtHome.Map(track => track[1..])));
    }

    [Fact]
    public void ChordsOfBothHands_AreAsFarApartAsTheirStrokes()
    {
        Note Played(double onset, int key, HandSide hand) => new(onset, onset + 0.4, new PianoKey(key), 64) { Hand = hand, Finger = Finger.Middle };
        Note[] notes = [Played(0.5, 40, HandSide.Left), Played(0.5, 72, HandSide.Right), Played(1.5, 43, HandSide.Left), Played(1.9, 76, HandSide.Right)];
        TwoHandClip Hands(double late)
        {
            var (left, right) = (new PointingHand(HandSide.Left, Finger.Middle), new PointingHand(HandSide.Right, Finger.Middle));
            Note Later(Note note) => new(note.Onset + late, note.Offset + late, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger };
            var tracks = new PerHand<HandTrack>(
                left.Playing(Frames, [.. notes.Where(note => note.Hand == HandSide.Left)]).Hands.Left,
                right.Playing(Frames, [.. notes.Where(note => note.Hand == HandSide.Right).Select(Later)]).Hands.Right);
            return new(tracks, TwoHandClip.SkeletonsOfSize(1), 30, notes);
        }

        var exact = HandsTogether.Measure(Hands(0), Hands(0), AtHome);
        Assert.Equal(1, exact.Asynchrony.Count);
        Assert.Equal(0, exact.Asynchrony.Mean, 0.004);
        Assert.Equal(0.033, HandsTogether.Measure(Hands(0.033), Hands(0), AtHome).Asynchrony.Mean, 0.004);
    }

    private static HandsTogether Measure(TwoHandClip clip) => HandsTogether.Measure(clip, Moved((_, _) => default), AtHome);

    private static Vector3 Home(HandSide side) => new(side == HandSide.Left ? -0.3f : 0.3f, 0.1f, 0.1f);

    // Hands that depart from their places.
    private static TwoHandClip Moved(Func<HandSide, float, Vector3> way)
    {
        var hands = PerHand.Create(side =>
        {
            var track = new HandTrack(Frames);
            for (var frame = 0; frame < Frames; frame++) track.SetPose(frame, new HandPose { Wrist = Home(side) + way(side, 0.2f * frame) });
            return track;
        });
        return new(hands, TwoHandClip.SkeletonsOfSize(1));
    }
}
