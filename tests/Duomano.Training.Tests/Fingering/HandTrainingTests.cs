using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Training.Fingering;

namespace Duomano.Training.Tests.Fingering;

public class HandTrainingTests
{
    private static readonly HandTrainingOptions Small = new()
    {
        Passes = 20,
        Networks = 1,
        Hidden = 16,
        Middle = 8,
        ReaderWidth = 8,
        ReaderHidden = 8,
        ReaderSteps = 3,
        JointSteps = 3,
        StretchLength = 40,
        Batch = 2,
    };

    [Fact]
    public void Hands_that_keep_to_their_registers_are_learned()
    {
        var progress = new Recorded();
        using var stream = new MemoryStream();
        new HandTraining(Pieces(), Small).Run(stream, report: progress);
        var judge = progress.Values.Where(value => value.Part == "judge 1").ToList();
        Assert.Equal(Enumerable.Range(1, 20), judge.Select(value => value.Done));
        Assert.InRange(judge[^1].Agreement, 0.9, 1);
        Assert.True(judge[^1].Loss < judge[0].Loss);

        stream.Position = 0;
        var piece = Pieces()[1];
        var sides = HandAssigner.Assign([.. piece.Select(note => note with { Hand = null })], FingeringOptions.Default, HandNetwork.Read(stream));
        Assert.InRange(sides.Zip(piece).Count(pair => pair.First == pair.Second.Hand) / (double)piece.Length, 0.9, 1);
    }

    [Fact]
    public void Equal_seeds_give_equal_networks()
    {
        Assert.Equal(Trained(1), Trained(1));
        Assert.NotEqual(Trained(1), Trained(2));

        static byte[] Trained(long seed) => Bytes(Small with { Passes = 1, Seed = seed }, null);
    }

    [Fact]
    public void Parts_that_are_done_are_not_made_again()
    {
        using var folder = new TemporaryFolder();
        var options = Small with { Passes = 1 };
        var whole = Bytes(options, folder.PathOf(""));
        File.Delete(folder.PathOf("reader.net"));
        var progress = new Recorded();
        using var stream = new MemoryStream();
        new HandTraining(Pieces(), options).Run(stream, folder.PathOf(""), progress);
        Assert.Equal(["reader", "both"], progress.Values.Select(value => value.Part));
        Assert.Equal(whole, stream.ToArray());
    }

    [Fact]
    public void Too_little_and_unknown_hands_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new HandTraining([], Small));
        Assert.Throws<ArgumentException>(() => new HandTraining([[.. Pieces()[0].Select(note => note with { Hand = null })]], Small));
    }

    private static byte[] Bytes(HandTrainingOptions options, string? folder)
    {
        using var stream = new MemoryStream();
        new HandTraining(Pieces(), options).Run(stream, folder);
        return stream.ToArray();
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

    private sealed class Recorded : IProgress<NoteTrainingProgress>
    {
        public List<NoteTrainingProgress> Values { get; } = [];

        public void Report(NoteTrainingProgress value) => Values.Add(value);
    }
}
