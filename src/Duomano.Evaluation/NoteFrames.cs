using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>
/// How well keys are known at every moment: held keys of all frames, counted together (multiple fundamental frequency
/// estimation of the MIREX evaluations, Bay et al. 2009, with keys for pitches).
/// </summary>
public static class NoteFrames
{
    // A frame's moment counts as inside a note that begins or ends there but for rounding.
    private const double Rounding = 1e-6;

    /// <summary>Counts the frames in which a key is held, found to be held, and both.</summary>
    /// <param name="truth">The notes that are played.</param>
    /// <param name="predicted">The notes that were found.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next.</param>
    public static DetectionScore Measure(IReadOnlyList<Note> truth, IReadOnlyList<Note> predicted, double frameSeconds = 0.01)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        if (frameSeconds is not (> 0 and < 10)) throw new ArgumentOutOfRangeException(nameof(frameSeconds), frameSeconds, "A frame lasts between 0 and 10 s.");
        var (held, found) = (Frames(truth, frameSeconds), Frames(predicted, frameSeconds));
        return new(held.Count, found.Count, held.Count(found.Contains));
    }

    private static HashSet<long> Frames(IReadOnlyList<Note> notes, double frameSeconds)
    {
        var frames = new HashSet<long>();
        foreach (var note in notes)
        {
            var end = (long)Math.Ceiling(note.Offset / frameSeconds - Rounding);
            for (var frame = (long)Math.Ceiling(note.Onset / frameSeconds - Rounding); frame < end; frame++) frames.Add(frame * PianoKey.Count + note.Key.Index);
        }

        return frames;
    }
}
