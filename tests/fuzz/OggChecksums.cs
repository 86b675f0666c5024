using System.Buffers.Binary;

namespace Duomano.Fuzz;

/// <summary>Makes the checksums of Ogg pages right again, so that damage gets past them to the decoder (RFC 3533, section 6).</summary>
public static class OggChecksums
{
    private const uint Polynomial = 0x04C1_1DB7;
    private const int HeadLength = 27;

    /// <summary>Mends the checksum of every page that is whole.</summary>
    public static byte[] Mend(byte[] file)
    {
        for (var at = 0; at + HeadLength <= file.Length; at++)
        {
            if (!file.AsSpan(at).StartsWith("OggS"u8)) continue;
            var segments = file[at + 26];
            if (at + HeadLength + segments > file.Length) break;
            var length = HeadLength + segments;
            foreach (var segment in file.AsSpan(at + HeadLength, segments)) length += segment;
            if (at + length > file.Length) continue;
            var page = file.AsSpan(at, length);
            page.Slice(22, 4).Clear();
            BinaryPrimitives.WriteUInt32LittleEndian(page[22..], Checksum(page));
        }

        return file;
    }

    private static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        foreach (var value in bytes)
        {
            sum ^= (uint)value << 24;
            for (var bit = 0; bit < 8; bit++) sum = (sum & 0x8000_0000) != 0 ? sum << 1 ^ Polynomial : sum << 1;
        }

        return sum;
    }
}
