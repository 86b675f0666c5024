using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

public class GivenFingeringTest
{
    [Fact]
    public void RowsAreFound_ByKeyAndNearestOnset()
    {
        Note[] notes = [At(0, 60), At(0.08, 60), At(0.08, 62), At(1, 60)];
        var given = GivenFingering.Apply(notes, [Of(0.07, 60, HandSide.Left, Finger.Ring), Of(1.03, 60, HandSide.Right, Finger.Index)]);
        Assert.Equal([1, 3], given.Matched);
        Assert.Equal([null, HandSide.Left, null, HandSide.Right], given.Notes.Select(note => note.Hand));
        Assert.Equal([null, Finger.Ring, null, Finger.Index], given.Notes.Select(note => note.Finger));
    }

    [Fact]
    public void RowsWithoutANote_AreTold()
    {
        var given = GivenFingering.Apply([At(0, 60)], [Of(0, 61, null, Finger.Thumb), Of(0.06, 60, null, Finger.Thumb), Of(0.01, 60, null, Finger.Little), Of(0.02, 60, null, Finger.Ring)]);
        Assert.Equal([-1, -1, 0, -1], given.Matched);
        Assert.Equal(Finger.Little, given.Notes[0].Finger);
    }

    [Fact]
    public void WhatARowLeavesOpen_StaysAsItWas()
    {
        var known = At(0, 60) with { Hand = HandSide.Left, Finger = Finger.Middle };
        Assert.Equal(known, GivenFingering.Apply([known], [Of(0, 60, null, null)]).Notes[0]);
        Assert.Equal(known with { Finger = Finger.Thumb }, GivenFingering.Apply([known], [Of(0, 60, null, Finger.Thumb)]).Notes[0]);
    }

    [Fact]
    public void PartlyGivenFingering_IsPlannedAround()
    {
        // C D E F with the fourth finger on E: D keeps a finger below it, F one above.
        var line = Phrase.Line(HandSide.Right, 0.25, 60, 62, 64, 65);
        var fingers = Phrase.Fingers(GivenFingering.Apply(line, [Of(0.5, 64, null, Finger.Ring)]).Notes);
        Assert.Equal('4', fingers[2]);
        Assert.True(fingers[0] < fingers[1] && fingers[1] < '4');
        Assert.Equal('5', fingers[3]);
    }

    private static Note At(double onset, int key) => new(onset, onset + 0.05, new(key), 64);

    private static Note Of(double onset, int key, HandSide? hand, Finger? finger) => At(onset, key) with { Hand = hand, Finger = finger };
}
