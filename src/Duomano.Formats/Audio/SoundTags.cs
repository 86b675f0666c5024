using System.Buffers.Binary;

namespace Duomano.Formats.Audio;

/// <summary>Tags that stand before the sound: ID3v2 and APEv2, several of them and with pictures of megabytes.</summary>
internal static class SoundTags
{
    private const int Id3Head = 10;
    private const int ApeHead = 32;
    private const int HasFooter = 0x10;
    private const int MostTags = 100;

    /// <summary>Where the sound begins.</summary>
    /// <param name="stream">A file from its beginning; it is left anywhere.</param>
    /// <returns>Bytes; a tag that is longer than the file is passed over by its head alone.</returns>
    public static long End(Stream stream)
    {
        var at = 0L;
        var head = new byte[ApeHead];
        for (var tags = 0; tags < MostTags; tags++)
        {
            stream.Position = at;
            var count = stream.ReadAtLeast(head, ApeHead, throwOnEndOfStream: false);
            var length = Length(head.AsSpan(0, count), out var own);
            if (length is null) return at;
            at += at + length.Value < stream.Length ? length.Value : own;
        }

        return at;
    }

    private static long? Length(ReadOnlySpan<byte> head, out int own)
    {
        own = Id3Head;

        // Four groups of seven bits.
        if (head.Length >= Id3Head && head.StartsWith("ID3"u8))
        {
            return Id3Head + ((head[6] & 0x7F) << 21 | (head[7] & 0x7F) << 14 | (head[8] & 0x7F) << 7 | (head[9] & 0x7F)) + ((head[5] & HasFooter) != 0 ? Id3Head : 0);
        }

        own = ApeHead;
        return head.Length >= ApeHead && head.StartsWith("APETAGEX"u8) ? ApeHead + BinaryPrimitives.ReadUInt32LittleEndian(head[12..]) : null;
    }
}
