using CsCheck;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Corpus.Layout;

namespace Duomano.Tests.Corpus.Layout;

public sealed class ScoreAdaptationTests
{
    // Onsets on a grid: notes a rounding error apart could change places.
    private static readonly Gen<Score> Scores = Gen
        .Select(Gen.Int[0, 6000].Select(hundredths => hundredths / 100.0), Gen.Double[0.05, 5], Gen.Int[21, 108], Gen.Int[1, 127], (onset, length, midi, velocity) => new Note(onset, onset + length, new PianoKey(midi), velocity))
        .Array[1, 30].Select(notes => new Score(notes, [new(1, 127), new(2, 0)]));

    [Fact]
    public void ATakeStartsSoonAndEndsInTimeOnTheKeyboard() =>
        Gen.Select(Scores, Gen.Int[-12, 12], Gen.Double[0.7, 1.4], Gen.Double[10, 40]).Sample((score, semitones, tempo, longest) =>
        {
            var take = ScoreAdaptation.Adapt(score, semitones, tempo, longest);
            Assert.Equal(0.75, take.Notes[0].Onset, 1e-6);
            Assert.True(take.Duration <= longest);
            Assert.All(take.Pedal, change => Assert.InRange(change.Time, 0, longest));
            var classes = score.Notes.Select(note => (note.Key.Midi + semitones + 120) % 12).Distinct().Order();
            Assert.Subset(classes.ToHashSet(), take.Notes.Select(note => note.Key.Midi % 12).ToHashSet());
        });

    [Fact]
    public void TempoDividesAllDistances() =>
        Gen.Select(Scores, Gen.Double[0.7, 1.4]).Sample((score, tempo) =>
        {
            var take = ScoreAdaptation.Adapt(score, 0, tempo, 1000);
            Assert.Equal(score.Notes.Count, take.Notes.Count);
            foreach (var (before, after) in score.Notes.Zip(take.Notes))
            {
                Assert.Equal((before.Onset - score.Notes[0].Onset) / tempo, after.Onset - 0.75, 1e-6);
                Assert.Equal(before.Duration / tempo, after.Duration, 1e-6);
            }
        });
}
