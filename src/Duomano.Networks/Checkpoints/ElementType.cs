using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Duomano.Networks.Checkpoints;

/// <summary>How a file stores a number; everything is widened (or, for 64-bit types, rounded) to float32 on reading.</summary>
internal enum ElementType
{
    Float32,
    Float16,
    BFloat16,
    Float64,
    Int64,
    Int32,
    Bool,
}

/// <summary>Sizes and conversions of <see cref="ElementType"/>; all files are little-endian.</summary>
internal static class Elements
{
    public static int Width(ElementType type) => type switch
    {
        ElementType.Float64 or ElementType.Int64 => 8,
        ElementType.Float32 or ElementType.Int32 => 4,
        ElementType.Float16 or ElementType.BFloat16 => 2,
        _ => 1,
    };

    /// <summary>Reads exactly <paramref name="values"/>.Length numbers from a stream.</summary>
    /// <exception cref="EndOfStreamException">The stream ends early.</exception>
    public static void Read(Stream stream, ElementType type, Span<float> values)
    {
        if (type == ElementType.Float32 && BitConverter.IsLittleEndian)
        {
            // In runs, since a span of bytes is limited to 2 GB.
            for (; values.Length > 0; values = values[Math.Min(values.Length, 1 << 24)..])
            {
                stream.ReadExactly(MemoryMarshal.AsBytes(values[..Math.Min(values.Length, 1 << 24)]));
            }

            return;
        }

        var width = Width(type);
        var buffer = new byte[(int)Math.Min(values.Length * (long)width, 1 << 20)];
        while (values.Length > 0)
        {
            var count = Math.Min(values.Length, buffer.Length / width);
            stream.ReadExactly(buffer, 0, count * width);
            for (var i = 0; i < count; i++) values[i] = ToFloat(buffer.AsSpan(i * width), type);
            values = values[count..];
        }
    }

    private static float ToFloat(ReadOnlySpan<byte> bytes, ElementType type) => type switch
    {
        ElementType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        ElementType.Float64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ElementType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ElementType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        _ => bytes[0] == 0 ? 0 : 1,
    };
}
