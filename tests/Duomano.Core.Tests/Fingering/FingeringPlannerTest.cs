using CsCheck;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Fingering;

public class FingeringPlannerTest
{
    [Fact]
    public void RightHandScale_UsesTheThumbUnder()
    {
        Assert.Equal("12312345" + "4321321", Phrase.Fingers(Phrase.Line(HandSide.Right, 0.2, Phrase.MajorScale(60, 1))));
    }

    [Fact]
    public void LeftHandScale_MirrorsIt()
    {
        Assert.Equal("54321321" + "2312345", Phrase.Fingers(Phrase.Line(HandSide.Left, 0.2, Phrase.MajorScale(48, 1))));
    }

    [Fact]
    public void FiveFingers_StayInPlace()
    {
        Assert.Equal("123454321", Phrase.Fingers(Phrase.Line(HandSide.Right, 0.25, 60, 62, 64, 65, 67, 65, 64, 62, 60)));
    }

    [Fact]
    public void Arpeggio_PassesTheThumbEachOctave()
    {
        Assert.Equal("1231235321321", Phrase.Fingers(Phrase.Line(HandSide.Right, 0.2, 60, 64, 67, 72, 76, 79, 84, 79, 76, 72, 67, 64, 60)));
    }

    [Fact]
    public void Octaves_AreThumbAndLittleFinger()
    {
        Note[] notes = [.. new[] { 60, 62, 64, 65, 67 }.SelectMany((key, i) => Phrase.Chord(HandSide.Right, i * 0.5, key, key + 12))];
        Assert.Equal("1515151515", Phrase.Fingers(notes));
    }

