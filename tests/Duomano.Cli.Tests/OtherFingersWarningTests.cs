using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Cli.Tests;

public sealed class OtherFingersWarningTests
{
    [Fact]
    public void Nothing_is_said_where_given_fingers_play_and_where_none_are_given() =>
        Assert.Null(OtherFingersWarning.Text([At(0.5, 60, Finger.Ring), At(1, 62, null)], [At(0.5, 60, Finger.Ring), At(1, 62, Finger.Index)]));

    [Fact]
    public void A_note_that_is_left_out_is_told_elsewhere() => Assert.Null(OtherFingersWarning.Text([At(0.5, 60, Finger.Ring)], []));

    [Fact]
    public void A_finger_that_has_no_time_for_its_next_key_is_told()
    {
        // The thumb on C4 and, 60 ms later, on G4, which another finger reaches; the rest is as it was given.
        Note[] notes = [At(0.5, 60, Finger.Thumb), At(0.56, 67, Finger.Thumb), At(1.5, 64, Finger.Middle)];
        var played = NotesToPlay.Of(notes, PerformanceStyle.Neutral).Played;
        Assert.Equal(3, played.Count);
        Assert.Equal(Finger.Middle, played[2].Finger);
        var text = OtherFingersWarning.Text(notes, played);
        Assert.Equal($"1 of 3 given fingers cannot be there in time, so that others play: G4 at 0.56 s (1 → {(int)played[1].Finger!}).", text);
    }

    [Fact]
    public void Fingers_that_a_chord_leaves_are_kept_beside_found_ones()
    {
        Note[] notes = [At(0.5, 60, Finger.Thumb), At(0.5, 64, null), At(0.5, 67, Finger.Ring)];
        var played = NotesToPlay.Of(FingeringPlanner.Plan(notes).Notes, PerformanceStyle.Neutral).Played;
        Assert.Null(OtherFingersWarning.Text(notes, played));
    }

    [Fact]
    public void Of_many_the_first_ones_are_named()
    {
        var text = OtherFingersWarning.Text([.. Enumerable.Range(0, 7).Select(i => At(i + 1, 60 + i, Finger.Thumb))], [.. Enumerable.Range(0, 7).Select(i => At(i + 1, 60 + i, Finger.Index))]);
        Assert.Equal(
            "7 of 7 given fingers cannot be there in time, so that others play: C4 at 1.00 s (1 → 2), C#4 at 2.00 s (1 → 2), D4 at 3.00 s (1 → 2), D#4 at 4.00 s (1 → 2), E4 at 5.00 s (1 → 2) and 2 more.", text);
    }

    private static Note At(double onset, int midi, Finger? finger) => new(onset, onset + 0.2, new PianoKey(midi), 70) { Hand = HandSide.Right, Finger = finger };
}
