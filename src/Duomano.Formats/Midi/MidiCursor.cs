using System.Buffers.Binary;
using Duomano.Core.Files;

namespace Duomano.Formats.Midi;

/// <summary>Reads the primitives of a MIDI file and knows where it stands, for error messages.</summary>
internal sealed class MidiCursor(byte[] bytes, string path)
{
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

    /// <summary>A data byte of a channel message; more than 127 is possible only in damaged files and counts as 127.</summary>
    public byte Data(string what) => Key(what) is var value and <= 127 ? value : (byte)127;

    /// <summary>The same without the limit, for bytes that say which key it is.</summary>
    public byte Key(string what)
    {
        var value = Byte(what);
        if (value > 127) Forgive("data bytes over 127", Position - 1);
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

    /// <summary>Whether a track begins at a place.</summary>
    public bool IsTrackAt(int at) => at <= bytes.Length && bytes.AsSpan(at).StartsWith("MTrk"u8);

    /// <summary>Whether a chunk can begin at a place: its type is four letters, and it fits into the file; or too little is left for one.</summary>
    public bool IsChunkAt(int at)
    {
        var rest = bytes.AsSpan(at);
        if (rest.StartsWith("MTrk"u8)) return true;
        if (rest.Length < 8) return true;
        foreach (var letter in rest[..4])
        {
            if (letter is < 0x20 or > 0x7E) return false;
        }

        return BinaryPrimitives.ReadUInt32BigEndian(rest[4..]) <= rest.Length - 8;
    }

    /// <summary>Where the next track begins from a place on, or null.</summary>
    public int? NextTrack(int from) => bytes.AsSpan(from).IndexOf("MTrk"u8) is >= 0 and var distance ? from + distance : null;

    /// <summary>What was wrong but could be read, the first of each kind with its place.</summary>
    public MidiFaults Faults { get; } = new();

    /// <summary>Notes a fault at a place.</summary>
    public void Forgive(string what, int at) => Faults.Add(what, Track is null ? $"byte {at}" : $"{Track}, byte {at}");

    public UnreadableFileException Error(int at, string problem) =>
        new(path, Track is null ? $"byte {at}" : $"{Track}, byte {at}", problem);

    private UnreadableFileException Cut(string what) => Error(Position, Track is null || End == Length
        ? $"the file ends where {what} was expected"
        : $"the track ends where {what} was expected");
}
