using System.Buffers.Binary;
using System.Text;
using Duomano.Formats.Midi;

namespace Duomano.Formats.Tests.Midi;

/// <summary>Builds MIDI files byte by byte, apart from the code under test.</summary>
internal static class MidiBytes
{
    public static byte[] File(int format, int division, params byte[][] tracks) =>
        [.. Header(format, tracks.Length, division), .. tracks.SelectMany(track => track)];

    public static byte[] Header(int format, int tracks, int division)
    {
        var header = new byte[14];
        "MThd"u8.CopyTo(header);
        header[7] = 6;
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(8), (ushort)format);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(10), (ushort)tracks);
        BinaryPrimitives.WriteUInt16BigEndian(header.AsSpan(12), (ushort)division);
        return header;
    }

    public static byte[] Track(params byte[][] events) => Chunk("MTrk", [.. events.SelectMany(entry => entry)]);

    public static byte[] Chunk(string type, byte[] body, int? length = null)
    {
        var chunk = new byte[8 + body.Length];
        Encoding.ASCII.GetBytes(type).CopyTo(chunk, 0);
        BinaryPrimitives.WriteInt32BigEndian(chunk.AsSpan(4), length ?? body.Length);
        body.CopyTo(chunk, 8);
        return chunk;
    }

    public static byte[] On(int delta, int key, int velocity = 64, int channel = 0) => [.. Quantity(delta), (byte)(0x90 | channel), (byte)key, (byte)velocity];

    public static byte[] Off(int delta, int key, int channel = 0) => [.. Quantity(delta), (byte)(0x80 | channel), (byte)key, 0];

    public static byte[] Control(int delta, int controller, int value, int channel = 0) => [.. Quantity(delta), (byte)(0xB0 | channel), (byte)controller, (byte)value];

    public static byte[] Program(int program, int channel = 0) => [0, (byte)(0xC0 | channel), (byte)program];

    public static byte[] Meta(int delta, int type, params byte[] data) => [.. Quantity(delta), 0xFF, (byte)type, .. Quantity(data.Length), .. data];

    public static byte[] Name(string name) => Meta(0, 3, Encoding.UTF8.GetBytes(name));

    public static byte[] Tempo(int delta, int microseconds) => Meta(delta, 0x51, (byte)(microseconds >> 16), (byte)(microseconds >> 8), (byte)microseconds);

    public static byte[] End(int delta = 0) => Meta(delta, 0x2F);

    public static MidiPiece Read(byte[] file)
    {
        using var stream = new MemoryStream(file);
        return MidiFile.Read(stream, "test.mid");
    }

    private static byte[] Quantity(int value)
    {
        var bytes = new List<byte> { (byte)(value & 0x7F) };
        while ((value >>= 7) > 0) bytes.Insert(0, (byte)(0x80 | (value & 0x7F)));
        return [.. bytes];
    }
}
