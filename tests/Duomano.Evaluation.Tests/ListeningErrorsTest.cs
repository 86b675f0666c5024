using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class ListeningErrorsTest
{
    private static readonly Note[] Truth = [Note(1, 1.5, 48, 90), Note(1, 2, 60, 30), Note(3, 3.4, 72, 60), Note(3.5, 3.6, 72, 60), Note(3.7, 3.9, 72, 40)];

    [Fact]
    public void PerfectTranscription_HasNoErrors()
    {
        var errors = ListeningErrors.Of(Truth, Truth);
        Assert.Equal(1, errors.All.F1);
        Assert.Equal(0, errors.FalseOctaves + errors.FalseRepetitions + errors.Mistimed + errors.FalseOthers);
        Assert.Equal([2, 2, 1], errors.ByLoudness.Select(score => score.Matched));
        Assert.Equal(0, errors.Onset.Standard);
    }

    [Fact]
    public void MissedNotes_AreSorted()
    {
        // The soft one an octave above another and the last repetition are missing.
        var errors = ListeningErrors.Of(Truth, [Truth[0], Truth[2], Truth[3]]);
        Assert.Equal(new(2, 0, 0), errors.ByLoudness[0]);
        Assert.Equal(new(1, 0, 0), errors.Doubled);
        Assert.Equal(new(1, 0, 0), errors.Repeated);
    }

    [Fact]
    public void FalseNotes_AreSorted()
    {
        var octave = Note(1.02, 1.2, 84, 30); // two octaves above middle C
        var repetition = Note(1.7, 1.9, 60, 30); // the key is down
        var mistimed = Note(3.82, 3.9, 72, 30); // instead of the note at 3.7
        var other = Note(5, 5.1, 30, 30);
        var errors = ListeningErrors.Of(Truth, [.. Truth[..4], octave, repetition, mistimed, other]);
        Assert.Equal((1, 1, 1, 1), (errors.FalseOctaves, errors.FalseRepetitions, errors.Mistimed, errors.FalseOthers));
        Assert.Equal(new(5, 8, 4), errors.All);
    }

    [Fact]
    public void Deviations_AreThoseOfTheMatches()
    {
        var errors = ListeningErrors.Of([Note(1, 2, 60, 50), Note(3, 4, 60, 50)], [Note(1.01, 2.01, 60, 60), Note(3.03, 5.03, 60, 40)]);
        Assert.Equal(0.02, errors.Onset.Mean, 9);
        Assert.Equal(0.01, errors.Onset.Standard, 9);
        Assert.Equal(Math.Log(2) / 2, errors.Length.Mean, 9);
        Assert.Equal(10, errors.Velocity.Standard, 9);
    }

    [Fact]
    public void Pieces_AddUp()
    {
        var (a, b) = (ListeningErrors.Of(Truth, Truth[..3]), ListeningErrors.Of(Truth, [.. Truth, Note(8, 9, 50, 50)]));
        var both = a + b;
        Assert.Equal(a.All + b.All, both.All);
        Assert.Equal(1, both.FalseOthers);
        Assert.Equal(a.ByLoudness[1].Matched + b.ByLoudness[1].Matched, both.ByLoudness[1].Matched);
        Assert.Equal(8, both.Onset.Count);
    }

    [Fact]
    public void Description_NamesKindsWithCounts()
    {
        var lines = ListeningErrors.Of(Truth, [Truth[0], Truth[2], Truth[3], Note(9, 9.1, 30, 30)]).Describe().ToList();
        Assert.Contains("missed, soft: 2 of 2 (100.0%)", lines);
        Assert.Contains("missed, loud: 0 of 1 (0.0%)", lines);
        Assert.Contains("false, others: 1 (25.0% of 4)", lines);
    }

    private static Note Note(double onset, double offset, int midi, int velocity) => new(onset, offset, new PianoKey(midi), velocity);
}
