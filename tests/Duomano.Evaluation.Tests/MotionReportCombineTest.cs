using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class MotionReportCombineTest
{
    private static readonly PointingHand Hand = new(HandSide.Right, Finger.Index);

    [Fact]
    public void CountsAreAdded_AndSharesWeightedByTheirSize()
    {
        // 60 frames, both notes right; 30 frames, one wrong key pressed and under the bed for a third of them.
        var good = MotionReport.Measure(Hand.Playing(60, [Note(0.4, 60), Note(1.2, 64)]));
        var bad = MotionReport.Measure(Hand.Clip(30, time => PointingHand.Above(70, time < 9.5 / 30 ? -0.02f : 0.02f), [Note(0.5, 60)]));
        var both = MotionReport.Combine([good, bad]);

        Assert.Equal(90, both.FrameCount);
        Assert.Equal(new DetectionScore(3, 3, 2), both.Press!.Notes);
        Assert.Equal(good.Press!.Frames + bad.Press!.Frames, both.Press.Frames);
        Assert.Equal(1 / 3.0, both.Press.WrongKeys, 9);
        Assert.Equal(10 / 90.0, both.Physical.BelowKeyBed, 9);
        Assert.Equal((2 * good.Physical.WristJerk + bad.Physical.WristJerk) / 3, both.Physical.WristJerk, 6);
        Assert.Equal(good.Anticipation!.Leads.Concat(bad.Anticipation!.Leads), both.Anticipation!.Leads);
        Assert.Equal(2 / 3.0, both.Anticipation.InTime, 9);
        Assert.Equal(new AgreementCount(2, 2), both.Agreement!.Value.Fingers);
    }

    [Fact]
    public void OneReport_StaysAsItIs() =>
        Assert.Equal(Report().ToJson(), MotionReport.Combine([Report()]).ToJson());

    [Fact]
    public void WhatNoClipHas_IsNotThere()
    {
        var silent = MotionReport.Measure(Hand.Clip(5, _ => PointingHand.Above(60, 0.05f)));
        var both = MotionReport.Combine([silent, silent]);
        Assert.Null(both.Press);
        Assert.Null(both.Anticipation);
        Assert.Null(both.Agreement);
        Assert.Equal(2, MotionReport.Combine([silent, Report()]).Press!.Notes.Truth);
    }

    [Fact]
    public void NothingOrDifferentRates_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => MotionReport.Combine([]));
        var other = MotionReport.Measure(Hand.Clip(5, _ => PointingHand.Above(60, 0.05f), fps: 60));
        Assert.Throws<ArgumentException>(() => MotionReport.Combine([Report(), other]));
    }

    private static MotionReport Report() => MotionReport.Measure(Hand.Playing(60, [Note(0.4, 60), Note(1.2, 64)]));

    private static Note Note(double onset, int midi) => new(onset, onset + 0.4, new(midi), 64) { Hand = HandSide.Right, Finger = Finger.Index };
}
