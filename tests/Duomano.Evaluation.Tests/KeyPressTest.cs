using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

public class KeyPressTest
{
    private static readonly Note[] Melody =
    [
        Played(0.20, 0.55, 60), Played(0.75, 1.10, 61), Played(1.30, 1.62, 64), Played(1.90, 2.40, 66), Played(2.70, 3.03, 67),
    ];

    [Theory]
    [InlineData(HandSide.Left, Finger.Thumb)]
    [InlineData(HandSide.Left, Finger.Middle)]
    [InlineData(HandSide.Right, Finger.Index)]
    [InlineData(HandSide.Right, Finger.Little)]
    public void PerfectPlaying_IsPerfect(HandSide side, Finger finger)
    {
        var measured = KeyPress.Measure(new PointingHand(side, finger).Playing(120, Melody));
        Assert.Equal(new DetectionScore(5, 5, 5), measured.Notes);
        Assert.Equal(1, measured.Notes.F1);
        Assert.Equal(0, measured.WrongKeys);
        Assert.All(measured.Strokes, stroke => Assert.Equal((side, finger), (stroke.Hand, stroke.Finger)));
        Assert.Equal(Enumerable.Range(0, 5).Select(i => (i, i)), measured.Matches);
    }

    [Fact]
    public void StrokeTimes_AreFoundBetweenFrames()
    {
        // One straight fall: at 0.1 s 26 mm above the key, at 0.2 s 4 mm below its surface, at 0.2333 s 14 mm below.
        Note[] notes = [Played(0.2, 0.3, 72)];
        var clip = new PointingHand(HandSide.Right, Finger.Middle).Clip(
            12, time => PointingHand.Above(72, (float)(0.026 - 0.3 * (time < 0.25 ? time - 0.1 : 0.4 - time))), notes);
        var stroke = Assert.Single(KeyStrokes.Find(clip));
        Assert.Equal(0.2, stroke.Onset, 3);
        Assert.Equal(0.3, stroke.Offset, 3);
    }

    [Fact]
    public void PlayingLateBy60Milliseconds_IsMissed()
    {
        Note[] late = [.. Melody.Select(note => Played(note.Onset + 0.06, note.Offset + 0.06, note.Key.Midi))];
        var clip = new PointingHand(HandSide.Right, Finger.Index).Playing(120, late);
        var measured = KeyPress.Measure(clip, Melody);
        Assert.Equal(new DetectionScore(5, 5, 0), measured.Notes);
        Assert.Equal(0, measured.WrongKeys);
        Assert.Equal(1, KeyPress.Measure(clip, Melody, new NoteMatchingRule { OnsetTolerance = 0.08 }).Notes.F1);
    }

    [Fact]
    public void AWrongKey_CountsAsAMissAndAWrongStroke()
    {
        Note[] wrong = [.. Melody.Select((note, i) => i == 2 ? Played(note.Onset, note.Offset, note.Key.Midi + 1) : note)];
        var measured = KeyPress.Measure(new PointingHand(HandSide.Right, Finger.Index).Playing(120, wrong), Melody);
        Assert.Equal(new DetectionScore(5, 5, 4), measured.Notes);
        Assert.Equal(0.2, measured.WrongKeys, 9);
    }

    [Fact]
    public void ThreeMillimetres_AreNoPress()
    {
        Note[] notes = [Played(0, 0.4, 60)];
        var hand = new PointingHand(HandSide.Right, Finger.Index);
        Assert.Empty(KeyStrokes.Find(hand.Clip(12, _ => PointingHand.Above(60, -0.003f))));
        Assert.Equal(1, KeyPress.Measure(hand.Clip(12, _ => PointingHand.Above(60, -0.005f), notes)).Frames.F1);
    }

    [Fact]
    public void BesideTheKey_IsNoPress()
    {
        var hand = new PointingHand(HandSide.Right, Finger.Index);
        var inFront = PointingHand.Above(60, -0.006f) with { Z = 0.002f };
        Assert.Empty(KeyStrokes.Find(hand.Clip(5, _ => inFront)));
    }

    [Theory]
    [InlineData(0.0039f, 0)]
    [InlineData(0.0041f, 1)]
    [InlineData(0.0100f, 1)]
    public void APressBeginsAtFourMillimetres(float depth, int strokes) =>
        Assert.Equal(strokes, KeyStrokes.Find(new PointingHand(HandSide.Left, Finger.Ring).Clip(5, _ => PointingHand.Above(61, -depth))).Count);

