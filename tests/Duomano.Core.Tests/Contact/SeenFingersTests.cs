using Duomano.Core.Contact;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Performing;
using Duomano.Core.Playing;
using Duomano.Core.Tests.Performing;

namespace Duomano.Core.Tests.Contact;

/// <summary>Fingers of a pianist whose fingering is known.</summary>
public sealed class SeenFingersTests
{
    private static readonly OverheadCamera Camera = new(0.1f, 0.2f, 1.2f);

    private static readonly Note[] Played =
    [
        .. Exercise.Line([(60, 1), (62, 2), (64, 3), (65, 1), (67, 2), (69, 3), (67, 2), (65, 1), (64, 3), (66, 4)], 0.3),
        .. Enumerable.Range(0, 10).Select(i => Exercise.Note(36 + 12 * (i % 2), i % 2 == 0 ? 5 : 1, 0.3 * i, 0.3, HandSide.Left)),
    ];

    private static readonly TwoHandClip Clip = KinematicPianist.Perform(Played, PerformanceStyle.Neutral).Clip;

    private static readonly Note[] Heard = [.. Clip.Notes.Select(note => note with { Hand = null, Finger = null })];

    [Fact]
    public void The_fingers_that_were_on_the_keys_are_told()
    {
        var told = SeenFingers.Tell(FilmedPianist.Film(Clip, Camera, [], 0.004f), Heard, 1, Camera);
        Assert.Equal(Clip.Notes.Select(note => (note.Hand, note.Finger)), told.Select(note => (note.Note.Hand, note.Note.Finger)));
        Assert.True(told.Average(note => note.Confidence) > 0.8f);
    }

    [Fact]
    public void A_keyboard_that_seems_too_long_is_seen_through()
    {
        // A fingertip at the far octave appears beside its key by almost half a key.
        var episode = FilmedPianist.Film(Clip, Camera, [], 0.002f, stretch: 1.025f);
        var told = SeenFingers.Tell(episode, Heard, 1, Camera);
        Assert.Equal(Clip.Notes.Select(note => (note.Hand, note.Finger)), told.Select(note => (note.Note.Hand, note.Note.Finger)));
    }

    [Fact]
    public void What_was_not_seen_is_not_sure()
    {
        var episode = FilmedPianist.Film(Clip, Camera, [], 0, (_, side) => side == HandSide.Right);
        var told = SeenFingers.Tell(episode, Heard, 1, Camera);
        foreach (var (note, true_) in told.Zip(Clip.Notes))
        {
            Assert.Equal(true_.Hand, note.Note.Hand);
            if (true_.Hand == HandSide.Left) Assert.Equal(0, note.Confidence);
            else Assert.True(note.Confidence > 0.5f, $"{note}");
        }
    }

    [Fact]
    public void Notes_fit_best_at_their_own_time_and_octave()
    {
        var episode = FilmedPianist.Film(Clip, Camera, [], 0.004f);
        var best = Enumerable.Range(-40, 81).Select(i => i * 0.05).MaxBy(shift => SeenFingers.Fit(episode, Heard, Camera, shift));
        Assert.InRange(best, -0.1, 0.1);
        Assert.True(SeenFingers.Fit(episode, Heard, Camera, 0) > 0.3 * Heard.Length);
        Assert.True(SeenFingers.Fit(episode, Heard, Camera, 0, 1) < 0.5 * SeenFingers.Fit(episode, Heard, Camera, 0));
    }
}
