using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Evaluation.Likeness;

namespace Duomano.Evaluation.Tests.Likeness;

public class EarlyReachTest
{
    [Fact]
    public void CountsFromWhenTheFingerStaysByItsKey()
    {
        // There a second early, away once more until 0.3 s before: the motion is never away.
        var person = Hand(time => time < 1.7 ? 0.05f : 0.009f);
        var motion = Hand(_ => 0.009f);
        var early = EarlyReach.Measure(person, motion);
        Assert.Equal(0.3, early.PersonMedian, 9);
        Assert.Equal(2, early.OtherMedian, 9);
    }

    [Fact]
    public void WhoIsNotThereAtTheOnset_WasNotEarly() => Assert.Equal(0, EarlyReach.Measure(Hand(_ => 0.011f), Hand(_ => 0.011f)).PersonMedian);

    [Fact]
    public void ABlackKeyOfRecordingsIsMidwayBetweenItsNeighbours()
    {
        Assert.Equal(new PianoKey(60).CenterX, EarlyReach.Middle(new(60)), 7);
        Assert.Equal((new PianoKey(60).CenterX + new PianoKey(62).CenterX) / 2, EarlyReach.Middle(new(61)), 6);
        Assert.NotEqual(new PianoKey(61).CenterX, EarlyReach.Middle(new(61)), 4);
    }

    // The right index finger plays middle C at 2 s, so far beside it before.
    private static RecordedEpisode Hand(Func<double, float> beside)
    {
        var points = new Vector2[50 * 2 * RecordedEpisode.PointCount];
        for (var frame = 0; frame < 50; frame++)
        {
            points[(frame * 2 + 1) * RecordedEpisode.PointCount + (int)Finger.Index] = new(new PianoKey(60).CenterX + beside(frame / 20.0 + 1e-6), -0.03f);
        }

        return new(points, 20, [new(2, 2.4, new(60), 70) { Hand = HandSide.Right, Finger = Finger.Index }], 0);
    }
}
