using Duomano.Core.Keyboard;
using Duomano.Core.Numerics;
using Duomano.Networks.Listening;

namespace Duomano.Training.Listening;

/// <summary>Excerpts of recordings with what should be heard in them, and what shall be done to their sound.</summary>
/// <param name="Size">Number of excerpts.</param>
/// <param name="Frames">Frames of each.</param>
/// <param name="Samples">[size, samples], with what is heard before each excerpt ahead of it.</param>
/// <param name="Targets">[size, outputs, frames, 88].</param>
/// <param name="RecordingConditions">Room, microphone and noise of each excerpt.</param>
public sealed record ListeningBatch(int Size, int Frames, float[] Samples, float[] Targets, IReadOnlyList<RecordingConditions> RecordingConditions)
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
        var (size, frames, config) = (recipe.BatchSize, recipe.SegmentFrames, recipe.Network);
        var random = new SeededRandom(recipe.Training.Seed, $"batch {step}");
        var length = AcousticAugmentation.SamplesFor(config, frames);
        var samples = new float[size * length];
        var targets = new float[size * ListeningNetwork.Outputs * frames * PianoKey.Count];
        var total = recordings.Sum(recording => (long)recording.Frames(config));
        var conditions = new List<RecordingConditions>();
        for (var i = 0; i < size; i++)
        {
            var (recording, first) = Choose(recordings, config, (long)(random.NextDouble() * total), frames);
            var sound = samples.AsSpan(i * length, length);
            recording.CopySamples(first * config.HopSamples - AcousticAugmentation.SamplesBefore(config), sound);
            conditions.Add(recipe.Variation.Draw(random, config));
            ListeningTargets.Of(recording, first, frames, config.FrameSeconds).Values.CopyTo(targets.AsSpan(i * ListeningNetwork.Outputs * frames * PianoKey.Count));
        }

        return new ListeningBatch(size, frames, samples, targets, conditions);
    }

    /// <summary>Some of its excerpts.</summary>
    /// <param name="part">Which part.</param>
    /// <param name="parts">Of how many.</param>
    public ListeningBatch Part(int part, int parts)
    {
        var (first, end) = (part * Size / parts, (part + 1) * Size / parts);
        float[] Of(float[] values) => values[(first * (values.Length / Size))..(end * (values.Length / Size))];
        return new(end - first, Frames, Of(Samples), Of(Targets), [.. RecordingConditions.Take(first..end)]);
    }

    private static (ListeningRecording Recording, int First) Choose(IReadOnlyList<ListeningRecording> recordings, ListeningConfig config, long frame, int frames)
    {
        foreach (var recording in recordings)
        {
            var count = recording.Frames(config);
            if (frame < count) return (recording, (int)Math.Clamp(frame, 0, Math.Max(0, count - frames)));
            frame -= count;
        }

        return (recordings[^1], 0);
    }
}