    [Fact]
    public void Trill_AlternatesTwoNeighbouringFingers()
    {
        var fingers = Phrase.Fingers(Phrase.Line(HandSide.Right, 0.08, Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? 72 : 74)));
        Assert.Equal(2, fingers.Distinct().Count());
        Assert.True(fingers[0] < fingers[1]);
        Assert.Equal(string.Concat(Enumerable.Repeat(fingers[..2], 8)), fingers);
    }

    [Fact]
    public void RepeatedNote_NeverTakesAnUnreachableFinger()
    {
        var fingers = Phrase.Fingers(Phrase.Line(HandSide.Right, 0.5, 60, 64, 67, 67, 67, 67, 64, 60));
        Assert.DoesNotContain('0', fingers);
        Assert.All(fingers[2..6], finger => Assert.True(finger > fingers[0]));
    }

    [Fact]
    public void BlockChords_TakeFingersInOrder()
    {
        Gen.Select(Gen.Int[0, 4].Array[2, 5], Gen.Int[30, 80], Gen.Bool).Sample((gaps, lowest, right) =>
        {
            var keys = gaps.Aggregate(new List<int> { lowest }, (list, gap) => [.. list, list[^1] + 1 + gap / 2]).SkipLast(1);
            var plan = FingeringPlanner.Plan(Phrase.Chord(right ? HandSide.Right : HandSide.Left, 1, keys));
            int[] fingers = [.. plan.Notes.Where(note => note.Finger is not null).Select(note => (int)note.Finger!)];
            if (!right) Array.Reverse(fingers);
            for (var i = 1; i < fingers.Length; i++) Assert.True(fingers[i] > fingers[i - 1]);
            Assert.Equal(keys.Count(), fingers.Length + plan.Unplayable.Count);
        }, iter: 200);
    }

    [Fact]
    public void Triads_AreComfortable()
    {
        Assert.Equal("135", Phrase.Fingers(Phrase.Chord(HandSide.Right, 0, 60, 64, 67)));
        Assert.Equal("531", Phrase.Fingers(Phrase.Chord(HandSide.Left, 0, 48, 52, 55)));
    }

    [Fact]
    public void GivenHandsAndFingers_AreObeyed()
    {
        var line = Phrase.Line(null, 0.2, 60, 62, 64, 65, 67, 69, 71, 72);
        line[2] = line[2] with { Finger = Finger.Ring };
        line[3] = line[3] with { Hand = HandSide.Left, Finger = Finger.Little };
        line[5] = line[5] with { Hand = HandSide.Left };
        var plan = FingeringPlanner.Plan(line);
        Assert.Equal(Finger.Ring, plan.Notes[2].Finger);
        Assert.Equal((HandSide.Left, Finger.Little), (plan.Notes[3].Hand!.Value, plan.Notes[3].Finger!.Value));
        Assert.Equal(HandSide.Left, plan.Notes[5].Hand);
        Assert.Empty(plan.Unplayable);
    }

    [Fact]
    public void GivenFingers_AreObeyedEvenOutOfOrder()
    {
        var chord = Phrase.Chord(HandSide.Right, 0, 60, 64, 67);
        chord[0] = chord[0] with { Finger = Finger.Little };
        chord[2] = chord[2] with { Finger = Finger.Thumb };
        var plan = FingeringPlanner.Plan(chord);
        Assert.Equal(Finger.Little, plan.Notes[0].Finger);
        Assert.Equal(Finger.Thumb, plan.Notes[2].Finger);
    }

    [Fact]
    public void NotesKeepTheirOrderAndValues()
    {
        Note[] notes = [.. Phrase.Line(null, 0.2, Phrase.MajorScale(60, 1)).Reverse()];
        var plan = FingeringPlanner.Plan(notes);
        Assert.Equal(notes, plan.Notes.Select(note => note with { Hand = null, Finger = null }));
        Assert.All(plan.Notes, note => Assert.True(note.Hand is not null && note.Finger is not null));
    }

    [Fact]
    public void MirroredMusic_GetsMirroredFingering()
    {
        var plan = FingeringPlanner.Plan(Piece(9)).Notes;
        Note[] notes = [.. plan.Select(note => note with { Finger = null })];
        var mirrored = FingeringPlanner.Plan([.. notes.Select(Phrase.Mirror)]).Notes;
        Assert.Equal(Phrase.Digits(plan), Phrase.Digits(mirrored));
    }

    [Fact]
    public void TransposedByAnOctave_KeepsItsFingers()
    {
        var notes = Piece(4, HandSide.Right);
        Note[] higher = [.. notes.Select(note => new Note(note.Onset, note.Offset, new(note.Key.Midi + 12), note.Velocity) { Hand = note.Hand })];
        Assert.Equal(Phrase.Fingers(notes), Phrase.Fingers(higher));
    }

    [Fact]
    public void SpanNoHandReaches_LeavesANoteOut()
    {
        var plan = FingeringPlanner.Plan(Phrase.Chord(HandSide.Right, 0, 48, 52, 84));
        var missing = Assert.Single(plan.Unplayable);
        Assert.Equal(HandSide.Right, missing.Hand);
        Assert.Equal(84, missing.Key.Midi);
    }

    [Fact]
    public void MoreThanFiveNotes_LeaveSomeOut()
    {
        var plan = FingeringPlanner.Plan(Phrase.Chord(HandSide.Right, 0, 60, 62, 64, 65, 67, 69, 71));
        Assert.Equal(2, plan.Unplayable.Count);
        Assert.Equal(7, plan.Notes.Count);
    }

    [Fact]
    public void TenNotes_AreSharedByBothHands()
    {
        var plan = FingeringPlanner.Plan(Phrase.Chord(null, 0, 48, 50, 52, 53, 55, 60, 62, 64, 65, 67));
        Assert.Empty(plan.Unplayable);
        Assert.Equal("5432112345", Phrase.Digits(plan.Notes));
    }

    [Fact]
    public void NoNotes_GiveAnEmptyPlan()
    {
        var plan = FingeringPlanner.Plan([]);
        Assert.Empty(plan.Notes);
        Assert.Empty(plan.Unplayable);
    }

    [Fact]
    public void WholeKeyboardAtOnce_IsPlannedAndReported()
    {
        var plan = FingeringPlanner.Plan(Phrase.Chord(null, 0, Enumerable.Range(21, 88)));
        Assert.Equal(88, plan.Notes.Count);
        Assert.Equal(10, plan.Notes.Count(note => note.Finger is not null));
    }

    private static Note[] Piece(int seed, HandSide? hand = null)
    {
        var random = new Numerics.SeededRandom(seed);
        var notes = new List<Note>();
        var (bass, treble) = (45, 70);
        for (var i = 0; i < 60; i++)
        {
            treble = Math.Clamp(treble + random.Next(9) - 4, 62, 86);
            notes.Add(new(i * 0.25, i * 0.25 + 0.24, new(treble), 64) { Hand = hand });
            if (i % 4 != 0 || hand is not null) continue;
            bass = Math.Clamp(bass + random.Next(9) - 4, 36, 55);
            notes.Add(new(i * 0.25, i * 0.25 + 0.9, new(bass), 64));
            notes.Add(new(i * 0.25 + 0.01, i * 0.25 + 0.9, new(bass + 7), 64));
        }

        return [.. notes];
    }
}
