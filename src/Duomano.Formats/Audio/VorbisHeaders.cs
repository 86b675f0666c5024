using System.Numerics;
using NVorbis.Contracts;

namespace Duomano.Formats.Audio;

/// <summary>
/// Looks through the header packets of a Vorbis stream before the decoder believes their numbers: a damaged one asks it for gigabytes,
/// or for the end of a list that never comes. Specification: https://xiph.org/vorbis/doc/Vorbis_I_spec.html, sections 3 to 5.
/// </summary>
/// <param name="stream">The stream's packets.</param>
internal sealed class VorbisHeaders(IPacketProvider stream) : IPacketProvider
{
    // Encoders make some thousand entries in all; a decoder keeps a number for each dimension of each.
    private const int MostEntries = 1 << 19;
    private const long MostNumbers = 1 << 22;
    private const int LongestWord = 32;

    // Powers of two, samples.
    private const int SmallestBlock = 6;
    private const int LargestBlock = 13;

    private int _packets;

    /// <summary>Whether the sound may end at a sample; told when the last packet comes.</summary>
    public Func<long, bool> CanEndAt { get; set; } = _ => true;

    public bool CanSeek => stream.CanSeek;

    public int StreamSerial => stream.StreamSerial;

    /// <summary>Whether a stream is Vorbis by its first packet, with sizes that the format allows.</summary>
    public static bool IsVorbis(IPacketProvider stream)
    {
        if (stream.PeekNextPacket() is not { } packet) return false;
        var isVorbis = Begins(packet, 1) && packet.BitsRemaining >= 32 + 8 + 4 * 32 + 8 && packet.ReadBits(32) == 0;
        if (isVorbis)
        {
            packet.SkipBits(8 + 4 * 32);
            var (shortBlock, longBlock) = ((int)packet.ReadBits(4), (int)packet.ReadBits(4));
            isVorbis = shortBlock >= SmallestBlock && longBlock >= shortBlock && longBlock <= LargestBlock;
        }

        packet.Reset();
        return isVorbis;
    }

    public IPacket PeekNextPacket() => stream.PeekNextPacket();

    public IPacket GetNextPacket()
    {
        var packet = stream.GetNextPacket();
        if (packet is null) return packet!;
        if (packet is { IsEndOfStream: true, GranulePosition: { } end } && !CanEndAt(end)) return new PacketWithoutPosition(packet);
        if (_packets > 2) return packet;
        if (_packets == 1) Check(Begins(packet, 3) && AreCommentsWhole(packet), "comments");
        if (_packets == 2) Check(Begins(packet, 5) && AreCodebooksWhole(packet), "codebooks");
        if (_packets > 0) packet.Reset();
        _packets++;
        return packet;
    }

    public long SeekTo(long granulePos, int preRoll, GetPacketGranuleCount getPacketGranuleCount) => stream.SeekTo(granulePos, preRoll, getPacketGranuleCount);

    public long GetGranuleCount() => stream.GetGranuleCount();

    private static void Check(bool isWhole, string what)
    {
        if (!isWhole) throw new InvalidDataException($"the {what} of the Vorbis stream are damaged");
    }

    private static bool Begins(IPacket packet, byte type)
    {
        foreach (var expected in (ReadOnlySpan<byte>)[type, .. "vorbis"u8])
        {
            if (packet.BitsRemaining < 8 || packet.ReadBits(8) != expected) return false;
        }

        return true;
    }

    private static bool AreCommentsWhole(IPacket packet)
    {
        if (!SkipText(packet) || packet.BitsRemaining < 32) return false;
        var count = (long)packet.ReadBits(32);
        if (count * 32 > packet.BitsRemaining) return false;
        for (; count > 0; count--)
        {
            if (!SkipText(packet)) return false;
        }

        return true;
    }

    private static bool SkipText(IPacket packet)
    {
        if (packet.BitsRemaining < 32) return false;
        var bits = (long)packet.ReadBits(32) * 8;
        if (bits > packet.BitsRemaining) return false;
        packet.SkipBits((int)bits);
        return true;
    }

    private static bool AreCodebooksWhole(IPacket packet)
    {
        var (entries, numbers) = (0L, 0L);
        for (var books = (int)packet.ReadBits(8) + 1; books > 0; books--)
        {
            if (packet.BitsRemaining < 65 || packet.ReadBits(24) != 0x564342) return false;
            var (dimensions, count) = ((int)packet.ReadBits(16), (int)packet.ReadBits(24));
            if (dimensions == 0) return false;
            entries += count;
            numbers += (long)dimensions * count;
            if (entries > MostEntries || numbers > MostNumbers) return false;
            if (!(packet.ReadBits(1) == 1 ? SkipOrderedLengths(packet, count) : SkipLengths(packet, count)) || !SkipValues(packet, dimensions, count)) return false;
        }

        return true;
    }

    // How many words there are of each length.
    private static bool SkipOrderedLengths(IPacket packet, int count)
    {
        var length = (int)packet.ReadBits(5) + 1;
        for (var entry = 0; entry < count; length++)
        {
            var width = Bits(count - entry);
            if (packet.BitsRemaining < width || length > LongestWord) return false;
            entry += (int)packet.ReadBits(width);
            if (entry > count) return false;
        }

        return true;
    }

    private static bool SkipLengths(IPacket packet, int count)
    {
        var isSparse = packet.ReadBits(1) == 1;
        for (var entry = 0; entry < count; entry++)
        {
            if (packet.BitsRemaining < 6) return false;
            if (!isSparse || packet.ReadBits(1) == 1) packet.SkipBits(5);
        }

        return true;
    }

    private static bool SkipValues(IPacket packet, int dimensions, int count)
    {
        if (packet.BitsRemaining < 4) return false;
        var kind = (int)packet.ReadBits(4);
        if (kind == 0) return true;
        if (kind > 2 || count == 0 || packet.BitsRemaining < 69) return false;
        packet.SkipBits(64);
        var width = (int)packet.ReadBits(4) + 1;
        packet.SkipBits(1);
        var bits = (kind == 1 ? ValuesOfLattice(dimensions, count) : (long)dimensions * count) * width;
        if (bits > packet.BitsRemaining) return false;
        packet.SkipBits((int)bits);
        return true;
    }

    // The largest number whose power of the dimensions is no more than the entries.
    private static long ValuesOfLattice(int dimensions, int count)
    {
        var values = (long)Math.Floor(Math.Pow(count, 1.0 / dimensions)) + 1;
        while (BigInteger.Pow(values, dimensions) > count) values--;
        return values;
    }

    private static int Bits(int value) => 32 - BitOperations.LeadingZeroCount((uint)value);

    // Of a last packet that says the sound ended before it, the decoder would look for the end for ever.
    private sealed class PacketWithoutPosition(IPacket packet) : IPacket
    {
        public bool IsResync => packet.IsResync;

        public bool IsShort => packet.IsShort;

        public long? GranulePosition => null;

        public bool IsEndOfStream => packet.IsEndOfStream;

        public int BitsRead => packet.BitsRead;

        public int BitsRemaining => packet.BitsRemaining;

        public int ContainerOverheadBits => packet.ContainerOverheadBits;

        public ulong TryPeekBits(int count, out int bitsRead) => packet.TryPeekBits(count, out bitsRead);

        public void SkipBits(int count) => packet.SkipBits(count);

        public ulong ReadBits(int count) => packet.ReadBits(count);

        public void Done() => packet.Done();

        public void Reset() => packet.Reset();
    }
}
