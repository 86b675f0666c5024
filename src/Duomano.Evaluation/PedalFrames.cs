using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>How well the sustain pedal is known at every moment, as <see cref="NoteFrames"/> are counted for keys.</summary>
public static class PedalFrames
{
    /// <summary>Counts the frames in which the pedal is down, found to be down, and both.</summary>
    /// <param name="truth">How the pedal moves.</param>
    /// <param name="predicted">How it was found to move.</param>
    /// <param name="end">Seconds of music; later frames do not count.</param>
    /// <param name="frameSeconds">Seconds from one frame to the next; frame i is the moment i · <paramref name="frameSeconds"/>.</param>
    public static DetectionScore Measure(IReadOnlyList<PedalChange> truth, IReadOnlyList<PedalChange> predicted, double end, double frameSeconds = 0.01)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        if (!(end >= 0 && double.IsFinite(end))) throw new ArgumentOutOfRangeException(nameof(end), end, "Music lasts at least 0 s.");
        if (frameSeconds is not (> 0 and < 10)) throw new ArgumentOutOfRangeException(nameof(frameSeconds), frameSeconds, "A frame lasts between 0 and 10 s.");
        var (played, found) = (new PedalTimes(truth), new PedalTimes(predicted));
        var (down, foundDown, both) = (0, 0, 0);
        for (var frame = 0L; frame * frameSeconds < end; frame++)
        {
            var (isDown, isFound) = (played.IsDown(frame * frameSeconds), found.IsDown(frame * frameSeconds));
            if (isDown) down++;
            if (isFound) foundDown++;
            if (isDown && isFound) both++;
        }

        return new(down, foundDown, both);
    }
}
