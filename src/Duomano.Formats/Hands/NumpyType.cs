using System.Buffers.Binary;
using Duomano.Core.Files.Pickles;

namespace Duomano.Formats.Hands;

/// <summary>How NumPy stores a number.</summary>
/// <param name="Kind">f, i, u, b or O (any object), as in NumPy's type codes.</param>
/// <param name="Width">Bytes a number.</param>
internal sealed record NumpyType(char Kind, int Width)
{
    private static readonly string[] Known = ["f2", "f4", "f8", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "b1", "O8"];

    /// <summary>Whether it is no number but an object.</summary>
    public bool IsObject => Kind == 'O';

    /// <summary>Whether the bytes of a number are the other way round.</summary>
    public bool BigEndian { get; set; }

    /// <summary>The type of a code such as "f8" or "&lt;i4"; null for one that is not read.</summary>
    public static NumpyType? Parse(string code)
    {
        var order = code.Length > 0 && code[0] is '<' or '>' or '=' or '|' ? code[0] : '=';
        var plain = code.TrimStart('<', '>', '=', '|');
        return Known.Contains(plain) ? new(plain[0], plain[1] - '0') { BigEndian = order == '>' } : null;
    }

    /// <summary>All numbers of a block of bytes.</summary>
    public double[] Read(ReadOnlySpan<byte> bytes)
    {
        if (IsObject) throw new PickleRefusedException("objects where numbers are expected");
        var values = new double[bytes.Length / Width];
        Span<byte> one = stackalloc byte[8];
        for (var i = 0; i < values.Length; i++)
        {
            var number = one[..Width];
            bytes.Slice(i * Width, Width).CopyTo(number);
            if (BigEndian) number.Reverse();
            values[i] = Value(number);
        }

        return values;
    }

    private double Value(ReadOnlySpan<byte> bytes) => (Kind, Width) switch
    {
        ('f', 8) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        ('f', 4) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        ('f', _) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        ('i', _) => (sbyte)bytes[0],
        ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        _ => bytes[0],
    };
}
