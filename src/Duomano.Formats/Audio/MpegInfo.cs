using System.Buffers.Binary;

namespace Duomano.Formats.Audio;

/// <summary>The first frame of an MP3 file often tells how many samples the encoder put before and behind the sound.</summary>
internal static class MpegInfo
{
    /// <summary>Bytes from the first frame on that <see cref="Read"/> looks at.</summary>
    public const int Length = 4096;

    /// <summary>Reads it, as far as it is there.</summary>
    /// <param name="start">The file from the first frame on.</param>
    public static (int Delay, int Padding) Read(ReadOnlySpan<byte> start)
    {
        var frame = start[..Math.Min(start.Length, 2048)];
        var mark = Math.Max(frame.IndexOf("Xing"u8), frame.IndexOf("Info"u8));
        if (mark is < 0 or > 64) return default;
        var flags = frame.Length >= mark + 8 ? BinaryPrimitives.ReadUInt32BigEndian(frame[(mark + 4)..]) : 0;
        var encoder = mark + 8 + ((flags & 1) != 0 ? 4 : 0) + ((flags & 2) != 0 ? 4 : 0) + ((flags & 4) != 0 ? 100 : 0) + ((flags & 8) != 0 ? 4 : 0);
        if (frame.Length < encoder + 24) return default;
        var delays = frame[(encoder + 21)..];
        return (delays[0] << 4 | delays[1] >> 4, (delays[1] & 0xF) << 8 | delays[2]);
    }
}
