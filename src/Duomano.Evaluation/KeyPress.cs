using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>Whether a motion presses the keys that are played, when they are played.</summary>
/// <param name="Strokes">The presses found in the motion.</param>
/// <param name="Matches">Pairs of indices: a note and the stroke that plays it.</param>
/// <param name="Notes">Press onsets against note onsets: the same key, within 50 ms, one to one.</param>
/// <param name="Frames">Pressed keys a frame against the notes held.</param>
/// <param name="WrongKeys">Share of the strokes on keys that are not played from 50 ms before to 50 ms after the stroke.</param>
public sealed record KeyPress(
    IReadOnlyList<KeyStroke> Strokes, IReadOnlyList<(int Note, int Stroke)> Matches, DetectionScore Notes, DetectionScore Frames, double WrongKeys)
{
    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="notes">The true notes in the clip's time; null for the clip's own. Those beginning after its end do not count.</param>
    /// <param name="rule">When a stroke is a note; null for onsets within 50 ms.</param>
    public static KeyPress Measure(TwoHandClip clip, IReadOnlyList<Note>? notes = null, NoteMatchingRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(clip);
        notes ??= clip.Notes;
        rule ??= NoteMatchingRule.Onset;
        var strokes = KeyStrokes.Find(clip);

        int[] inClip = [.. Enumerable.Range(0, notes.Count).Where(i => notes[i].Onset < clip.Duration)];
        Note[] truth = [.. inClip.Select(i => notes[i])];
        Note[] played = [.. strokes.Select(stroke => new Note(stroke.Onset, stroke.Offset, stroke.Key, 64))];
        var matches = NoteMatching.Match(truth, played, rule);

        var wrong = strokes.Count(stroke => !Array.Exists(truth, note => note.Key == stroke.Key
            && note.Onset <= stroke.Offset + rule.OnsetTolerance && note.Offset >= stroke.Onset - rule.OnsetTolerance));
        return new(
            strokes,
            [.. matches.Select(match => (inClip[match.Truth], match.Predicted))],
            new(truth.Length, strokes.Count, matches.Count),
            CompareFrames(truth, played, clip),
            strokes.Count == 0 ? 0 : (double)wrong / strokes.Count);
    }

    /// <summary>Adds up several clips; strokes and matches are those of one clip and left empty.</summary>
    internal static KeyPress? Combine(IReadOnlyList<KeyPress> parts)
    {
        if (parts.Count == 0) return null;
        var notes = parts.Select(part => part.Notes).Aggregate((a, b) => a + b);
        return new(
            [], [], notes,
            parts.Select(part => part.Frames).Aggregate((a, b) => a + b),
            notes.Predicted == 0 ? 0 : parts.Sum(part => part.WrongKeys * part.Notes.Predicted) / notes.Predicted);
    }

    private static DetectionScore CompareFrames(Note[] truth, Note[] played, TwoHandClip clip)
    {
        var held = Roll(truth, clip);
        var pressed = Roll(played, clip);
        int truthCount = 0, predicted = 0, matched = 0;
        for (var i = 0; i < held.Length; i++)
        {
            if (held[i]) truthCount++;
            if (pressed[i]) predicted++;
            if (held[i] && pressed[i]) matched++;
        }

        return new(truthCount, predicted, matched);
    }

    // Which keys are down at the time of each frame.
    private static bool[] Roll(Note[] notes, TwoHandClip clip)
    {
        // Interpolated times may miss a frame by rounding.
        const double Rounding = 1e-6;
        var roll = new bool[clip.FrameCount * PianoKey.Count];
        foreach (var note in notes)
        {
            var first = (int)Math.Ceiling(note.Onset * clip.Fps - Rounding);
            var last = Math.Min(clip.FrameCount - 1, (int)Math.Ceiling(note.Offset * clip.Fps - Rounding) - 1);
            for (var frame = Math.Max(0, first); frame <= last; frame++) roll[frame * PianoKey.Count + note.Key.Index] = true;
        }

        return roll;
    }
}
