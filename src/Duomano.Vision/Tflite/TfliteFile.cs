using System.Runtime.InteropServices;
using Duomano.Core.Files;
using Google.FlatBuffers;

namespace Duomano.Vision.Tflite;

/// <summary>
/// Reads TensorFlow Lite models: a FlatBuffer, its tables by the field numbers of the published schema (version 3). Numbers of 32 and of
/// 16 bits are read; quantized ones are refused.
/// </summary>
public static class TfliteFile
{
    private const int SchemaVersion = 3;

    /// <summary>Reads a model.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <exception cref="UnreadableFileException">It is no TFLite file, is cut off, or has more than one graph.</exception>
    public static TfliteModel Read(byte[] bytes, string name)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        if (bytes.Length < 8 || !bytes.AsSpan(4, 4).SequenceEqual("TFL3"u8)) throw new UnreadableFileException(name, "byte 4", "is no TFLite file (its mark TFL3 is missing)");
        try
        {
            return Read(new ByteBuffer(bytes), name);
        }
        catch (Exception broken) when (broken is ArgumentException or IndexOutOfRangeException or OverflowException)
        {
            throw new UnreadableFileException(name, "", "the TFLite file is cut off or broken", broken);
        }
    }

    private static TfliteModel Read(ByteBuffer buffer, string name)
    {
        // Model: version 0, operator_codes 1, subgraphs 2, buffers 4.
        var model = Node.Root(buffer);
        if (model.Integer(0, 0) != SchemaVersion) throw new UnreadableFileException(name, "", $"TFLite schema {model.Integer(0, 0)}, expected {SchemaVersion}");
        var codes = model.Tables(1);
        var graphs = model.Tables(2);
        if (graphs.Count != 1) throw new UnreadableFileException(name, "", $"{graphs.Count} graphs, expected one");
        var buffers = model.Tables(4);

        // SubGraph: tensors 0, inputs 1, outputs 2, operators 3. Tensor: shape 0, type 1, buffer 2, name 3.
        var tensors = graphs[0].Tables(0).Select(tensor => Tensor(tensor, buffers, name)).ToList();
        // Operator: opcode_index 0, inputs 1, outputs 2, builtin_options 4. OperatorCode: the old byte 0, builtin_code 3.
        var operations = graphs[0].Tables(3).Select(operation =>
        {
            var code = codes[operation.Integer(0, 0)];
            return new TfliteOperation((TfliteOperator)Math.Max(code.Byte(0, 0), code.Integer(3, 0)), operation.Integers(1), operation.Integers(2), operation.Table(4));
        }).ToList();
        foreach (var number in operations.SelectMany(operation => operation.Inputs.Concat(operation.Outputs)).Concat(graphs[0].Integers(1)).Concat(graphs[0].Integers(2)))
        {
            // −1 is an input that is left out.
            if (number < -1 || number >= tensors.Count) throw new UnreadableFileException(name, "", $"tensor {number} is used, but there are {tensors.Count}");
        }

        return new(name, tensors, operations, graphs[0].Integers(1), graphs[0].Integers(2));
    }

    private static TfliteTensor Tensor(Node tensor, IReadOnlyList<Node> buffers, string file)
    {
        var (shape, type, name) = (tensor.Integers(0), tensor.Byte(1, 0), tensor.Text(3));
        var data = buffers[tensor.Integer(2, 0)].Bytes(0);
        if (data.Length == 0) return new(name, shape, null);
        float[] values = type switch
        {
            0 => MemoryMarshal.Cast<byte, float>(data).ToArray(),
            1 => [.. MemoryMarshal.Cast<byte, Half>(data).ToArray().Select(value => (float)value)],
            2 => [.. MemoryMarshal.Cast<byte, int>(data).ToArray().Select(value => (float)value)],
            _ => throw new UnreadableFileException(file, name, $"numbers of type {type}; expected float32, float16 or int32"),
        };
        var count = shape.Aggregate(1L, (product, size) => product * size);
        return values.Length == count ? new(name, shape, values) : throw new UnreadableFileException(file, name, $"{values.Length} numbers, expected {count}");
    }

    /// <summary>A table of the buffer; fields that are left out have their default.</summary>
    internal readonly struct Node
    {
        private readonly Table _table;

        private Node(Table table) => _table = table;

        public static Node Root(ByteBuffer buffer) => new(new Table(buffer.GetInt(buffer.Position) + buffer.Position, buffer));

        public int Integer(int field, int absent) => At(field) is > 0 and var at ? _table.bb.GetInt(at) : absent;

        public int Byte(int field, int absent) => At(field) is > 0 and var at ? _table.bb.GetSbyte(at) : absent;

        public string Text(int field) => At(field) is > 0 and var at ? _table.__string(at) : "";

        public Node? Table(int field) => At(field) is > 0 and var at ? new Node(new Table(_table.__indirect(at), _table.bb)) : null;

        public IReadOnlyList<int> Integers(int field)
        {
            var (start, count) = Vector(field);
            var bytes = _table.bb;
            return [.. Enumerable.Range(0, count).Select(i => bytes.GetInt(start + 4 * i))];
        }

        public IReadOnlyList<Node> Tables(int field)
        {
            var (start, count) = Vector(field);
            var table = _table;
            return [.. Enumerable.Range(0, count).Select(i => new Node(new Table(table.__indirect(start + 4 * i), table.bb)))];
        }

        public byte[] Bytes(int field)
        {
            var (start, count) = Vector(field);
            return count == 0 ? [] : _table.bb.ToArray<byte>(start, count);
        }

        // The first element and how many there are; a count that the file cannot hold is not believed.
        private (int Start, int Count) Vector(int field)
        {
            var offset = _table.__offset(4 + 2 * field);
            if (offset == 0) return (0, 0);
            var (start, count) = (_table.__vector(offset), _table.__vector_len(offset));
            return count >= 0 && start >= 0 && (long)start + count <= _table.bb.Length ? (start, count) : throw new ArgumentOutOfRangeException(nameof(field));
        }

        private int At(int field) => _table.__offset(4 + 2 * field) is > 0 and var offset ? _table.bb_pos + offset : 0;
    }
}
