using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Duomano.Core.Files;

namespace Duomano.Formats.Audio;

/// <summary>Reads and writes WAV files.</summary>
public static class WavFile
{
    private const int HeadLength = 44;

    /// <summary>Reads a file of integers (8, 16, 24, 32 bits) or floating point numbers (32, 64 bits).</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="UnreadableFileException">It is not such a file.</exception>
    public static AudioBuffer Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path);
    }

    /// <summary>Reads from a stream, which may be a pipe; see <see cref="Read(string)"/>.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="name">What to call it in messages.</param>
    public static AudioBuffer Read(Stream stream, string name = "WAV data")
    {
        ArgumentNullException.ThrowIfNull(stream);
        var reader = WavReader.Open(stream, name);
        var count = reader.Format.Channels;

        // The announced length only sizes the first allocation, and only as far as there are bytes behind it.
        var expected = reader.FramesLeft ?? 0;
        if (expected > Array.MaxLength) throw new UnreadableFileException(name, "", $"{expected} frames, more than fit in memory; read it in pieces");
        var channels = new List<float>[count];
        for (var channel = 0; channel < count; channel++) channels[channel] = new((int)expected);
        var block = new float[4096 * count];
        while (reader.Read(block) is > 0 and var frames)
        {
            for (var channel = 0; channel < count; channel++)
            {
                for (var i = 0; i < frames; i++) channels[channel].Add(block[i * count + channel]);
            }
        }

        return new([.. channels.Select(channel => channel.ToArray())], reader.Format.SampleRate);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="audio">The sound.</param>
    /// <param name="encoding">How to write the samples.</param>
    /// <exception cref="ArgumentException">The sound is longer than a WAV file can be (4 GiB).</exception>
    public static void Write(string path, AudioBuffer audio, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(audio);
        WholeFile.Write(path, stream => Write(stream, audio, encoding));
    }

    /// <summary>Writes to a stream; see <see cref="Write(string, AudioBuffer, WavEncoding)"/>.</summary>
    public static void Write(Stream stream, AudioBuffer audio, WavEncoding encoding = WavEncoding.Pcm16)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(audio);
        var size = encoding == WavEncoding.Pcm16 ? 2 : 4;
        var channels = audio.Channels;
        var length = (long)audio.Length * channels.Length * size;
        if (length > uint.MaxValue - HeadLength) throw new ArgumentException($"{length} bytes of sound are more than a WAV file holds (4 GiB).", nameof(audio));
        if (channels.Length > WavFormat.MostChannels) throw new ArgumentException($"{channels.Length} channels are more than {WavFormat.MostChannels}.", nameof(audio));
        stream.Write(Head(audio, encoding, size, (uint)length));

        var block = new byte[8192 * channels.Length * size];
        for (var start = 0; start < audio.Length; start += 8192)
        {
            var frames = Math.Min(8192, audio.Length - start);
            for (var i = 0; i < frames; i++)
            {
                for (var channel = 0; channel < channels.Length; channel++)
                {
                    var target = block.AsSpan((i * channels.Length + channel) * size);
                    var value = channels[channel][start + i];
                    if (encoding == WavEncoding.Float32) MemoryMarshal.Write(target, value);
                    else BinaryPrimitives.WriteInt16LittleEndian(target, (short)Math.Clamp(MathF.Round(value * 32768), short.MinValue, short.MaxValue));
                }
            }

            stream.Write(block, 0, frames * channels.Length * size);
        }
    }

    private static byte[] Head(AudioBuffer audio, WavEncoding encoding, int size, uint length)
    {
        var head = new byte[HeadLength];
        var frame = audio.Channels.Length * size;
        "RIFF"u8.CopyTo(head);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(4), length + HeadLength - 8);
        "WAVEfmt "u8.CopyTo(head.AsSpan(8));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(16), 16);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(20), (ushort)(encoding == WavEncoding.Pcm16 ? WavFormat.Pcm : WavFormat.Float));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(22), (ushort)audio.Channels.Length);
        BinaryPrimitives.WriteInt32LittleEndian(head.AsSpan(24), audio.SampleRate);
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(28), (uint)((long)audio.SampleRate * frame));
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(32), (ushort)frame);
        BinaryPrimitives.WriteUInt16LittleEndian(head.AsSpan(34), (ushort)(size * 8));
        "data"u8.CopyTo(head.AsSpan(36));
        BinaryPrimitives.WriteUInt32LittleEndian(head.AsSpan(40), length);
        return head;
    }
}
