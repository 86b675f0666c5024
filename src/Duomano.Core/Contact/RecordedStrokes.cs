using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Contact;

/// <summary>
/// The strokes of a recorded episode: each note by the finger that is named or, where none is, by the fingertip that was
/// nearest. A finger presses one key at a time, and a key is let go before another finger strikes it.
/// </summary>
internal static class RecordedStrokes
{
    // Two notes of one finger closer than this are one chord, which one finger cannot play, seconds.
    private const double AtOnce = 0.04;

    // A finger farther from a key than this did not play it, metres.
    private const float Farthest = 0.05f;

    // A key is up for this long between two strokes where there is time, and for this share of the time where there is not.
    private const double Gap = 0.08;
    private const double GapShare = 0.4;

    private const double Shortest = 0.04;

    /// <summary>Finds the strokes.</summary>
    /// <param name="episode">The recording.</param>
    /// <returns>Strokes of each hand by press, and the notes that no finger was near to.</returns>
    public static (PerHand<List<Stroke>> Strokes, List<Note> Unplayed) Of(RecordedEpisode episode)
    {
        PerHand<List<Stroke>> strokes = new([], []);
        var unplayed = new List<Note>();
        // Named fingers first, so that guesses are made among the free ones.
        foreach (var (note, index) in episode.Score.Notes.Select((note, index) => (note, index)).OrderBy(pair => pair.note.Finger is null))
        {
            var frame = Math.Clamp((int)Math.Round(note.Onset * episode.Fps), 0, episode.FrameCount - 1);
            var chosen = Choices(episode, note, frame).FirstOrDefault(choice => IsFree(strokes[choice.Hand], choice.Finger, note));
            if (chosen == default)
            {
                unplayed.Add(note);
                continue;
            }

            var played = note with { Hand = chosen.Hand, Finger = chosen.Finger };
            strokes[chosen.Hand].Add(new(index, played, chosen.Hand, chosen.Finger, note.Onset, Math.Max(note.Offset, note.Onset + Shortest)));
        }

        foreach (var side in HandSides.Both) strokes[side].Sort((a, b) => a.Press.CompareTo(b.Press));
        Separate(strokes.Left.Concat(strokes.Right).GroupBy(stroke => stroke.Note.Key.Midi));
        Separate(HandSides.Both.SelectMany(side => strokes[side].GroupBy(stroke => (int)side * 10 + (int)stroke.Finger)));
        return (strokes, unplayed);
    }

    // The named finger, then the others of the hand by how near they were.
    private static IEnumerable<(HandSide Hand, Finger Finger)> Choices(RecordedEpisode episode, Note note, int frame)
    {
        if (note is { Hand: { } named, Finger: { } finger }) yield return (named, finger);
        var near = from side in HandSides.Both
                   where note.Hand is null || note.Hand == side
                   from other in Fingers.All
                   let away = MathF.Abs(episode.Points(frame, side)[(int)other].X - note.Key.CenterX)
                   where away < Farthest
                   orderby away
                   select (side, other);
        foreach (var choice in near) yield return choice;
    }

    private static bool IsFree(List<Stroke> strokes, Finger finger, Note note) =>
        !strokes.Exists(stroke => stroke.Finger == finger && Math.Abs(stroke.Press - note.Onset) < AtOnce);

    private static void Separate(IEnumerable<IEnumerable<Stroke>> groups)
    {
        foreach (var group in groups)
        {
            Stroke? before = null;
            foreach (var stroke in group.OrderBy(stroke => stroke.Press))
            {
                if (before is not null)
                {
                    var apart = stroke.Press - before.Press;
                    before.Release = Math.Min(before.Release, stroke.Press - Math.Min(Gap, GapShare * apart));
                }

                before = stroke;
            }
        }
    }
}
