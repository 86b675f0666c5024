using System.Buffers.Binary;

namespace Duomano.Formats.Audio;

/// <summary>One page of an Ogg file.</summary>
/// <param name="Serial">The stream that it belongs to.</param>
/// <param name="Number">Its place in that stream.</param>
/// <param name="Flags">See <see cref="OggPages"/>.</param>
/// <param name="Position">Sample at the end of the last packet that ends in it; −1 where none does.</param>
/// <param name="Lacing">Lengths of its segments; 255 says that the packet goes on.</param>
/// <param name="Body">The segments.</param>
internal sealed record OggPage(uint Serial, uint Number, int Flags, long Position, byte[] Lacing, byte[] Body);

/// <summary>Reads the pages of an Ogg file (RFC 3533) front to back; damaged ones are passed over.</summary>
internal sealed class OggPages(Stream stream)
{
    public const int Continued = 1;
    public const int Begins = 2;
    public const int Ends = 4;

    private const int HeadLength = 27;
    private const int LongestPage = HeadLength + 255 + 255 * 255;

    // A file that keeps looking like pages without being any is given up.
    private const int MostDamaged = 1000;

    private static readonly uint[] Table = MakeTable();

    private readonly byte[] _window = new byte[2 * LongestPage];
    private int _start;
    private int _end;
    private int _damaged;

    /// <summary>The next page that is whole; null at the end.</summary>
    public OggPage? Next()
    {
        while (true)
        {
            Fill();
            var rest = _window.AsSpan(_start, _end - _start);
            if (rest.Length < HeadLength || _damaged > MostDamaged) return null;
            var at = rest.IndexOf("OggS"u8);
            if (at != 0)
            {
                // The mark may lie across the end of what was read.
                _start += at > 0 ? at : rest.Length - 3;
                continue;
            }

            if (Read(rest) is { } page) return page;
            _damaged++;
            _start++;
        }
    }

    /// <summary>The last sample position that a stream tells, of the file's last pages.</summary>
    public static long LastPosition(Stream stream, uint serial)
    {
        var back = stream.Position;
        var tail = new byte[Math.Min(stream.Length, 2 * LongestPage)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        stream.Position = back;
        for (var end = tail.Length; ;)
        {
            var at = tail.AsSpan(0, end).LastIndexOf("OggS"u8);
            if (at < 0) return 0;
            if (tail.Length - at >= HeadLength && BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 14)) == serial
                && BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at + 6)) is >= 0 and var position) return position;
            end = at;
        }
    }

    private OggPage? Read(ReadOnlySpan<byte> bytes)
    {
        var segments = bytes[26];
        if (bytes.Length < HeadLength + segments) return null;
        var lacing = bytes.Slice(HeadLength, segments);
        var length = HeadLength + segments;
        foreach (var segment in lacing) length += segment;
        if (bytes.Length < length || bytes[4] != 0) return null;
        var head = bytes[..HeadLength].ToArray();
        head.AsSpan(22, 4).Clear();
        if (Checksum(bytes[HeadLength..length], Checksum(head, 0)) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[22..])) return null;
        _start += length;
        return new(BinaryPrimitives.ReadUInt32LittleEndian(bytes[14..]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[18..]), bytes[5],
            BinaryPrimitives.ReadInt64LittleEndian(bytes[6..]), lacing.ToArray(), bytes[(HeadLength + segments)..length].ToArray());
    }

    // Has room for a whole page in the window.
    private void Fill()
    {
        if (_end - _start >= LongestPage) return;
        _window.AsSpan(_start, _end - _start).CopyTo(_window);
        (_start, _end) = (0, _end - _start);
        _end += stream.ReadAtLeast(_window.AsSpan(_end), LongestPage - _end, throwOnEndOfStream: false);
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes, uint sum)
    {
        foreach (var value in bytes) sum = sum << 8 ^ Table[(byte)(sum >> 24) ^ value];
        return sum;
    }

    private static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < 256; i++)
        {
            table[i] = i << 24;
            for (var bit = 0; bit < 8; bit++) table[i] = (table[i] & 0x8000_0000) != 0 ? table[i] << 1 ^ 0x04C1_1DB7 : table[i] << 1;
        }

        return table;
    }
}
