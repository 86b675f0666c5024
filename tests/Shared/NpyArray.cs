using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Duomano.Tests;

/// <summary>Numbers with sizes from a .npy file, row-major.</summary>
internal sealed partial record NpyArray(double[] Doubles, int[] Shape)
{
    /// <summary>The values as the networks compute with them.</summary>
    public float[] Values { get; } = Array.ConvertAll(Doubles, value => (float)value);

    /// <summary>The values as counts or steps.</summary>
    public long[] Integers { get; } = Array.ConvertAll(Doubles, value => double.IsFinite(value) ? (long)value : 0);

    /// <summary>The entries [index] of the first axis, which stays with size 1.</summary>
    public NpyArray Row(int index)
    {
        var length = Doubles.Length / Shape[0];
        return new(Doubles[(index * length)..((index + 1) * length)], [1, .. Shape[1..]]);
    }

    /// <summary>Reads a little-endian, C-ordered array of float32, float64, int16, int32 or int64.</summary>
    public static NpyArray Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < 12 || !bytes.AsSpan(1, 5).SequenceEqual("NUMPY"u8)) throw new FormatException($"{path} is not a .npy file.");
        var (start, length) = bytes[6] == 1
            ? (10, BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)))
            : (12, (int)BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)));
        var header = HeaderPattern().Match(Encoding.ASCII.GetString(bytes, start, length));
        if (!header.Success) throw new FormatException($"{path}: unexpected header.");
        int[] shape = [.. header.Groups["shape"].Value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(size => int.Parse(size, CultureInfo.InvariantCulture))];
        var type = header.Groups["type"].Value;
        var width = type[1] - '0';
        var values = new double[shape.Aggregate(1, (product, size) => product * size)];
        var data = bytes.AsSpan(start + length);
        if (data.Length != values.Length * width) throw new FormatException($"{path}: {data.Length} bytes for {values.Length} values.");
        for (var i = 0; i < values.Length; i++)
        {
            var at = data[(i * width)..];
            values[i] = type switch
            {
                "f4" => BinaryPrimitives.ReadSingleLittleEndian(at),
                "f8" => BinaryPrimitives.ReadDoubleLittleEndian(at),
                "i2" => BinaryPrimitives.ReadInt16LittleEndian(at),
                "i4" => BinaryPrimitives.ReadInt32LittleEndian(at),
                _ => BinaryPrimitives.ReadInt64LittleEndian(at),
            };
        }

        return new(values, shape);
    }

    [GeneratedRegex(@"'descr':\s*'<(?<type>f4|f8|i2|i4|i8)'.*'fortran_order':\s*False.*'shape':\s*\((?<shape>[^)]*)\)")]
    private static partial Regex HeaderPattern();
}