    [Theory]
    [InlineData(-0.003f, 60)]
    [InlineData(0.003f, 62)]
    public void ThreeMillimetresBesideTheEdge_TheNeighbourIsPressed(float beyond, int pressed)
    {
        // Halfway between the middles of two white keys, in front of the black ones.
        var between = (new PianoKey(60).CenterX + new PianoKey(62).CenterX) / 2;
        var hand = new PointingHand(HandSide.Right, Finger.Index);
        var stroke = Assert.Single(KeyStrokes.Find(hand.Clip(5, _ => PointingHand.Above(60, -0.008f) with { X = between + beyond })));
        Assert.Equal(pressed, stroke.Key.Midi);
    }

    [Fact]
    public void AFingerThatSlidesOver_PlaysBothKeysOneAfterTheOther()
    {
        var (from, to) = (new PianoKey(60).CenterX, new PianoKey(62).CenterX);
        var clip = new PointingHand(HandSide.Right, Finger.Index).Clip(
            31, time => PointingHand.Above(60, -0.008f) with { X = from + (to - from) * (float)time });
        var strokes = KeyStrokes.Find(clip);
        Assert.Equal([60, 62], strokes.Select(stroke => stroke.Key.Midi));
        Assert.InRange(strokes[1].Onset - strokes[0].Offset, -1e-9, 0.1); // there is a gap between keys
        Assert.InRange(strokes[1].Onset, 0.5, 0.6);
    }

    [Fact]
    public void RepeatedNotesWithoutLifting_AreOneStroke()
    {
        Note[] notes = [Played(0.2, 0.5, 60), Played(0.5, 0.8, 60)];
        var clip = new PointingHand(HandSide.Right, Finger.Index).Playing(40, [Played(0.2, 0.8, 60)]);
        Assert.Equal(new DetectionScore(2, 1, 1), KeyPress.Measure(clip, notes).Notes);
    }

    [Theory]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(120)]
    public void OnsetsDoNotDependOnTheFrameRate(double fps)
    {
        Note[] notes = [Played(0.4, 0.8, 64)];
        var hand = new PointingHand(HandSide.Right, Finger.Index);
        var playing = hand.Clip((int)(1.2 * fps), time => PointingHand.Above(64, (float)-Math.Clamp(0.004 + 0.3 * Math.Min(time - 0.4, 0.8 - time), -0.02, 0.009)), notes, fps);
        var measured = KeyPress.Measure(playing);
        Assert.Equal(0.4, measured.Strokes[0].Onset, 3);
        Assert.Equal(0.8, measured.Strokes[0].Offset, 3);
        Assert.Equal(1, measured.Frames.F1);
    }

    [Fact]
    public void FrameScore_CountsHalfAHeldNote()
    {
        // Held for 20 frames, pressed for the first 10 of them.
        Note[] notes = [Played(0, 20 / 30.0, 60)];
        var clip = new PointingHand(HandSide.Right, Finger.Index).Clip(30, time => PointingHand.Above(60, time < 9.5 / 30 ? -0.008f : 0.02f), notes);
        var frames = KeyPress.Measure(clip).Frames;
        Assert.Equal((20, 10, 10), (frames.Truth, frames.Predicted, frames.Matched));
        Assert.Equal(1, frames.Precision);
        Assert.Equal(0.5, frames.Recall);
    }

    [Fact]
    public void NotesAfterTheEnd_DoNotCount()
    {
        var measured = KeyPress.Measure(new PointingHand(HandSide.Right, Finger.Index).Playing(60, Melody));
        Assert.Equal(4, measured.Notes.Truth);
        Assert.Equal(1, measured.Notes.F1);
    }

    [Fact]
    public void RestingHands_PressNothing()
    {
        var clip = new PointingHand(HandSide.Left, Finger.Index).Clip(10, _ => PointingHand.Above(60, 0.05f), Melody);
        var measured = KeyPress.Measure(clip);
        Assert.Empty(measured.Strokes);
        Assert.Equal(0, measured.Notes.F1);
        Assert.Equal(0, measured.WrongKeys);
    }

    private static Note Played(double onset, double offset, int midi) => new(onset, offset, new(midi), 64);
}
