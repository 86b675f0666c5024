using Duomano.Core.Motion;
using Duomano.Core.Playing;
using Duomano.Corpus.Layout;

namespace Duomano.Training.Motion;

/// <summary>Loads the clips of a corpus for training motion.</summary>
public static class MotionCorpus
{
    /// <summary>All clips of a split that are at 30 frames a second and whose notes, hands and fingers are known.</summary>
    /// <param name="folder">A folder of the PianoMotion10M layout.</param>
    /// <param name="split">Which part.</param>
    /// <param name="threads">Files read at the same time.</param>
    /// <param name="progress">Told the share that is loaded.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The folder or one of its files is not what it should be, or there is no such clip.</exception>
    public static IReadOnlyList<MotionExample> Load(string folder, CorpusSplit split, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var items = new CorpusReader(folder).List(split);
        var clips = new MotionExample?[items.Count];
        var done = 0;
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            var clip = CorpusReader.Load(items[i]).ToClip();
            if (clip.Notes.Any(note => note.Finger is not null))
            {
                clips[i] = new(clip.Fps == TwoHandClip.DefaultFps ? clip : clip.Resample(TwoHandClip.DefaultFps), CorpusPeople.EpisodeOf(items[i]) is not null);
                if (CorpusPeople.StyleOf(folder, items[i]) is { } style) clips[i] = clips[i]! with { Style = PlayerStyle.Of(style) };
            }

            progress?.Report(Interlocked.Increment(ref done) / (double)items.Count);
        });
        MotionExample[] found = [.. clips.OfType<MotionExample>()];
        return found.Length > 0
            ? found
            : throw new Core.Files.UnreadableFileException(folder, split.ListFile(), "has no clip whose notes have a hand and a finger");
    }
}
