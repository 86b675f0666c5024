using System.Buffers.Binary;

namespace Duomano.Formats.Audio;

/// <summary>The first frame of an MP3 file often tells how many samples the encoder put before and behind the sound.</summary>
internal static class MpegInfo
{
    /// <summary>Reads it, as far as it is there.</summary>
    /// <param name="stream">The beginning of the file.</param>
    public static (int Delay, int Padding) Read(Stream stream)
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var at = 0;

        // Four groups of seven bits tell how long a tag is.
        while (bytes.AsSpan(at).StartsWith("ID3"u8) && at + 10 <= bytes.Length)
        {
            at += 10 + (bytes[at + 6] << 21 | bytes[at + 7] << 14 | bytes[at + 8] << 7 | bytes[at + 9]);
            if (at < 0 || at >= bytes.Length) return default;
        }

        var frame = bytes.AsSpan(at, Math.Min(bytes.Length - at, 2048));
        var mark = Math.Max(frame.IndexOf("Xing"u8), frame.IndexOf("Info"u8));
        if (mark is < 0 or > 64) return default;
        var flags = frame.Length >= mark + 8 ? BinaryPrimitives.ReadUInt32BigEndian(frame[(mark + 4)..]) : 0;
        var encoder = mark + 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
        if (frame.Length < encoder + 24) return default;
        var delays = frame[(encoder + 21)..];
        return (delays[0] << 4 | delays[1] >> 4, (delays[1] & 0xF) << 8 | delays[2]);
    }
}
