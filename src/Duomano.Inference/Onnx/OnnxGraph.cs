using Duomano.Networks.Tensors;

namespace Duomano.Inference.Onnx;

/// <summary>
/// The engine that writes what a network does as an ONNX graph (operator set 21) with the weights inside, to be run by
/// <see cref="OnnxModel"/>. Shapes are fixed when the graph is written, so nothing about them is left to be computed.
/// </summary>
public sealed partial class OnnxGraph : ITensorOps<OnnxValue>
{
    private static readonly ShapeOps Shapes = new();

    private readonly StateDict _parameters;
    private readonly InferencePrecision _precision;
    private readonly Dictionary<string, OnnxValue> _values = new(StringComparer.Ordinal);
    private readonly Dictionary<float, OnnxValue> _scalars = [];
    private readonly Dictionary<string, string> _integers = new(StringComparer.Ordinal);
    private readonly List<ProtoMessage> _nodes = [];
    private readonly List<ProtoMessage> _initializers = [];
    private readonly HashSet<string> _initialized = new(StringComparer.Ordinal);
    private readonly List<(string Name, IReadOnlyList<int> Shape)> _inputs = [];
    private readonly List<(string Name, IReadOnlyList<int> Shape)> _outputs = [];
    private long _bytes;
    private int _made;

    /// <summary>Starts an empty graph.</summary>
    /// <param name="parameters">The weights by the names that the network asks for; not copied until the model is written.</param>
    /// <param name="precision">What large weights are multiplied in.</param>
    public OnnxGraph(StateDict parameters, InferencePrecision precision = InferencePrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        _precision = precision;
    }

    /// <summary>The inputs declared so far.</summary>
    internal IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> Inputs => _inputs;

    /// <summary>The outputs declared so far.</summary>
    internal IReadOnlyList<(string Name, IReadOnlyList<int> Shape)> Outputs => _outputs;

    /// <summary>Declares an input of float32 numbers.</summary>
    /// <param name="name">What <see cref="OnnxModel"/> will call it.</param>
    /// <param name="shape">Its sizes.</param>
    public OnnxValue Input(string name, params IReadOnlyList<int> shape)
    {
        var value = Named(name, ShapeOps.Input(shape));
        _inputs.Add((name, value.Shape.Sizes));
        return value;
    }

    /// <summary>Declares an output.</summary>
    /// <param name="name">What <see cref="OnnxModel"/> will call it.</param>
    /// <param name="value">What it is.</param>
    public void Output(string name, OnnxValue value)
    {
        ArgumentNullException.ThrowIfNull(value);
        var output = Named(name, value.Shape);
        _nodes.Add(OnnxProto.Node("Identity", name, [Use(value)], []));
        _outputs.Add((name, output.Shape.Sizes));
    }

    /// <summary>The model in ONNX's file format.</summary>
    /// <exception cref="NotSupportedException">With its weights it is larger than the 2 GB that the format allows.</exception>
    public byte[] ToModel()
    {
        if (_outputs.Count == 0) throw new InvalidOperationException("The graph has no output.");
        var model = OnnxProto.Model(OnnxProto.Graph(
            "network", _nodes, _initializers,
            _inputs.Select(input => OnnxProto.Value(input.Name, input.Shape)), _outputs.Select(output => OnnxProto.Value(output.Name, output.Shape))));
        return model.Length <= int.MaxValue && model.Length <= Array.MaxLength ? model.ToArray() : throw TooLarge(model.Length);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape(OnnxValue x)
    {
        ArgumentNullException.ThrowIfNull(x);
        return x.Shape.Sizes;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">There is no such weight, or it has other sizes.</exception>
    public OnnxValue Parameter(string name, IReadOnlyList<int> shape, Initialization initialization)
    {
        if (!_parameters.TryGet(name, out var tensor)) throw new ArgumentException($"The weights hold no '{name}'.", nameof(name));
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw new ArgumentException($"The weight '{name}' is {tensor}, the network needs [{string.Join(", ", shape)}].", nameof(name));
        }

        if (_values.TryGetValue(name, out var known)) return known;
        return _values[name] = new OnnxValue(this, name, new TensorShape([.. shape]), tensor.Values);
    }

    /// <inheritdoc/>
    public OnnxValue Constant(ReadOnlySpan<float> values, params IReadOnlyList<int> shape) =>
        Known(values.ToArray(), Shapes.Constant(values, shape));

    /// <summary>A value that is known now; it enters the model only if a node uses it.</summary>
    private OnnxValue Known(float[] values, TensorShape shape) => new(this, $"constant:{++_made}", shape, values);

    private OnnxValue Scalar(float value)
    {
        if (!_scalars.TryGetValue(value, out var known)) _scalars[value] = known = Known([value], new TensorShape([]));
        return known;
    }

    /// <summary>The name of a list of whole numbers, as shapes, axes and pads are given to nodes.</summary>
    private string Integers(params IEnumerable<int> values)
    {
        var key = $"integers:{string.Join(",", values)}";
        if (_integers.TryAdd(key, key)) _initializers.Add(OnnxProto.Tensor(key, [.. values.Select(value => (long)value)]));
        return key;
    }

    /// <summary>The name of a value that a node reads; known numbers go into the model with it.</summary>
    private string Use(OnnxValue value)
    {
        if (value.Owner != this) throw new ArgumentException($"'{value.Name}' belongs to another graph.");
        if (value.Constant is { } numbers && _initialized.Add(value.Name))
        {
            _bytes += numbers.LongLength * sizeof(float);
            if (_bytes > int.MaxValue) throw TooLarge(_bytes);
            _initializers.Add(OnnxProto.Tensor(value.Name, value.Shape.Sizes, numbers));
        }

        return value.Name;
    }

    private OnnxValue Add(string operation, TensorShape shape, IEnumerable<OnnxValue> inputs, params IEnumerable<ProtoMessage> attributes) =>
        AddNamed(operation, shape, [.. inputs.Select(Use)], attributes);

    private OnnxValue AddNamed(string operation, TensorShape shape, IEnumerable<string> inputs, params IEnumerable<ProtoMessage> attributes)
    {
        var value = new OnnxValue(this, $"value:{++_made}", shape);
        _nodes.Add(OnnxProto.Node(operation, value.Name, inputs, attributes));
        return value;
    }

    private OnnxValue Named(string name, TensorShape shape)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (_parameters.TryGet(name, out _) || !_values.TryAdd(name, new OnnxValue(this, name, shape)))
        {
            throw new ArgumentException($"The graph already has a '{name}'.", nameof(name));
        }

        return _values[name];
    }

    private static NotSupportedException TooLarge(long bytes) =>
        new($"The network takes {bytes / 1e9:f1} GB, an ONNX model in memory at most {int.MaxValue / 1e9:f1} GB: run the hands apart or take a smaller network.");
}
