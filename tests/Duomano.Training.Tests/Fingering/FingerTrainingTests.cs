using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Training.Fingering;

namespace Duomano.Training.Tests.Fingering;

public class FingerTrainingTests
{
    private static readonly FingerTrainingOptions Small = new() { Passes = 3, PatternPull = 1, MethodBook = 0 };

    [Fact]
    public void Printed_fingers_become_likelier()
    {
        var progress = new Recorded();
        using var stream = new MemoryStream();
        new FingerTraining([Piece()], Small).Run(stream, progress);
        Assert.Equal([1, 2, 3], progress.Values.Select(value => value.Pass));
        Assert.True(progress.Values[^1].Loss < progress.Values[0].Loss);
        Assert.True(stream.Length > 0);
    }

    [Fact]
    public void Pieces_without_fingers_or_hands_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new FingerTraining([[.. Piece().Select(note => note with { Finger = null })]], Small));
        Assert.Throws<ArgumentException>(() => new FingerTraining([[.. Piece().Select(note => note with { Hand = null })]], Small));
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

    private sealed class Recorded : IProgress<FingerTrainingProgress>
    {
        public List<FingerTrainingProgress> Values { get; } = [];

        public void Report(FingerTrainingProgress value) => Values.Add(value);
    }
}
