using Duomano.Core.Keyboard;
using Duomano.Core.Numerics;

namespace Duomano.Training.Listening;

/// <summary>Excerpts of recordings with what should be heard in them.</summary>
/// <param name="Size">Number of excerpts.</param>
/// <param name="Frames">Frames of each.</param>
/// <param name="Levels">[size, frames, bins].</param>
/// <param name="Targets">[size, 4, frames, 88] in the order of the network's outputs.</param>
public sealed record ListeningBatch(int Size, int Frames, float[] Levels, float[] Targets)
{
    /// <summary>Draws a batch: every second of music is as likely as any other.</summary>
    /// <param name="recordings">Where excerpts come from.</param>
    /// <param name="recipe">Sizes and variation.</param>
    /// <param name="step">The step it is for; with the seed it decides everything.</param>
    public static ListeningBatch Draw(IReadOnlyList<ListeningRecording> recordings, ListeningRecipe recipe, int step)
    {
        ArgumentNullException.ThrowIfNull(recordings);
        ArgumentNullException.ThrowIfNull(recipe);
        if (recordings.Count == 0) throw new ArgumentException("There is no recording to draw from.", nameof(recordings));
        var (size, frames, bins) = (recipe.BatchSize, recipe.SegmentFrames, recipe.Network.Bins);
        var random = new SeededRandom(recipe.Training.Seed, $"batch {step}");
        var levels = new float[size * frames * bins];
        var plane = frames * PianoKey.Count;
        var targets = new float[size * 4 * plane];
        var total = recordings.Sum(recording => (long)recording.Frames);
        for (var i = 0; i < size; i++)
        {
            var (recording, first) = Choose(recordings, (long)(random.NextDouble() * total), frames);
            var excerpt = levels.AsSpan(i * frames * bins, frames * bins);
            recording.CopyLevels(first, excerpt);
            recipe.Variation.Apply(excerpt, bins, recipe.Network.FrameSeconds, random);
            var heard = ListeningTargets.Of(recording.Notes, first, frames, recipe.Network.FrameSeconds);
            var target = targets.AsSpan(i * 4 * plane);
            heard.Onset.CopyTo(target);
            heard.Held.CopyTo(target[plane..]);
            heard.OnsetTime.CopyTo(target[(2 * plane)..]);
            heard.Velocity.CopyTo(target[(3 * plane)..]);
        }

        return new ListeningBatch(size, frames, levels, targets);
    }

    private static (ListeningRecording Recording, int First) Choose(IReadOnlyList<ListeningRecording> recordings, long frame, int frames)
    {
        foreach (var recording in recordings)
        {
            if (frame < recording.Frames) return (recording, (int)Math.Clamp(frame, 0, Math.Max(0, recording.Frames - frames)));
            frame -= recording.Frames;
        }

        return (recordings[^1], 0);
    }
}
