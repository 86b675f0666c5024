using System.Buffers.Binary;
using System.Text;
using Duomano.Core.Files;

namespace Duomano.Formats.Midi;

/// <summary>Reads the primitives of a MIDI file and knows where it stands, for error messages.</summary>
internal sealed class MidiCursor(byte[] bytes, string path)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>Next byte to read.</summary>
    public int Position { get; set; }

    /// <summary>First byte that may not be read: the end of the file or of the current chunk.</summary>
    public int End { get; set; } = bytes.Length;

    /// <summary>Length of the whole file.</summary>
    public int Length => bytes.Length;

    /// <summary>"track 3", or null outside of tracks.</summary>
    public string? Track { get; set; }

    public bool AtEnd => Position >= End;

    public byte Byte(string what)
    {
        if (AtEnd) throw Cut(what);
        return bytes[Position++];
    }

    /// <summary>A data byte of a channel message, 0 to 127.</summary>
    public byte Data(string what)
    {
        var value = Byte(what);
        if (value > 127) throw Error(Position - 1, $"{what} is 0x{value:X2}, expected at most 0x7F");
        return value;
    }

    public byte Peek(string what) => AtEnd ? throw Cut(what) : bytes[Position];

    public ReadOnlySpan<byte> Take(long count, string what)
    {
        if (count > End - Position) throw Error(Position, $"{what} of {count} bytes, but {End - Position} are left");
        var span = bytes.AsSpan(Position, (int)count);
        Position += (int)count;
        return span;
    }

    public int UInt16(string what) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, what));

    public long UInt32(string what) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, what));

    /// <summary>A variable-length quantity of at most four bytes.</summary>
    public int Quantity(string what)
    {
        var start = Position;
        var value = 0;
        for (var i = 0; i < 4; i++)
        {
            var next = Byte(what);
            value = (value << 7) | (next & 0x7F);
            if (next < 0x80) return value;
        }

        throw Error(start, $"{what} is longer than the four bytes that a number may have");
    }

    /// <summary>Text as UTF-8 where it is that, otherwise as Latin-1; control characters and surrounding space dropped.</summary>
    public static string Text(ReadOnlySpan<byte> span)
    {
        string text;
        try
        {
            text = StrictUtf8.GetString(span);
        }
        catch (DecoderFallbackException)
        {
            text = Encoding.Latin1.GetString(span);
        }

        return string.Concat(text.Where(character => !char.IsControl(character))).Trim();
    }

    public UnreadableFileException Error(int at, string problem) =>
        new(path, Track is null ? $"byte {at}" : $"{Track}, byte {at}", problem);

    private UnreadableFileException Cut(string what) => Error(Position, Track is null || End == Length
        ? $"the file ends where {what} was expected"
        : $"the track ends where {what} was expected");
}
