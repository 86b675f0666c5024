namespace Duomano.Inference.Onnx;

/// <summary>The messages of onnx.proto (IR version 10) that a network needs, by their field numbers.</summary>
internal static class OnnxProto
{
    public const int OperatorSet = 21;

    /// <summary>Where ONNX Runtime's own operators are.</summary>
    public const string RuntimeDomain = "com.microsoft";

    private const int IrVersion = 10;
    private const int FloatType = 1; // TensorProto.DataType.FLOAT
    private const int Int8Type = 3; // TensorProto.DataType.INT8
    private const int Int64Type = 7; // TensorProto.DataType.INT64

    /// <summary>ModelProto: ir_version 1, producer_name 2, graph 7, opset_import 8 (OperatorSetIdProto: domain 1, version 2).</summary>
    public static ProtoMessage Model(ProtoMessage graph) => new ProtoMessage()
        .Integer(1, IrVersion)
        .Text(2, "Duomano")
        .Message(7, graph)
        .Message(8, new ProtoMessage().Text(1, "").Integer(2, OperatorSet))
        .Message(8, new ProtoMessage().Text(1, RuntimeDomain).Integer(2, 1));

    /// <summary>GraphProto: node 1, name 2, initializer 5, input 11, output 12.</summary>
    public static ProtoMessage Graph(
        string name, IEnumerable<ProtoMessage> nodes, IEnumerable<ProtoMessage> initializers, IEnumerable<ProtoMessage> inputs, IEnumerable<ProtoMessage> outputs)
    {
        var graph = new ProtoMessage();
        foreach (var node in nodes) graph.Message(1, node);
        graph.Text(2, name);
        foreach (var initializer in initializers) graph.Message(5, initializer);
        foreach (var input in inputs) graph.Message(11, input);
        foreach (var output in outputs) graph.Message(12, output);
        return graph;
    }

    /// <summary>NodeProto: input 1, output 2, name 3, op_type 4, attribute 5, domain 7. An input left out is an empty name.</summary>
    public static ProtoMessage Node(string operation, string output, IEnumerable<string> inputs, IEnumerable<ProtoMessage> attributes, string domain = "")
    {
        var node = new ProtoMessage();
        foreach (var input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, $"{operation}_{output}").Text(4, operation);
        foreach (var attribute in attributes) node.Message(5, attribute);
        return domain.Length == 0 ? node : node.Text(7, domain);
    }

    /// <summary>AttributeProto: name 1, f 2, type 20 (FLOAT = 1).</summary>
    public static ProtoMessage Attribute(string name, float value) => new ProtoMessage().Text(1, name).Single(2, value).Integer(20, 1);

    /// <summary>AttributeProto: name 1, i 3, type 20 (INT = 2).</summary>
    public static ProtoMessage Attribute(string name, long value) => new ProtoMessage().Text(1, name).Integer(3, value).Integer(20, 2);

    /// <summary>AttributeProto: name 1, s 4, type 20 (STRING = 3).</summary>
    public static ProtoMessage Attribute(string name, string value) => new ProtoMessage().Text(1, name).Text(4, value).Integer(20, 3);

    /// <summary>AttributeProto: name 1, ints 8, type 20 (INTS = 7).</summary>
    public static ProtoMessage Attribute(string name, IEnumerable<int> values)
    {
        var attribute = new ProtoMessage().Text(1, name);
        foreach (var value in values) attribute.Integer(8, value);
        return attribute.Integer(20, 7);
    }

    /// <summary>TensorProto: dims 1, data_type 2, name 8, raw_data 9.</summary>
    public static ProtoMessage Tensor(string name, IEnumerable<int> shape, float[] values) => Header(shape, FloatType, name).Floats(9, values);

    /// <summary>TensorProto of int8 numbers, each a byte.</summary>
    public static ProtoMessage Tensor(string name, IEnumerable<int> shape, sbyte[] values) => Header(shape, Int8Type, name).Bytes(9, Array.ConvertAll(values, value => unchecked((byte)value)));

    /// <summary>TensorProto of int64 numbers, as shapes and axes are given.</summary>
    public static ProtoMessage Tensor(string name, long[] values) => Header([values.Length], Int64Type, name).Longs(9, values);

    /// <summary>
    /// ValueInfoProto: name 1, type 2 (TypeProto: tensor_type 1 (elem_type 1, shape 2 (TensorShapeProto: dim 1 (dim_value 1)))).
    /// </summary>
    public static ProtoMessage Value(string name, IEnumerable<int> shape)
    {
        var sizes = new ProtoMessage();
        foreach (var size in shape) sizes.Message(1, new ProtoMessage().Integer(1, size));
        var tensor = new ProtoMessage().Integer(1, FloatType).Message(2, sizes);
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, tensor));
    }

    private static ProtoMessage Header(IEnumerable<int> shape, int type, string name)
    {
        var tensor = new ProtoMessage();
        foreach (var size in shape) tensor.Integer(1, size);
        return tensor.Integer(2, type).Text(8, name);
    }
}
