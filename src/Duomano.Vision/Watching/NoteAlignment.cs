using Duomano.Core.Contact;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Vision.Watching;

/// <summary>Finds out when in a video a file's notes are played, and in which octave its keyboard is, from where fingers are.</summary>
public static class NoteAlignment
{
    // Notes that are looked at, most of all, and steps of the search, seconds.
    private const int Notes = 400;
    private const double Step = 0.05, FineStep = 0.01, SoundStep = 0.02;

    // Of times that fit nearly as well as the best one the shift nearest to none is taken: what is repeated is mostly seen for the first time.
    private const double AsGood = 0.9;

    // Other octaves have to fit so much better than the one that is likely by itself.
    private const double OctaveMargin = 1.1;

    /// <summary>Finds the shift.</summary>
    /// <param name="episode">What was seen.</param>
    /// <param name="camera">The camera.</param>
    /// <param name="notes">The notes, in their file's time.</param>
    /// <param name="octaves">Octaves by which the keyboard may be higher than the episode has it.</param>
    /// <param name="farthest">The longest shift that is looked at, seconds; null for any.</param>
    /// <returns>Seconds by which the notes are later in the video, octaves by which the keyboard is higher than thought, and how well they fit, 0 (as by chance) to 1.</returns>
    public static (double Shift, int Octaves, double Fit) Find(RecordedEpisode episode, OverheadCamera camera, IReadOnlyList<Note> notes, IReadOnlyList<int> octaves, double? farthest = null)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(octaves);
        if (notes.Count == 0) return (0, 0, 0);
        var length = episode.FrameCount / episode.Fps;
        var (low, high) = farthest is { } most ? (-most, most) : (-notes[^1].Onset, length - notes[0].Onset);
        // Of a long piece notes from all over it, in groups that stand together.
        var some = notes.Count <= Notes ? notes : [.. notes.Where((_, i) => i * (long)Notes / notes.Count != (i - 1) * (long)Notes / notes.Count)];
        // Fingers over higher keys are the notes' fingers on a keyboard that is lower than thought.
        double Fit(double shift, int octave) => SeenFingers.Fit(episode, some, camera, shift, -octave);
        var best = (Shift: 0.0, Octaves: 0, Fit: double.MinValue);
        foreach (var octave in octaves.OrderBy(Math.Abs))
        {
            var found = Best(low, high, farthest is null ? Step : SoundStep, shift => Fit(shift, octave), AsGood);
            if (best.Fit == double.MinValue || found.Fit > Math.Max(0, best.Fit) * OctaveMargin) best = (found.Shift, octave, found.Fit);
        }

        var fine = Best(best.Shift - Step, best.Shift + Step, FineStep, shift => Fit(shift, best.Octaves), 1);
        var within = some.Count(note => note.Onset + fine.Shift >= 0 && note.Onset + fine.Shift < length);
        return (fine.Shift, best.Octaves, Math.Clamp(fine.Fit / Math.Max(1, within) / (1 - SeenFingers.ChanceFit), 0, 1));
    }

    // Of peaks that are high enough the nearest to no shift; where a peak is flat, its middle.
    private static (double Shift, double Fit) Best(double low, double high, double step, Func<double, double> fit, double share)
    {
        var count = Math.Max(1, (int)Math.Ceiling((high - low) / step));
        var fits = new double[count + 1];
        Parallel.For(0, count + 1, i => fits[i] = fit(low + i * step));
        var (most, best, least) = (fits.Max(), 0, double.MaxValue);
        for (var i = 0; i <= count; i++)
        {
            var isPeak = (i == 0 || fits[i] >= fits[i - 1]) && (i == count || fits[i] >= fits[i + 1]);
            if (!isPeak || (most > 0 ? fits[i] < share * most : fits[i] < most) || Math.Abs(low + i * step) >= least) continue;
            (best, least) = (i, Math.Abs(low + i * step));
        }

        var last = best;
        while (last < count && fits[last + 1] == fits[best]) last++;
        var first = best;
        while (first > 0 && fits[first - 1] == fits[best]) first--;
        return (low + (first + last) / 2.0 * step, fits[best]);
    }
}
