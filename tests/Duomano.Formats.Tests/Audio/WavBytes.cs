using System.Buffers.Binary;
using System.Text;

namespace Duomano.Formats.Tests.Audio;

/// <summary>Builds WAV files byte by byte, apart from the code under test.</summary>
internal static class WavBytes
{
    public static byte[] File(params byte[][] chunks) => File("RIFF", null, chunks);

    public static byte[] File(string magic, uint? length, params byte[][] chunks)
    {
        byte[] body = [.. "WAVE"u8, .. chunks.SelectMany(chunk => chunk)];
        return [.. Encoding.ASCII.GetBytes(magic), .. UInt32(length ?? (uint)body.Length), .. body];
    }

    public static byte[] Chunk(string type, byte[] body, uint? length = null) =>
        [.. Encoding.ASCII.GetBytes(type), .. UInt32(length ?? (uint)body.Length), .. body, .. body.Length % 2 == 1 ? (byte[])[0] : []];

    public static byte[] Format(int tag, int channels, int rate, int bits, int? blockAlign = null) => Chunk("fmt ", FormatBody(tag, channels, rate, bits, blockAlign));

    public static byte[] Extensible(int tag, int channels, int rate, int bits) => Chunk("fmt ",
        [.. FormatBody(0xFFFE, channels, rate, bits), .. UInt16(22), .. UInt16(bits), .. UInt32(3), .. UInt16(tag), 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xAA, 0, 0x38, 0x9B, 0x71]);

    public static byte[] UInt16(int value) => [(byte)value, (byte)(value >> 8)];

    public static byte[] UInt32(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }

    private static byte[] FormatBody(int tag, int channels, int rate, int bits, int? blockAlign = null)
    {
        var block = blockAlign ?? channels * bits / 8;
        return [.. UInt16(tag), .. UInt16(channels), .. UInt32((uint)rate), .. UInt32((uint)(rate * block)), .. UInt16(block), .. UInt16(bits)];
    }
}
