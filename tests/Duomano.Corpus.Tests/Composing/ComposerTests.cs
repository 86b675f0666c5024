using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Corpus.Composing;

namespace Duomano.Tests.Corpus.Composing;

public sealed class ComposerTests
{
    public static TheoryData<ExerciseKind> Kinds => [.. Composer.Kinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void ExercisesCanBePlayedByTwoHands(ExerciseKind kind)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var score = Composer.Compose(kind, new SeededRandom(seed));
            Assert.True(score.Notes.Count >= 20, $"{kind} {seed}: {score.Notes.Count} notes");
            Assert.InRange(score.Duration, 10, 150);
            Assert.All(score.Notes, note => Assert.NotNull(note.Hand));
            foreach (var side in HandSides.Both)
            {
                var notes = score.Notes.Where(note => note.Hand == side).ToArray();
                foreach (var note in notes)
                {
                    // What is held a moment after each onset, when the chord it belongs to is complete.
                    var time = note.Onset + 0.02;
                    var held = notes.Where(other => other.Onset <= time && other.Offset > time).Select(other => other.Key.Midi).ToArray();
                    if (held.Length == 0) continue;
                    Assert.True(held.Length <= 5, $"{kind} {seed}: the {side} hand holds {held.Length} keys at {time:F2} s");
                    Assert.True(held.Max() - held.Min() <= 17, $"{kind} {seed}: the {side} hand spans {held.Max() - held.Min()} semitones at {time:F2} s");
                }
            }

            AssertKeysAreReleasedBeforeTheyAreStruckAgain(score, $"{kind} {seed}");
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void TheSeedDecidesAndNothingElse(ExerciseKind kind)
    {
        var first = Composer.Compose(kind, new SeededRandom(5));
        var again = Composer.Compose(kind, new SeededRandom(5));
        var other = Composer.Compose(kind, new SeededRandom(6));
        Assert.Equal(first.Notes, again.Notes);
        Assert.Equal(first.Pedal, again.Pedal);
        Assert.NotEqual(first.Notes, other.Notes);
    }

    [Fact]
    public void AllExercisesTogetherReachAlmostEveryKeyWithBothHandsAndManyLoudnesses()
    {
        var notes = Composer.Kinds
            .SelectMany(kind => Enumerable.Range(0, 12).SelectMany(seed => Composer.Compose(kind, new SeededRandom(seed)).Notes))
            .ToArray();
        Assert.True(notes.Select(note => note.Key).Distinct().Count() >= 80);
        Assert.True(notes.Select(note => note.Velocity).Distinct().Count() >= 80);
        Assert.InRange(notes.Count(note => note.Hand == HandSide.Left) / (double)notes.Length, 0.3, 0.7);
    }

    [Fact]
    public void AnUnknownKindIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Composer.Compose((ExerciseKind)99, new SeededRandom(1)));

    private static void AssertKeysAreReleasedBeforeTheyAreStruckAgain(Score score, string piece)
    {
        foreach (var group in score.Notes.GroupBy(note => note.Key))
        {
            foreach (var (before, after) in group.Zip(group.Skip(1)))
            {
                Assert.True(before.Offset < after.Onset, $"{piece}: {before.Key} is struck at {after.Onset:F3} s while it is held until {before.Offset:F3} s");
            }
        }
    }
}
