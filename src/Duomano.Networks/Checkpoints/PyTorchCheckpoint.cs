using Duomano.Core.Files;
using Duomano.Core.Files.Pickles;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>
/// A file written by torch.save (the zip format of PyTorch 1.6 and later), read without executing anything in it. All
/// tensors become float32; integers beyond ±2²⁴ are rounded.
/// </summary>
public sealed class PyTorchCheckpoint
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    private PyTorchCheckpoint(string path, IReadOnlyDictionary<string, object?> content)
    {
        Path = path;
        Content = content;
        var weights = content.GetValueOrDefault("state_dict") as IReadOnlyDictionary<string, object?> ?? content;
        StateDict = Tensors(weights);
        HyperParameters = content.GetValueOrDefault("hyper_parameters") as IReadOnlyDictionary<string, object?> ?? Nothing;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// Everything in the file: null, bool, long, double, string, byte[], lists (IReadOnlyList&lt;object?&gt;, tuples too),
    /// dictionaries (IReadOnlyDictionary&lt;string, object?&gt;, in the file's order, keys as text) and <see cref="TensorData"/>.
    /// </summary>
    public IReadOnlyDictionary<string, object?> Content { get; }

    /// <summary>The tensors under "state_dict", or those at the top if there is no such entry; in the file's order.</summary>
    public StateDict StateDict { get; }

    /// <summary>The training script's arguments under "hyper_parameters"; empty if there are none.</summary>
    public IReadOnlyDictionary<string, object?> HyperParameters { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It is no such archive, is damaged, or asks for anything but building tensors.</exception>
    public static PyTorchCheckpoint Read(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(new StoppableStream(stream, cancellation), path);
    }

    /// <summary>Reads from a stream that can seek.</summary>
    /// <param name="stream">The archive.</param>
    /// <param name="path">What messages call it.</param>
    /// <exception cref="UnreadableFileException">It is no such archive, is damaged, or asks for anything but building tensors.</exception>
    public static PyTorchCheckpoint Read(Stream stream, string path)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var archive = new TorchArchive(stream, path);
        var root = new PickleMachine(archive.Pickle(), path, "data.pkl", new TorchGlobals(archive)).Run();
        if (root is not OrderedDictionary<object, object?> dictionary) throw new UnreadableFileException(path, "data.pkl", "does not hold a dictionary");
        return new PyTorchCheckpoint(path, (IReadOnlyDictionary<string, object?>)new Conversion(path).Convert(dictionary)!);
    }

    /// <summary>The tensors of a dictionary at the top, such as "gen_dict".</summary>
    /// <param name="key">The dictionary's name.</param>
    /// <exception cref="UnreadableFileException">There is no such dictionary.</exception>
    public StateDict TensorsOf(string key)
    {
        if (Content.GetValueOrDefault(key) is IReadOnlyDictionary<string, object?> dictionary) return Tensors(dictionary);
        var known = string.Join(", ", Content.Keys.Take(8).Select(FileWords.Quote));
        throw new UnreadableFileException(Path, "", $"has no dictionary {FileWords.Quote(key)}, only {known}");
    }

    private static StateDict Tensors(IReadOnlyDictionary<string, object?> dictionary)
    {
        var tensors = new StateDict();
        foreach (var (name, value) in dictionary)
        {
            if (value is TensorData tensor) tensors[name] = tensor;
        }

        return tensors;
    }

    /// <summary>From the machine's values to what callers see; containers met twice stay one object, deep nests are refused.</summary>
    private sealed class Conversion(string path)
    {
        private const int Deepest = 64;

        private readonly Dictionary<object, object> _done = new(ReferenceEqualityComparer.Instance);
        private int _depth;

        public object? Convert(object? value)
        {
            if (value is not (OrderedDictionary<object, object?> or List<object?> or object?[])) return value;
            if (_done.TryGetValue(value, out var known)) return known;
            if (++_depth > Deepest) throw new UnreadableFileException(path, "data.pkl", $"nests deeper than {Deepest} containers");
            object converted;
            if (value is OrderedDictionary<object, object?> dictionary)
            {
                var texts = new OrderedDictionary<string, object?>(StringComparer.Ordinal);
                _done[value] = converted = texts;
                foreach (var (key, item) in dictionary) texts[System.Convert.ToString(key)!] = Convert(item);
            }
            else
            {
                var list = new List<object?>();
                _done[value] = converted = list;
                foreach (var item in (IEnumerable<object?>)value) list.Add(Convert(item));
            }

            _depth--;
            return converted;
        }
    }
}
