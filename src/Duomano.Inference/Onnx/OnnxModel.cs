using Microsoft.ML.OnnxRuntime;

namespace Duomano.Inference.Onnx;

/// <summary>How a model may use the processor.</summary>
public sealed record OnnxThreading
{
    /// <summary>Threads that share the work of one operation.</summary>
    public int IntraOperation { get; init => field = Positive(value); } = 1;

    /// <summary>Operations that may run at the same time.</summary>
    public int InterOperation { get; init => field = Positive(value); } = 1;

    private static int Positive(int value) => value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "At least one thread is needed.");
}

/// <summary>
/// A graph made ready to run. Inputs and outputs are arrays that stay where they are from run to run: fill the inputs,
/// run, read the outputs. Not for several threads at once.
/// </summary>
public sealed class OnnxModel : IDisposable
{
    // Bytes of a model from which on it is worth to collect what was left behind before more memory is taken.
    private const int Large = 200_000_000;

    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly IReadOnlyDictionary<string, float[]> _given;
    private readonly Dictionary<string, float[]> _buffers = new(StringComparer.Ordinal);
    private readonly string[] _inputNames;
    private readonly string[] _outputNames;
    private readonly OrtValue[] _inputs;
    private readonly OrtValue[] _outputs;

    // Official builds of ONNX Runtime tell their maker about every session, and keep a number for the computer, unless this
    // is set before the library is loaded; the call is for builds that do not know the variable.
    static OnnxModel()
    {
        NativeEnvironment.SetDefault("ORT_DISABLE_TELEMETRY", "1");
        OrtEnv.Instance().DisableTelemetryEvents();
    }

    /// <summary>Compiles a graph.</summary>
    /// <param name="graph">The finished graph; it is not needed any more afterwards.</param>
    /// <param name="threading">How the model may use the processor; one thread if not given.</param>
    /// <param name="arrays">
    /// Arrays to use for inputs and outputs of these names instead of new ones: the output of one model can so be the input
    /// of another without being copied. Names that the graph does not have are ignored.
    /// </param>
    /// <exception cref="NotSupportedException">The model is larger than 2 GB.</exception>
    public OnnxModel(OnnxGraph graph, OnnxThreading? threading = null, IReadOnlyDictionary<string, float[]>? arrays = null)
    {
        ArgumentNullException.ThrowIfNull(graph);
        _given = arrays ?? new Dictionary<string, float[]>();
        using var options = Options(threading ?? new OnnxThreading());
        _session = Session(graph.ToModel(), options);
        _inputNames = [.. graph.Inputs.Select(input => input.Name)];
        _outputNames = [.. graph.Outputs.Select(output => output.Name)];
        _inputs = [.. graph.Inputs.Select(input => Buffer(input.Name, input.Shape))];
        _outputs = [.. graph.Outputs.Select(output => Buffer(output.Name, output.Shape))];
    }

    /// <summary>The array of an input, to be filled, or of an output, valid until the next run; row-major.</summary>
    /// <param name="name">The name it was declared with.</param>
    public float[] this[string name] =>
        _buffers.TryGetValue(name, out var buffer) ? buffer : throw new ArgumentException($"The model has no input or output '{name}'.", nameof(name));

    /// <summary>Copies numbers into an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">As many numbers as it has.</param>
    public void Set(string name, ReadOnlySpan<float> values)
    {
        var buffer = this[name];
        if (values.Length != buffer.Length) throw new ArgumentException($"'{name}' has {buffer.Length} values, not {values.Length}.", nameof(values));
        values.CopyTo(buffer);
    }

    /// <summary>Computes the outputs from the inputs.</summary>
    public void Run() => _session.Run(_run, _inputNames, _inputs, _outputNames, _outputs);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var value in _inputs.Concat(_outputs)) value.Dispose();
        _run.Dispose();
        _session.Dispose();
    }

    private OrtValue Buffer(string name, IReadOnlyList<int> shape)
    {
        var count = shape.Aggregate(1L, (product, size) => product * size);
        var buffer = _given.TryGetValue(name, out var given) ? given : new float[count];
        if (buffer.LongLength != count) throw new ArgumentException($"'{name}' has {count} values, not {buffer.Length}.");
        _buffers.Add(name, buffer);
        // Pins the array until the value is disposed.
        return OrtValue.CreateTensorValueFromMemory(buffer, [.. shape.Select(size => (long)size)]);
    }

    private static InferenceSession Session(byte[] model, SessionOptions options)
    {
        if (model.Length > Large) ManagedMemory.GiveBack();
        return new InferenceSession(model, options);
    }

    private static SessionOptions Options(OnnxThreading threading)
    {
        var options = new SessionOptions
        {
            IntraOpNumThreads = threading.IntraOperation,
            InterOpNumThreads = threading.InterOperation,
            ExecutionMode = threading.InterOperation > 1 ? ExecutionMode.ORT_PARALLEL : ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        // Arenas grow by doubling, which for large weights wastes as much again; they are asked for one by one.
        options.AddSessionConfigEntry("session.use_device_allocator_for_initializers", "1");
        return options;
    }
}
