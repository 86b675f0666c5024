using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class NoteFramesTest
{
    [Fact]
    public void Frames_AreThoseInWhichAKeyIsHeld()
    {
        // 10 frames of C, of which 5 are found, and 5 frames of D, which nobody played.
        var score = NoteFrames.Measure([Note(0, 0.1, 60)], [Note(0.05, 0.1, 60), Note(0.2, 0.25, 62)]);
        Assert.Equal(new(10, 10, 5), score);
        Assert.Equal(0.5, score.F1);
    }

    [Fact]
    public void OverlappingNotesOfAKey_CountOnce() =>
        Assert.Equal(new(20, 20, 20), NoteFrames.Measure([Note(0, 0.15, 60), Note(0.1, 0.2, 60)], [Note(0, 0.2, 60)]));

    [Fact]
    public void Nothing_IsNothing()
    {
        Assert.Equal(default, NoteFrames.Measure([], []));
        Assert.Equal(new(10, 0, 0), NoteFrames.Measure([Note(1, 1.1, 60)], []));
    }

    [Fact]
    public void FrameLength_IsPositive() => Assert.Throws<ArgumentOutOfRangeException>(() => NoteFrames.Measure([], [], 0));

    private static Note Note(double onset, double offset, int midi) => new(onset, offset, new PianoKey(midi), 64);
}
