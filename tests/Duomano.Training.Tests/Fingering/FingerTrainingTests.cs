using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Training.Fingering;

namespace Duomano.Training.Tests.Fingering;

public class FingerTrainingTests
{
    private static readonly FingerTrainingOptions Small = new() { Passes = 3, PatternPull = 1, MethodBook = 0, ReaderSteps = 3, ReaderWidth = 8, ReaderHidden = 8 };

    [Fact]
    public void Printed_fingers_become_likelier()
    {
        var progress = new Recorded();
        using var stream = new MemoryStream();
        new FingerTraining([new(Piece(), true)], Small).Run(stream, progress);
        var costs = progress.Values.Where(value => value.Part == "costs").ToList();
        Assert.Equal([1, 2, 3], costs.Select(value => value.Done));
        Assert.True(costs[^1].Loss < costs[0].Loss);
        stream.Position = 0;
        var model = FingerModel.Read(stream);
        var planned = FingeringPlanner.Plan([.. Piece().Select(note => note with { Finger = null })], FingeringOptions.Default with { Fingers = model.Costs.Terms }, model).Notes;
        Assert.Equal(Piece().Where(note => note.Finger is not null), planned.Where(note => note.Key.Midi == 64));
    }

    [Fact]
    public void Played_and_printed_fingers_are_learned_together()
    {
        var progress = new Recorded();
        new FingerTraining([new(Piece(), true), new(Piece(), false)], Small with { PrintedPasses = 2 }).Run(Stream.Null, progress);
        Assert.Equal([1, 2, 3, 1, 2], progress.Values.Where(value => value.Part == "costs").Select(value => value.Done));
    }

    [Fact]
    public void Every_song_is_held_out_once()
    {
        // Two songs, one of them in two parts.
        var other = Piece().Select((note, i) => new Note(note.Onset * 1.7, note.Offset * 1.7, new(48 + i * 5 % 24), 64) { Hand = HandSide.Right, Finger = Finger.Index }).ToArray();
        FingeredPiece[] pieces = [new(Piece(), false), new(other, false), new(Piece(), false), new(Piece(), true)];
        var folds = new FingerTraining(pieces, Small with { Passes = 1, PrintedPasses = 1, ReaderSteps = 1 }).CrossValidate(2).ToList();
        Assert.Equal([2 * Piece().Count(note => note.Finger is not null), other.Length], folds.Select(fold => fold.Compared));
    }

    [Fact]
    public void Pieces_without_fingers_or_hands_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FingerTraining([new([.. Piece().Select(note => note with { Finger = null })], true)], Small));
        Assert.Throws<ArgumentException>(() => new FingerTraining([new([.. Piece().Select(note => note with { Hand = null })], true)], Small));
    }

    // A line in which somebody always plays E with the ring finger.
    private static Note[] Piece()
    {
        int[] keys = [60, 62, 64, 65, 64, 62];
        return [.. Enumerable.Range(0, 60).Select(i => new Note(i * 0.25, i * 0.25 + 0.25, new(keys[i % 6]), 64)
        {
            Hand = HandSide.Right,
            Finger = keys[i % 6] == 64 ? Finger.Ring : null,
        })];
    }

    private sealed class Recorded : IProgress<NoteTrainingProgress>
    {
        public List<NoteTrainingProgress> Values { get; } = [];

        public void Report(NoteTrainingProgress value) => Values.Add(value);
    }
}
