using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;
using static Duomano.Core.Tests.Performing.Exercise;

namespace Duomano.Core.Tests.Playing;

public sealed class StrokePlannerTests
{
    [Fact]
    public void A_chord_too_wide_for_the_hand_is_rolled_upwards_around_its_moment()
    {
        List<Note> notes = [Note(48, 1, 1, 1), Note(55, 2, 1, 1), Note(60, 3, 1, 1), Note(65, 5, 1, 1)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral with { HandSize = 0.95f });
        Assert.Empty(performance.Unplayed);
        var played = performance.Clip.Notes;
        Assert.Equal([48, 55, 60, 65], played.Select(note => note.Key.Midi));
        for (var i = 1; i < played.Count; i++) Assert.InRange(played[i].Onset - played[i - 1].Onset, 0.024, 0.15);
        Assert.InRange(played[0].Onset, 0.95, 1);
        Assert.InRange(played[^1].Onset, 1, 1.15);
        Assert.Equal(1, KeyPresses.NoteF1(performance.Clip, played));
    }

    [Fact]
    public void A_chord_that_can_be_held_is_not_rolled()
    {
        List<Note> notes = [Note(48, 1, 1, 1), Note(55, 2, 1, 1), Note(60, 5, 1, 1)];
        Assert.All(KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip.Notes, note => Assert.Equal(1, note.Onset));
    }

    [Fact]
    public void Of_a_chord_that_cannot_even_be_rolled_the_note_far_away_is_left_out()
    {
        List<Note> notes = [Note(60, 1, 1, 1), Note(64, 2, 1, 1), Note(67, 3, 1, 1), Note(91, 5, 1, 1)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        Assert.Equal([new PianoKey(91)], performance.Unplayed.Select(unplayed => unplayed.Note.Key));
        Assert.Equal(3, performance.Clip.Notes.Count);
    }

    [Fact]
    public void A_note_without_a_finger_gets_one_in_order_with_its_chord()
    {
        List<Note> notes = [Note(60, 1, 1, 0.5), Note(64, 2, 1, 0.5) with { Finger = null }, Note(67, 5, 1, 0.5)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        Assert.Empty(performance.Unplayed);
        var fingers = performance.Clip.Notes.Select(note => (int)note.Finger!.Value).ToList();
        Assert.Equal(fingers.Order().Distinct(), fingers);
        Assert.Equal(1, KeyPresses.NoteF1(performance.Clip, performance.Clip.Notes));
    }

    [Fact]
    public void A_finger_that_is_wanted_twice_at_once_hands_one_key_over()
    {
        List<Note> notes = [Note(60, 1, 1, 0.5), Note(64, 3, 1, 0.5), Note(67, 3, 1.02, 0.5)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        Assert.Empty(performance.Unplayed);
        Assert.Equal(3, performance.Clip.Notes.DistinctBy(note => note.Finger).Count());
        Assert.Equal(Finger.Thumb, performance.Clip.Notes.Single(note => note.Key.Midi == 60).Finger);
    }

    [Fact]
    public void A_key_struck_again_very_soon_waits_a_moment()
    {
        List<Note> notes = [Note(67, 3, 1, 0.04, HandSide.Left), Note(67, 2, 1.08, 0.2, HandSide.Left)];
        var performance = KinematicPianist.Perform(notes, PerformanceStyle.Neutral);
        Assert.Empty(performance.Unplayed);
        Assert.Equal(1, KeyPresses.NoteF1(performance.Clip, notes));
    }
}
