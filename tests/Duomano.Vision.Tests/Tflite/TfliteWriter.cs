using System.Runtime.InteropServices;
using Duomano.Vision.Tflite;
using Google.FlatBuffers;

namespace Duomano.Vision.Tests.Tflite;

/// <summary>Writes small TFLite files.</summary>
internal sealed class TfliteWriter
{
    private readonly FlatBufferBuilder _builder = new(1024);
    private readonly List<Offset<int>> _tensors = [], _operations = [], _codes = [], _buffers = [];

    public TfliteWriter() => _buffers.Add(Buffer([]));

    /// <summary>A tensor that is computed.</summary>
    public int Tensor(params int[] shape) => Add(shape, 0, 0);

    /// <summary>Weights of 32 bits.</summary>
    public int Weights(float[] values, params int[] shape) => Stored(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), shape, 0);

    /// <summary>Weights of 16 bits.</summary>
    public int Halves(float[] values, params int[] shape) => Stored(MemoryMarshal.AsBytes(values.Select(value => (Half)value).ToArray().AsSpan()).ToArray(), shape, 1);

    /// <summary>Whole numbers, such as axes.</summary>
    public int Integers(params int[] values) => Stored(MemoryMarshal.AsBytes(values.AsSpan()).ToArray(), [values.Length], 2);

    /// <summary>A step; the options are fields of 1 byte (negative field numbers, from −1 for field 0) or 4.</summary>
    public void Step(TfliteOperator what, int[] inputs, int output, params (int Field, int Value, bool IsByte)[] options)
    {
        var operation = _codes.Count;
        _builder.StartTable(4);
        _builder.AddSbyte(0, (sbyte)what, 0);
        _builder.AddInt(3, (int)what, 0);
        _codes.Add(new(_builder.EndTable()));
        _builder.StartTable(8);
        foreach (var (field, value, isByte) in options)
        {
            if (isByte) _builder.AddSbyte(field, (sbyte)value, 0);
            else _builder.AddInt(field, value, 0);
        }

        var told = _builder.EndTable();
        var (given, made) = (Vector(inputs), Vector([output]));
        _builder.StartTable(5);
        _builder.AddInt(0, operation, 0);
        _builder.AddOffset(1, given.Value, 0);
        _builder.AddOffset(2, made.Value, 0);
        _builder.AddSbyte(3, 1, 0);
        _builder.AddOffset(4, told, 0);
        _operations.Add(new(_builder.EndTable()));
    }

    public byte[] Finish(int input, params int[] outputs)
    {
        var (tensors, operations, given, answered) = (Tables(_tensors), Tables(_operations), Vector([input]), Vector(outputs));
        _builder.StartTable(5);
        _builder.AddOffset(0, tensors.Value, 0);
        _builder.AddOffset(1, given.Value, 0);
        _builder.AddOffset(2, answered.Value, 0);
        _builder.AddOffset(3, operations.Value, 0);
        var graphs = Tables([new(_builder.EndTable())]);
        var (codes, buffers) = (Tables(_codes), Tables(_buffers));
        _builder.StartTable(5);
        _builder.AddInt(0, 3, 0);
        _builder.AddOffset(1, codes.Value, 0);
        _builder.AddOffset(2, graphs.Value, 0);
        _builder.AddOffset(4, buffers.Value, 0);
        _builder.Finish(_builder.EndTable(), "TFL3");
        return _builder.SizedByteArray();
    }

    private int Stored(byte[] bytes, int[] shape, sbyte type)
    {
        _buffers.Add(Buffer(bytes));
        return Add(shape, type, _buffers.Count - 1);
    }

    private int Add(int[] shape, sbyte type, int buffer)
    {
        var (sizes, name) = (Vector(shape), _builder.CreateString($"tensor {_tensors.Count}"));
        _builder.StartTable(4);
        _builder.AddOffset(0, sizes.Value, 0);
        _builder.AddSbyte(1, type, 0);
        _builder.AddInt(2, buffer, 0);
        _builder.AddOffset(3, name.Value, 0);
        _tensors.Add(new(_builder.EndTable()));
        return _tensors.Count - 1;
    }

    private Offset<int> Buffer(byte[] bytes)
    {
        _builder.StartVector(1, bytes.Length, 16);
        for (var i = bytes.Length - 1; i >= 0; i--) _builder.AddByte(bytes[i]);
        var data = _builder.EndVector();
        _builder.StartTable(1);
        _builder.AddOffset(0, data.Value, 0);
        return new(_builder.EndTable());
    }

    private VectorOffset Vector(IReadOnlyList<int> values)
    {
        _builder.StartVector(4, values.Count, 4);
        for (var i = values.Count - 1; i >= 0; i--) _builder.AddInt(values[i]);
        return _builder.EndVector();
    }

    private VectorOffset Tables(IReadOnlyList<Offset<int>> tables)
    {
        _builder.StartVector(4, tables.Count, 4);
        for (var i = tables.Count - 1; i >= 0; i--) _builder.AddOffset(tables[i].Value);
        return _builder.EndVector();
    }
}
