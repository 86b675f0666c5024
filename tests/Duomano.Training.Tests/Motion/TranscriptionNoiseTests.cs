using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Evaluation;
using Duomano.Training.Motion;

namespace Duomano.Training.Tests.Motion;

public class TranscriptionNoiseTests
{
    private static readonly TranscriptionNoise Perfect = new()
    {
        MissedSoft = 0,
        MissedMiddle = 0,
        MissedLoud = 0,
        MissedRepetitions = 0,
        FalseOctaves = 0,
        FalseRepetitions = 0,
        FalseOthers = 0,
        OnsetDeviation = 0,
        LengthMean = 0,
        LengthDeviation = 0,
        VelocityDeviation = 0,
    };

    [Fact]
    public void PerfectEars_ChangeNothing() => Assert.Equal(Notes(), Perfect.Hear(Notes(), new(1)));

    [Fact]
    public void Errors_AreTheSeeds()
    {
        Assert.Equal(new TranscriptionNoise().Hear(Notes(), new(1)), new TranscriptionNoise().Hear(Notes(), new(1)));
        Assert.NotEqual(new TranscriptionNoise().Hear(Notes(), new(1)), new TranscriptionNoise().Hear(Notes(), new(2)));
    }

    [Fact]
    public void Errors_HaveTheSharesTheyWereGiven()
    {
        var wanted = new TranscriptionNoise { MissedSoft = 0.3, MissedMiddle = 0.1, MissedLoud = 0.02, FalseOctaves = 0.1, FalseRepetitions = 0.05, FalseOthers = 0.04, OnsetDeviation = 0.008 };
        var truth = Notes();
        var measured = TranscriptionNoise.Of(ListeningErrors.Of(truth, wanted.Hear(truth, new(3))));
        Assert.Equal(wanted.MissedSoft, measured.MissedSoft, 0.04);
        Assert.Equal(wanted.MissedMiddle, measured.MissedMiddle, 0.03);
        Assert.Equal(wanted.MissedLoud, measured.MissedLoud, 0.02);
        Assert.Equal(wanted.FalseOctaves, measured.FalseOctaves, 0.03);
        Assert.Equal(wanted.FalseOthers, measured.FalseOthers, 0.03);
        Assert.Equal(wanted.OnsetDeviation, measured.OnsetDeviation, 0.002);
        Assert.Equal(wanted.VelocityDeviation, measured.VelocityDeviation, 2.0);
    }

    [Fact]
    public void Repetitions_AreMissedByThemselves()
    {
        var notes = Enumerable.Range(0, 200).Select(i => new Note(0.1 * i, 0.1 * i + 0.05, new PianoKey(60), 90)).ToList();
        Assert.Equal(notes[0].Onset, Assert.Single((Perfect with { MissedRepetitions = 1 }).Hear(notes, new(1))).Onset);
    }

    [Fact]
    public void InventedNotes_AreSomebodys_AndNoKeyIsStruckWhileItIsDown()
    {
        var heard = new TranscriptionNoise { FalseOctaves = 0.5, FalseOthers = 0.5, FalseRepetitions = 0.5 }.Hear(Notes(), new(4));
        Assert.True(heard.Count > 1.5 * Notes().Count);
        Assert.All(heard, note => Assert.NotNull(note.Finger));
        foreach (var sameKey in heard.GroupBy(note => note.Key))
        {
            Note[] ordered = [.. sameKey.OrderBy(note => note.Onset)];
            for (var i = 1; i < ordered.Length; i++) Assert.True(ordered[i - 1].Offset <= ordered[i].Onset);
        }
    }

    [Fact]
    public void Dataset_HearsInAShareOfItsWindows_AndTheMotionStaysTheSame()
    {
        var clips = PerformedClips.Make(2, 6);
        var normalization = MotionStatistics.Of(clips);
        MotionWindow Draw(TranscriptionNoise? heard) => new MotionDataset(PerformedClips.Examples(clips), normalization, 64, heard).Draw(new SeededRandom(5));
        var (exact, never, always) = (Draw(null), Draw(new TranscriptionNoise { Share = 0 }), Draw(new TranscriptionNoise { Share = 1, OnsetDeviation = 0.05 }));
        Assert.Equal(exact.Features.Left, never.Features.Left);
        Assert.NotEqual(exact.Features.Left, always.Features.Left);
        Assert.Equal(exact.Pose.Right, always.Pose.Right);
        Assert.Equal(exact.Positions.Left, always.Positions.Left);
    }

    [Fact]
    public void ImpossibleShares_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranscriptionNoise { Share = 1.1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new TranscriptionNoise { OnsetDeviation = -1 });
    }

    // Far enough apart in time and in pitch that no error looks like another note.
    private static IReadOnlyList<Note> Notes() =>
    [
        .. Enumerable.Range(0, 3000).Select(i => new Note(0.5 * i, 0.5 * i + 0.35, new PianoKey(40 + i * 7 % 41), 20 + i * 37 % 100) { Hand = (i & 1) == 0 ? HandSide.Left : HandSide.Right, Finger = Finger.Middle }),
    ];
}
