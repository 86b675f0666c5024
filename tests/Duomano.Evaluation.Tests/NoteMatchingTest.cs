using CsCheck;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class NoteMatchingTest
{
    [Theory]
    [InlineData(0.05, 1)]
    [InlineData(0.05004, 1)] // rounds to a tenth of a millisecond
    [InlineData(0.0502, 0)]
    [InlineData(-0.05, 1)]
    public void Onsets_MatchWithin50Milliseconds(double shift, int matched)
    {
        Assert.Equal(matched, NoteMatching.Measure([At(1, 1.5, 60)], [At(1 + shift, 2, 60)]).Matched);
    }

    [Fact]
    public void OtherKeys_DoNotMatch()
    {
        Assert.Equal(new DetectionScore(1, 1, 0), NoteMatching.Measure([At(1, 1.5, 60)], [At(1, 1.5, 61)]));
    }

    [Theory]
    [InlineData(1.0, 1.19, 1)] // a fifth of a second's note
    [InlineData(1.0, 1.21, 0)]
    [InlineData(0.1, 0.149, 1)] // never less than 50 ms
    [InlineData(0.1, 0.151, 0)]
    public void Offsets_MatchWithinAFifthOr50Milliseconds(double length, double predictedLength, int matched)
    {
        Assert.Equal(matched, NoteMatching.Measure([At(1, 1 + length, 60)], [At(1, 1 + predictedLength, 60)], NoteMatchingRule.OnsetAndOffset).Matched);
    }

    [Fact]
    public void Matching_IsTheLargestOne()
    {
        // The nearest partner of the first true note is the only one of the second.
        Note[] truth = [At(1.00, 2, 60), At(1.06, 2, 60)];
        Note[] predicted = [At(0.97, 2, 60), At(1.02, 2, 60)];
        Assert.Equal([(0, 0), (1, 1)], NoteMatching.Match(truth, predicted));
    }

    [Fact]
    public void ANoteIsFoundOnce()
    {
        Assert.Equal(new DetectionScore(1, 3, 1), NoteMatching.Measure([At(1, 2, 60)], [At(0.99, 2, 60), At(1, 2, 60), At(1.01, 2, 60)]));
    }

    [Fact]
    public void Velocities_AreFittedByALineFirst()
    {
        // Everything half as loud is the same playing; one note out of line is not.
        Note[] truth = [.. Enumerable.Range(0, 10).Select(i => new Note(i, i + 0.5, new(60), 20 + 10 * i))];
        Note[] softer = [.. truth.Select(note => new Note(note.Onset, note.Offset, note.Key, note.Velocity / 2))];
        Assert.Equal(10, NoteMatching.Measure(truth, softer, NoteMatchingRule.OnsetOffsetAndVelocity).Matched);
        softer[0] = new(0, 0.5, new(60), 50);
        Assert.True(NoteMatching.Measure(truth, softer, NoteMatchingRule.OnsetOffsetAndVelocity).Matched < 10);
    }

    [Fact]
    public void ShuffledNotes_MatchThemselves()
    {
        var note = Gen.Select(Gen.Double[0, 5], Gen.Double[0, 1], Gen.Int[58, 62], (onset, length, key) => At(onset, onset + length, key));
        Gen.Select(note.Array[0, 40], Gen.Int).Sample((notes, seed) =>
        {
            var shuffled = notes.ToArray();
            new Core.Numerics.SeededRandom(seed).Shuffle(shuffled);
            Assert.Equal(notes.Length, NoteMatching.Measure(notes, shuffled, NoteMatchingRule.OnsetAndOffset).Matched);
        }, iter: 200);
    }

    [Fact]
    public void Matching_IsAsLargeAsExhaustiveSearchFinds()
    {
        Gen.Select(Gen.Double[0, 0.3].Array[0, 6], Gen.Double[0, 0.3].Array[0, 6]).Sample((first, second) =>
        {
            Note[] truth = [.. first.Select(onset => At(onset, 1, 60))];
            Note[] predicted = [.. second.Select(onset => At(onset, 1, 60))];
            Assert.Equal(Largest(truth, predicted, 0, 0), NoteMatching.Measure(truth, predicted).Matched);
        }, iter: 300);
    }

    [Fact]
    public void Scores_Add()
    {
        var sum = new DetectionScore(4, 2, 1) + new DetectionScore(0, 2, 0);
        Assert.Equal((0.25, 0.25, 0.25), (sum.Precision, sum.Recall, sum.F1));
        Assert.Equal(0, default(DetectionScore).F1);
    }

    private static int Largest(Note[] truth, Note[] predicted, int index, int used)
    {
        if (index == truth.Length) return 0;
        var best = Largest(truth, predicted, index + 1, used);
        for (var j = 0; j < predicted.Length; j++)
        {
            if ((used >> j & 1) != 0 || Math.Round(Math.Abs(truth[index].Onset - predicted[j].Onset), 4) > 0.05) continue;
            best = Math.Max(best, 1 + Largest(truth, predicted, index + 1, used | 1 << j));
        }

        return best;
    }

    private static Note At(double onset, double offset, int midi) => new(onset, offset, new(midi), 64);
}
