using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Duomano.Core.Files;

namespace Duomano.Formats.Motion;

/// <summary>One array of a .npz file (NumPy's format, versions 1 to 3): its shape and its numbers in C order.</summary>
internal sealed partial record NpyArray(int[] Shape, float[] Values)
{
    // 256 MiB of float32: ten hours of all points at 30 frames a second.
    private const long MostValues = 64 << 20;
    private const int LongestHeader = 1 << 16;

    private static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    public static NpyArray Scalar(double value) => new([], [(float)value]);

    /// <summary>Writes version 1.0, little-endian float32, C order.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="progress">Told the share that is written, 0 to 1.</param>
    public void Write(Stream stream, IProgress<double>? progress = null)
    {
        var shape = Shape.Length == 1 ? $"({Shape[0]},)" : $"({string.Join(", ", Shape)})";
        var header = $"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}";

        // Magic, version, length, header and a line feed fill a multiple of 64 bytes.
        var padded = (10 + header.Length + 1 + 63) / 64 * 64 - 10;
        stream.Write(Magic);
        stream.Write([1, 0, (byte)padded, (byte)(padded >> 8)]);
        stream.Write(Encoding.ASCII.GetBytes(header.PadRight(padded - 1) + "\n"));
        var bytes = new byte[Math.Min(Values.Length, 1 << 14) * 4];
        for (var start = 0; start < Values.Length; start += 1 << 14)
        {
            var count = Math.Min(1 << 14, Values.Length - start);
            for (var i = 0; i < count; i++) BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * 4), Values[start + i]);
            stream.Write(bytes, 0, count * 4);
            progress?.Report((start + count) / (double)Values.Length);
        }
    }

    /// <summary>Reads little-endian float32, float64, int16, int32 or int64 in either order.</summary>
    /// <param name="stream">The array's bytes.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">The array, for messages.</param>
    public static NpyArray Read(Stream stream, string path, string name)
    {
        UnreadableFileException Error(string problem) => new(path, $"array '{name}'", problem);

        var start = new byte[8];
        if (!Fill(stream, start) || !start.AsSpan(0, 6).SequenceEqual(Magic)) throw Error("not a NumPy array, expected it to start with '\\x93NUMPY'");
        if (start[6] is < 1 or > 3) throw Error($"NumPy format version {start[6]}, expected 1 to 3");
        var lengthBytes = new byte[start[6] == 1 ? 2 : 4];
        if (!Fill(stream, lengthBytes)) throw Error("it ends in its header");
        var length = lengthBytes.Length == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(lengthBytes) : BinaryPrimitives.ReadUInt32LittleEndian(lengthBytes);
        if (length > LongestHeader) throw Error($"a header of {length} bytes, expected at most {LongestHeader}");
        var headerBytes = new byte[length];
        if (!Fill(stream, headerBytes)) throw Error("it ends in its header");

        // Damaged text may go into a message, which is one line.
        var header = string.Concat(Encoding.Latin1.GetString(headerBytes).Select(character => char.IsControl(character) ? ' ' : character));
        var type = DescrPattern().Match(header) is { Success: true } descr ? descr.Groups[1].Value : throw Error("its header names no 'descr'");
        var fortran = OrderPattern().Match(header) is { Success: true } order ? order.Groups[1].Value == "True" : throw Error("its header names no 'fortran_order'");
        var shapeText = ShapePattern().Match(header) is { Success: true } match ? match.Groups[1].Value : throw Error("its header names no 'shape'");
        var size = type switch
        {
            "<i2" => 2,
            "<f4" or "<i4" => 4,
            "<f8" or "<i8" => 8,
            _ => throw Error($"numbers of type '{type}', expected '<f4', '<f8', '<i2', '<i4' or '<i8'"),
        };

        var parts = shapeText.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > 4) throw Error($"{parts.Length} dimensions, expected at most 4");
        var shape = new int[parts.Length];
        var count = 1L;
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.None, CultureInfo.InvariantCulture, out shape[i])) throw Error($"a shape of ({shapeText})");
            count *= shape[i];
            if (count > MostValues) throw Error($"a shape of ({shapeText}), more than the {MostValues} numbers that are read");
        }

        var values = ReadValues(stream, (int)count, type, size, Error);
        return new(shape, fortran && shape.Length > 1 ? FromFortran(values, shape) : values);
    }

    private static float[] ReadValues(Stream stream, int count, string type, int size, Func<string, UnreadableFileException> error)
    {
        // Grows with what is really there, whatever the header says.
        var values = new List<float>();
        var block = new byte[1 << 16];
        for (var done = 0; done < count;)
        {
            var next = Math.Min(count - done, block.Length / size);
            if (!Fill(stream, block.AsSpan(0, next * size))) throw error($"it ends within its {count} numbers");
            for (var i = 0; i < next; i++)
            {
                var bytes = block.AsSpan(i * size);
                values.Add(type switch
                {
                    "<f4" => BinaryPrimitives.ReadSingleLittleEndian(bytes),
                    "<f8" => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
                    "<i2" => BinaryPrimitives.ReadInt16LittleEndian(bytes),
                    "<i4" => BinaryPrimitives.ReadInt32LittleEndian(bytes),
                    _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
                });
            }

            done += next;
        }

        return [.. values];
    }

    /// <summary>Numbers in column order put into row order.</summary>
    public static T[] FromFortran<T>(T[] values, int[] shape)
    {
        var result = new T[values.Length];
        var index = new int[shape.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var target = 0;
            for (var axis = 0; axis < shape.Length; axis++) target = target * shape[axis] + index[axis];
            result[target] = values[i];
            for (var axis = 0; axis < shape.Length && ++index[axis] == shape[axis]; axis++) index[axis] = 0;
        }

        return result;
    }

    private static bool Fill(Stream stream, Span<byte> bytes) => stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) == bytes.Length;

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]{0,40})['"]""")]
    private static partial Regex DescrPattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]{0,100})\)""")]
    private static partial Regex ShapePattern();
}
