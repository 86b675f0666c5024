using Duomano.Core.Files;
using Duomano.Core.Numerics;
using Duomano.Corpus.Layout;

namespace Duomano.Training.Published;

/// <summary>
/// Windows of motion with sound, read from disk when they are asked for: nothing but the list of files stays in memory. Each
/// epoch goes through all sequences once, in an order drawn for it. Sequences that cannot be used are passed over and told of.
/// </summary>
public sealed class SoundWindows
{
    private readonly IReadOnlyList<CorpusItem> _items;
    private readonly PublishedWindowOptions _options;
    private readonly long _seed;
    private readonly int _workers;
    private readonly HashSet<string> _told = [];
    private (long Epoch, int[] Order) _epoch = (-1, []);

    /// <summary>Lists a split.</summary>
    /// <param name="folder">A folder of the PianoMotion10M layout.</param>
    /// <param name="split">Which part.</param>
    /// <param name="training">Uploaders, order and adjustment.</param>
    /// <param name="seconds">Length of a window.</param>
    /// <param name="seed">Equal seeds give equal batches.</param>
    /// <param name="workers">Files read at the same time, on background threads.</param>
    /// <param name="most">How many sequences at most, from the first.</param>
    /// <exception cref="UnreadableFileException">The folder is no data set, or nothing of it is left.</exception>
    public SoundWindows(string folder, CorpusSplit split, SoundTraining training, int seconds, long seed, int workers, int? most = null)
    {
        ArgumentNullException.ThrowIfNull(training);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        var reader = new CorpusReader(folder);
        IReadOnlyCollection<string>? uploaders = training.Uploaders.Count > 0 ? training.Uploaders : null;
        var items = training.PublishedOrder
            ? PublishedLoader.Order(reader, split, uploaders)
            : reader.List(split).Where(item => uploaders is null || uploaders.Contains(item.Uploader));
        _items = [.. most is { } count ? items.Take(count) : items];
        if (_items.Count == 0) throw new UnreadableFileException(folder, split.ListFile(), uploaders is null ? "names no sequence" : $"names no sequence of the uploaders {string.Join(", ", uploaders)}");
        _options = new() { Seconds = seconds, Adjust = training.Adjust };
        (_seed, _workers) = (seed, workers);
    }

    /// <summary>Told of each sequence that cannot be used, once.</summary>
    public Action<string>? Problem { get; init; }

    /// <summary>Sequences that windows are taken from.</summary>
    public int Count => _items.Count;

    /// <summary>The windows of a training step, at random places: a function of seed and step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="count">How many windows.</param>
    /// <exception cref="UnreadableFileException">No sequence can be used.</exception>
    public IReadOnlyList<PublishedWindow> Batch(int step, int count)
    {
        var places = Enumerable.Range(0, count).Select(i => (Place: (long)step * count + i, Item: At((long)step * count + i))).ToArray();
        var windows = new PublishedWindow[count];
        Parallel.For(0, count, new() { MaxDegreeOfParallelism = _workers }, i =>
        {
            var (place, item) = places[i];
            var random = new SeededRandom(_seed, $"window {place}");
            for (var attempt = 0; attempt < _items.Count; attempt++)
            {
                // The sequences that follow in the list stand in for one that is broken.
                if (TryLoad(_items[(item + attempt) % _items.Count], random) is not { } window) continue;
                windows[i] = window;
                return;
            }

            throw NothingUsable();
        });
        return windows;
    }

    /// <summary>The windows at the beginning of all sequences, for validation.</summary>
    /// <exception cref="UnreadableFileException">No sequence can be used.</exception>
    public IReadOnlyList<PublishedWindow> First()
    {
        PublishedWindow[] windows = [.. _items.AsParallel().AsOrdered().WithDegreeOfParallelism(_workers).Select(item => TryLoad(item, null)).OfType<PublishedWindow>()];
        return windows.Length > 0 ? windows : throw NothingUsable();
    }

    private PublishedWindow? TryLoad(CorpusItem item, SeededRandom? random)
    {
        try
        {
            var sequence = CorpusReader.Load(item);
            var sound = CorpusReader.LoadSound(item);
            if (sound is not null) return random is null ? PublishedLoader.First(sequence, sound, _options) : PublishedLoader.Random(sequence, sound, _options, random);
            Tell($"{item.AnnotationPath}: has no sound");
        }
        catch (Exception problem) when (problem is UnreadableFileException or ArgumentException or IOException)
        {
            Tell(problem.Message);
        }

        return null;
    }

    private int At(long place)
    {
        var epoch = place / _items.Count;
        if (_epoch.Epoch != epoch)
        {
            var order = Enumerable.Range(0, _items.Count).ToArray();
            new SeededRandom(_seed, $"epoch {epoch}").Shuffle(order);
            _epoch = (epoch, order);
        }

        return _epoch.Order[place % _items.Count];
    }

    private void Tell(string problem)
    {
        lock (_told)
        {
            if (!_told.Add(problem)) return;
        }

        Problem?.Invoke(problem);
    }

    private UnreadableFileException NothingUsable() => new(_items[0].AnnotationPath, "", $"neither it nor any other of {_items.Count} sequences has a window of {_options.Seconds} s with sound");
}
