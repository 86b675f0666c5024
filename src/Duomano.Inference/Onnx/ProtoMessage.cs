using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace Duomano.Inference.Onnx;

/// <summary>
/// A protocol-buffers message being written: fields in the order they are added. Large parts are kept by
/// reference and copied once, when the whole is asked for.
/// </summary>
internal sealed class ProtoMessage
{
    private const int VarintType = 0;
    private const int Fixed64Type = 1;
    private const int LengthDelimitedType = 2;
    private const int Fixed32Type = 5;
    private const int Large = 1024;

    private readonly List<object> _parts = [];
    private readonly List<byte> _small = [];
    private long _partsLength;

    /// <summary>Bytes so far.</summary>
    public long Length => _partsLength + _small.Count;

    /// <summary>An int32, int64 or enum field.</summary>
    public ProtoMessage Integer(int field, long value)
    {
        Tag(field, VarintType);
        Varint((ulong)value);
        return this;
    }

    /// <summary>A float field.</summary>
    public ProtoMessage Single(int field, float value)
    {
        Tag(field, Fixed32Type);
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        _small.AddRange(bytes);
        return this;
    }

    /// <summary>A double field.</summary>
    public ProtoMessage Double(int field, double value)
    {
        Tag(field, Fixed64Type);
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        _small.AddRange(bytes);
        return this;
    }

    /// <summary>A string field.</summary>
    public ProtoMessage Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    /// <summary>A bytes field; a large array is not copied yet.</summary>
    public ProtoMessage Bytes(int field, byte[] bytes)
    {
        Tag(field, LengthDelimitedType);
        Varint((ulong)bytes.Length);
        if (bytes.Length < Large) _small.AddRange(bytes);
        else Append(bytes, bytes.Length);
        return this;
    }

    /// <summary>A bytes field that holds float32 numbers; the array is not copied yet.</summary>
    public ProtoMessage Floats(int field, float[] values)
    {
        Tag(field, LengthDelimitedType);
        Varint((ulong)(values.LongLength * sizeof(float)));
        Append(values, values.LongLength * sizeof(float));
        return this;
    }

    /// <summary>A bytes field that holds int64 numbers.</summary>
    public ProtoMessage Longs(int field, long[] values)
    {
        Tag(field, LengthDelimitedType);
        Varint((ulong)(values.LongLength * sizeof(long)));
        Append(values, values.LongLength * sizeof(long));
        return this;
    }

    /// <summary>A message field; the message must not be changed any more.</summary>
    public ProtoMessage Message(int field, ProtoMessage message)
    {
        Tag(field, LengthDelimitedType);
        Varint((ulong)message.Length);
        Append(message, message.Length);
        return this;
    }

    /// <summary>Everything in one piece.</summary>
    public byte[] ToArray()
    {
        var bytes = new byte[Length];
        var place = bytes.AsSpan();
        CopyTo(ref place);
        return bytes;
    }

    private void CopyTo(ref Span<byte> place)
    {
        foreach (var part in _parts)
        {
            switch (part)
            {
                case ProtoMessage message: message.CopyTo(ref place); break;
                case byte[] bytes: Copy(bytes, ref place); break;
                case float[] values: CopyFloats(values, ref place); break;
                case long[] values: CopyLongs(values, ref place); break;
            }
        }

        Copy(CollectionsMarshal.AsSpan(_small), ref place);
    }

    private static void Copy(ReadOnlySpan<byte> bytes, ref Span<byte> place)
    {
        bytes.CopyTo(place);
        place = place[bytes.Length..];
    }

    private static void CopyFloats(float[] values, ref Span<byte> place)
    {
        if (BitConverter.IsLittleEndian)
        {
            Copy(MemoryMarshal.AsBytes<float>(values), ref place);
            return;
        }

        foreach (var value in values)
        {
            BinaryPrimitives.WriteSingleLittleEndian(place, value);
            place = place[sizeof(float)..];
        }
    }

    private static void CopyLongs(long[] values, ref Span<byte> place)
    {
        foreach (var value in values)
        {
            BinaryPrimitives.WriteInt64LittleEndian(place, value);
            place = place[sizeof(long)..];
        }
    }

    private void Append(object part, long length)
    {
        if (_small.Count > 0)
        {
            _parts.Add(_small.ToArray());
            _partsLength += _small.Count;
            _small.Clear();
        }

        _parts.Add(part);
        _partsLength += length;
    }

    private void Tag(int field, int type) => Varint((ulong)(field << 3 | type));

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7) _small.Add((byte)(value | 0x80));
        _small.Add((byte)value);
    }
}
