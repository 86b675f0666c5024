using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Corpus.Layout;
using Duomano.Inference.Autoencoder;

namespace Duomano.Training.Autoencoder;

/// <summary>
/// Both hands' poses as annotations have them (camera frame, radians, right hand first), in stretches in which both hands
/// were seen all the time, and windows drawn from them.
/// </summary>
public sealed class PoseDataset
{
    private const int Width = 2 * HandJoint.PoseLength;

    private readonly IReadOnlyList<float[]> _stretches;
    private readonly long[] _windowsBefore;
    private readonly int _window;

    /// <summary>Keeps the stretches that are at least a window long.</summary>
    /// <param name="stretches">Each [frames, 96].</param>
    /// <param name="window">Frames of a window.</param>
    /// <exception cref="ArgumentException">No stretch is long enough.</exception>
    public PoseDataset(IEnumerable<float[]> stretches, int window)
    {
        ArgumentNullException.ThrowIfNull(stretches);
        ArgumentOutOfRangeException.ThrowIfLessThan(window, 1);
        _stretches = [.. stretches.Where(stretch => stretch.Length / Width >= window)];
        if (_stretches.Count == 0) throw new ArgumentException($"In no sequence are both hands seen for {window} frames on end.", nameof(stretches));
        _window = window;
        _windowsBefore = new long[_stretches.Count + 1];
        for (var i = 0; i < _stretches.Count; i++) _windowsBefore[i + 1] = _windowsBefore[i] + _stretches[i].Length / Width - window + 1;
    }

    /// <summary>Frames that windows are drawn from.</summary>
    public long FrameCount => _stretches.Sum(stretch => (long)stretch.Length) / Width;

    /// <summary>Loads a split of a data set, at 30 frames a second.</summary>
    /// <param name="folder">A folder of the PianoMotion10M layout.</param>
    /// <param name="split">Which part.</param>
    /// <param name="window">Frames of a window.</param>
    /// <param name="threads">Files read at the same time.</param>
    /// <param name="progress">Told the share that is loaded.</param>
    /// <param name="cancellation">Stops between files.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The folder or one of its files is not what it should be, or there is no window.</exception>
    public static PoseDataset Load(string folder, CorpusSplit split, int window, int threads, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var items = new CorpusReader(folder).List(split);
        var found = new IReadOnlyList<float[]>[items.Count];
        var done = 0;
        Parallel.For(0, items.Count, new() { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, i =>
        {
            found[i] = [.. Stretches(CorpusReader.Load(items[i]))];
            progress?.Report(Interlocked.Increment(ref done) / (double)items.Count);
        });
        try
        {
            return new(found.SelectMany(stretches => stretches), window);
        }
        catch (ArgumentException problem)
        {
            throw new Core.Files.UnreadableFileException(folder, split.ListFile(), problem.Message.Split(" (Parameter")[0], problem);
        }
    }

    /// <summary>The stretches of a sequence in which both hands are seen, at 30 frames a second; whole seconds of it are read.</summary>
    /// <param name="sequence">The sequence.</param>
    /// <returns>Each [frames, 96].</returns>
    public static IEnumerable<float[]> Stretches(CorpusSequence sequence)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        var seconds = (int)Math.Floor(sequence.Seconds);
        if (seconds == 0) yield break;
        var whole = PublishedLoader.At(sequence, 0, new() { Seconds = seconds });
        for (int frame = 0, first = 0; frame <= whole.FrameCount; frame++)
        {
            if (frame < whole.FrameCount && HandSides.Both.All(side => whole.IsValid(side, frame))) continue;
            if (frame > first) yield return Cut(whole, first, frame - first);
            first = frame + 1;
        }
    }

    /// <summary>The mean of all frames.</summary>
    /// <returns>[96].</returns>
    public float[] MeanPose()
    {
        var sum = new double[Width];
        foreach (var stretch in _stretches)
        {
            for (var i = 0; i < stretch.Length; i++) sum[i % Width] += stretch[i];
        }

        return Array.ConvertAll(sum, value => (float)(value / FrameCount));
    }

    /// <summary>A window anywhere, each with the same chance.</summary>
    /// <param name="random">What draws.</param>
    /// <returns>[frames, 96].</returns>
    public float[] Draw(SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        return At((long)(random.NextDouble() * _windowsBefore[^1]));
    }

    /// <summary>Windows spread evenly over everything: always the same ones, for validation.</summary>
    /// <param name="count">How many at most.</param>
    public IEnumerable<float[]> Spread(int count)
    {
        var all = _windowsBefore[^1];
        var taken = Math.Min(count, all);
        for (var i = 0L; i < taken; i++) yield return At(all * (2 * i + 1) / (2 * taken));
    }

    private static float[] Cut(PublishedWindow whole, int first, int frames) => GestureFeatureExtractor.Join(PerHand.Create(side =>
    {
        var pose = new float[frames * HandJoint.PoseLength];
        for (var frame = 0; frame < frames; frame++)
        {
            // Behind the flag and the translation.
            whole.Rows[side].AsSpan((first + frame) * whole.Columns + 4, HandJoint.PoseLength).CopyTo(pose.AsSpan(frame * HandJoint.PoseLength));
        }

        return pose;
    }));

    private float[] At(long window)
    {
        var stretch = Array.BinarySearch(_windowsBefore, window);
        if (stretch < 0) stretch = ~stretch - 1;
        return _stretches[stretch].AsSpan((int)(window - _windowsBefore[stretch]) * Width, _window * Width).ToArray();
    }
}
