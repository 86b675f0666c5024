using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Training.Fingering;

namespace Duomano.Training.Tests.Fingering;

public class HandTrainingTests
{
    private static readonly HandTrainingOptions Small = new() { Passes = 20, Networks = 1, Hidden = 16, Middle = 8 };

    [Fact]
    public void Hands_that_keep_to_their_registers_are_learned()
    {
        var progress = new Recorded();
        new HandTraining(Pieces(), Small).Run(Stream.Null, progress);
        Assert.Equal(Enumerable.Range(1, 20), progress.Values.Select(value => value.Pass));
        Assert.InRange(progress.Values[^1].Agreement, 0.9, 1);
        Assert.True(progress.Values[^1].Loss < progress.Values[0].Loss);
    }

    [Fact]
    public void Equal_seeds_give_equal_networks()
    {
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));

        static byte[] Trained(long seed)
        {
            using var stream = new MemoryStream();
            new HandTraining(Pieces(), Small with { Passes = 1, Seed = seed }).Run(stream);
            return stream.ToArray();
        }
    }

    [Fact]
    public void Too_little_and_unknown_hands_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HandTraining([], Small));
        Assert.Throws<ArgumentException>(() => new HandTraining([[.. Pieces()[0].Select(note => note with { Hand = null })]], Small));
    }

    // A melody above, broken chords below, at different places of the keyboard.
    private static Note[][] Pieces()
    {
        var random = new SeededRandom(4);
        return [.. Enumerable.Range(0, 4).Select(_ =>
        {
            var middle = 55 + random.Next(10);
            var notes = new List<Note>();
            for (var i = 0; i < 300; i++)
            {
                notes.Add(new(i * 0.2, i * 0.2 + 0.2, new(middle + 4 + random.Next(14)), 64) { Hand = HandSide.Right });
                if (i % 2 == 0) notes.Add(new(i * 0.2, i * 0.2 + 0.4, new(middle - 6 - random.Next(14)), 64) { Hand = HandSide.Left });
            }

            return notes.OrderBy(note => note.Onset).ThenBy(note => note.Key).ToArray();
        })];
    }

    private sealed class Recorded : IProgress<HandTrainingProgress>
    {
        public List<HandTrainingProgress> Values { get; } = [];

        public void Report(HandTrainingProgress value) => Values.Add(value);
    }
}
