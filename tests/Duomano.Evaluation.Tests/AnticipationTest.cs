using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class AnticipationTest
{
    private static readonly PointingHand Hand = new(HandSide.Right, Finger.Middle);

    [Fact]
    public void LeadIsTheTimeTheFingerWaitsOverItsKey()
    {
        // Over the key from frame 12 on; the note is at frame 24.
        Note[] notes = [Note(24 / 30.0, 72)];
        var clip = Hand.Clip(40, time => PointingHand.Above(time * 30 > 11.5 ? 72 : 60, 0.02f), notes);
        var measured = Anticipation.Measure(clip);
        Assert.Equal(12 / 30.0, Assert.Single(measured.Leads), 6);
        Assert.Equal(1, measured.InTime);
    }

    [Fact]
    public void ALateFinger_HasNoLead()
    {
        Note[] notes = [Note(24 / 30.0, 72)];
        var clip = Hand.Clip(40, time => PointingHand.Above(time * 30 > 25.5 ? 72 : 60, 0.02f), notes);
        var measured = Anticipation.Measure(clip);
        Assert.Equal((0, 0, 0), (measured.Mean, measured.Median, measured.InTime));
    }

    [Fact]
    public void ARestingFinger_CountsAsASecond()
    {
        Note[] notes = [Note(3, 72), Note(0.5, 72), Note(2, 74)];
        var measured = Anticipation.Measure(Hand.Clip(120, _ => PointingHand.Above(72, 0.02f), notes));
        Assert.Equal([1, 0.5, 0], measured.Leads.Select(lead => Math.Round(lead, 6)));
        Assert.Equal(0.5, measured.Mean, 6);
        Assert.Equal(0.5, measured.Median, 6);
        Assert.Equal(2 / 3.0, measured.InTime, 6);
    }

    [Theory]
    [InlineData(HandSide.Left, 60)]
    [InlineData(HandSide.Right, 25)]
    public void AFingerThatLeavesAgain_CountsFromItsReturn(HandSide side, double fps)
    {
        // There from the start, away from 0.2 s to 0.6 s, there again; the note is at 1 s. Nearer than 10 mm is there.
        var clip = new PointingHand(side, Finger.Middle).Clip(
            (int)(1.5 * fps), time => PointingHand.Above(72, 0.02f) + new Vector3(time is > 0.19 and < 0.59 ? 0.011f : 0.009f, 0, 0), fps: fps);
        var note = Note(1, 72) with { Hand = side };
        Assert.Equal(0.4, Assert.Single(Anticipation.Measure(clip, [note]).Leads), 1e-6);
        Assert.Equal(0, Assert.Single(Anticipation.Measure(clip, [note with { Finger = Finger.Little }]).Leads)); // another finger is beside
    }

    [Fact]
    public void NotesWithoutAFinger_DoNotCount()
    {
        Assert.Empty(Anticipation.Measure(Hand.Clip(30, _ => PointingHand.Above(72, 0.02f), [new(0.5, 0.6, new(72), 64), Note(5, 72)])).Leads);
    }

    private static Note Note(double onset, int midi) => new(onset, onset + 0.2, new(midi), 64) { Hand = HandSide.Right, Finger = Finger.Middle };
}
