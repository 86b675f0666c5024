using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Core.Tests.Fingering;

public class HandAssignerTest
{
    [Fact]
    public void MelodyAndBass_GoToTheirHands()
    {
        var notes = MelodyWithBass(0);
        Assert.Equal(notes.Select(note => note.Hand), Plan(notes));
    }

    [Fact]
    public void LooselyPlayedChords_GoToTheSameHands()
    {
        var notes = MelodyWithBass(0.04);
        Assert.Equal(notes.Select(note => note.Hand), Plan(notes));
    }

    [Fact]
    public void LongRun_IsNotPlayedByOneHandAloneInAllRegisters()
    {
        // From A0 to C8 in seven seconds: somebody begins low and somebody ends high.
        var hands = Plan(Phrase.Line(null, 7.0 / 88, Enumerable.Range(21, 88)));
        Assert.Equal(HandSide.Left, hands[0]);
        Assert.Equal(HandSide.Right, hands[^1]);
        Assert.Equal(1, hands.Zip(hands.Skip(1)).Count(pair => pair.First != pair.Second));
    }

    [Fact]
    public void LeftHandCrossesOver_WhenTheRightHandIsBusyInTheMiddle()
    {
        // The right hand keeps five keys of the middle in motion, the left one answers alone from bass and treble.
        var notes = new List<Note>();
        int[] pattern = [60, 64, 67, 64];
        for (var i = 0; i < 64; i++) notes.Add(new Note(i * 0.15, i * 0.15 + 0.15, new(pattern[i % 4]), 64) { Hand = HandSide.Right });
        for (var i = 0; i < 8; i++) notes.Add(new(i * 1.2, i * 1.2 + 0.3, new(i % 2 == 0 ? 43 : 79), 64));
        var plan = FingeringPlanner.Plan(notes).Notes;
        Assert.All(plan.Skip(64), note => Assert.Equal(HandSide.Left, note.Hand));
    }

    [Fact]
    public void WideChord_IsSharedSoThatBothHandsReach()
    {
        var hands = Plan(Phrase.Chord(null, 0, 36, 48, 60, 72));
        Assert.Equal([HandSide.Left, HandSide.Left, HandSide.Right, HandSide.Right], hands);
    }

    private static HandSide?[] Plan(IReadOnlyList<Note> notes) =>
        [.. FingeringPlanner.Plan([.. notes.Select(note => note with { Hand = null })]).Notes.Select(note => note.Hand)];

    private static Note[] MelodyWithBass(double looseness)
    {
        var random = new SeededRandom(5);
        var notes = new List<Note>();
        int[] melody = [72, 74, 76, 77, 79, 77, 76, 74];
        int[] bass = [48, 55, 52, 55];
        for (var i = 0; i < 32; i++)
        {
            var onset = 0.1 + i * 0.4;
            if (i % 2 == 0) notes.Add(Loose(onset, 0.7, melody[i / 2 % 8], HandSide.Right));
            if (i % 2 == 0) notes.Add(Loose(onset, 0.7, melody[i / 2 % 8] - 4, HandSide.Right));
            notes.Add(Loose(onset, 0.38, bass[i % 4], HandSide.Left));
        }

        return [.. notes];

        Note Loose(double onset, double length, int key, HandSide hand)
        {
            var start = onset + random.Uniform(-looseness, looseness);
            return new(start, start + length, new(key), 64) { Hand = hand };
        }
    }
}
