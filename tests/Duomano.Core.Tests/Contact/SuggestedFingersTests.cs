using Duomano.Core.Contact;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

/// <summary>Motions whose fingering is known, for they were made with it.</summary>
public sealed class SuggestedFingersTests
{
    [Theory]
    [InlineData(-0.7f)]
    [InlineData(-0.6f)]
    [InlineData(0.6f)]
    [InlineData(0.7f)]
    public void A_hand_that_is_beside_its_place_all_the_time_is_still_understood(float keysAside)
    {
        var notes = Exercise.FiveFingers();
        var clip = Aside(KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip, keysAside * PianoKey.WhiteSpacing);
        // Whoever takes the nearest fingertip, note by note, is wrong.
        Assert.Contains(notes, note => Nearest(note, clip) != note.Finger);
        Assert.Equal(Chosen(notes), Chosen(SuggestedFingers.Complete(Unfingered(notes), clip)));
    }

    [Fact]
    public void An_unusual_fingering_is_found_where_the_motion_shows_it()
    {
        var notes = Exercise.Line([(60, 2), (62, 3), (64, 4), (65, 3), (67, 4), (65, 3), (64, 2)], 0.3);
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Assert.Equal(Chosen(notes), Chosen(SuggestedFingers.Complete(Unfingered(notes), clip)));
    }

    [Fact]
    public void Chords_are_found_and_given_fingers_kept()
    {
        Note[] notes =
        [
            Exercise.Note(60, 1, 0.5, 0.5), Exercise.Note(64, 3, 0.5, 0.5), Exercise.Note(67, 5, 0.5, 0.5),
            Exercise.Note(60, 1, 1, 0.5), Exercise.Note(65, 4, 1, 0.5), Exercise.Note(69, 5, 1, 0.5),
            Exercise.Note(48, 5, 0.5, 0.5, HandSide.Left), Exercise.Note(55, 1, 0.5, 0.5, HandSide.Left),
        ];
        var clip = KinematicPianist.Perform(notes, PerformanceStyle.Neutral).Clip;
        Note[] asked = [.. notes.Select((note, i) => i == 1 ? note : note with { Hand = null, Finger = null })];
        // A finger that the motion does not show.
        notes[4] = asked[4] = asked[4] with { Hand = HandSide.Right, Finger = Finger.Middle };
        var completed = SuggestedFingers.Complete(asked, clip);
        Assert.Equal(Chosen(notes), Chosen(completed));
        Assert.Equal(notes.Select(note => (note.Onset, note.Key)), completed.Select(note => (note.Onset, note.Key)));
    }

    private static IEnumerable<(HandSide?, Finger?)> Chosen(IEnumerable<Note> notes) => notes.Select(note => (note.Hand, note.Finger));

    private static Note[] Unfingered(IEnumerable<Note> notes) => [.. notes.Select(note => note with { Hand = null, Finger = null })];

    private static Finger Nearest(Note note, TwoHandClip clip)
    {
        var points = clip.Points(HandSide.Right).AsSpan((int)Math.Round(note.Onset * clip.Fps) * HandJoint.PointCount, HandJoint.PointCount).ToArray();
        return Fingers.All.MinBy(finger => MathF.Abs(points[HandJoint.Tip(finger)].X - note.Key.CenterX));
    }

    private static TwoHandClip Aside(TwoHandClip clip, float metres)
    {
        var right = clip.Hands.Right.Slice(0, clip.FrameCount);
        for (var i = 0; i < right.Translations.Length; i += 3) right.Translations[i] += metres;
        return new(new(clip.Hands.Left, right), clip.Skeletons, clip.Fps, clip.Notes);
    }
}
