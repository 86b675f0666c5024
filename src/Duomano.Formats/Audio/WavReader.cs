using System.Buffers.Binary;
using Duomano.Core.Files;

namespace Duomano.Formats.Audio;

/// <summary>
/// Reads RIFF/WAVE front to back, from a file or a pipe: integers of 8, 16, 24 and 32 bits, floating point of 32 and 64,
/// plain or extensible, RIFF, RF64 or BW64, any further chunks skipped. Wrong sizes and broken-off sound are read as far as there is sound.
/// </summary>
internal sealed class WavReader : SoundReader
{
    // Programs that write to a pipe cannot know the length: ffmpeg leaves all ones, SoX about 2^31.
    private const long UnknownFrom = 0x7FFF_F000;
    private const int LongestFormatChunk = 1 << 16;

    private readonly Stream _stream;
    private readonly string _path;
    private readonly long? _length;
    private readonly byte[] _block = new byte[1 << 16];
    private long _position;
    private long _dataLeft;
    private long _frame;
    private int _leftOver;

    private WavReader(Stream stream, string path)
    {
        _stream = stream;
        _path = path;
        _length = stream.CanSeek ? stream.Length - stream.Position : null;
    }

    public WavFormat Format { get; private set; }

    public override int ChannelCount => Format.Channels;

    public override int SampleRate => Format.SampleRate;

    public override double? SecondsLeft => FramesLeft / (double)SampleRate;

    /// <summary>Frames that are left to read, or null where only reading tells.</summary>
    public long? FramesLeft => _dataLeft == long.MaxValue ? _length is null ? null : (_length - _position) / Format.BlockAlign : _dataLeft / Format.BlockAlign;

    public static bool IsWav(ReadOnlySpan<byte> start) =>
        start.Length >= 12 && (start[..4].SequenceEqual("RIFF"u8) || start[..4].SequenceEqual("RF64"u8) || start[..4].SequenceEqual("BW64"u8)) && start[8..12].SequenceEqual("WAVE"u8);

    /// <summary>Reads up to the first sample.</summary>
    /// <param name="stream">At the start of the file.</param>
    /// <param name="path">What to call it in messages.</param>
    /// <param name="plainOnly">Whether to refuse encodings that need a decoder.</param>
    public static WavReader Open(Stream stream, string path, bool plainOnly = true)
    {
        var reader = new WavReader(stream, path);
        reader.ReadHead(plainOnly);
        return reader;
    }

    /// <summary>Reads frames of interleaved samples; 0 at the end.</summary>
    /// <param name="samples">Receives whole frames; room for at least one.</param>
    /// <returns>Frames read.</returns>
    public override int Read(Span<float> samples)
    {
        var wanted = (int)Math.Min(Math.Min(samples.Length / Format.Channels, _block.Length / Format.BlockAlign) * (long)Format.BlockAlign, _dataLeft);
        while (_leftOver < Format.BlockAlign && _leftOver < wanted)
        {
            var count = _stream.Read(_block, _leftOver, wanted - _leftOver);
            if (count == 0) break;
            _leftOver += count;
        }

        var frames = _leftOver / Format.BlockAlign;
        var bytes = frames * Format.BlockAlign;
        WavSamples.Decode(_block.AsSpan(0, bytes), samples, Format);
        Silence(samples[..(frames * Format.Channels)], _frame);

        _block.AsSpan(bytes, _leftOver - bytes).CopyTo(_block);
        _leftOver -= bytes;
        _position += bytes;
        _frame += frames;
        if (_dataLeft != long.MaxValue) _dataLeft -= bytes;
        return frames;
    }

    private void ReadHead(bool plainOnly)
    {
        var head = Take(12, "the header");
        if (!IsWav(head)) throw Error("byte 0", "not a WAV file, expected 'RIFF' and 'WAVE'");
        long? longData = null;
        var hasFormat = false;
        while (true)
        {
            var start = _position;
            var chunk = Take(8, "a chunk (no 'data' chunk was found)");
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(chunk.AsSpan(4));
            if (chunk.AsSpan(0, 4).SequenceEqual("data"u8))
            {
                if (!hasFormat) throw Error($"byte {start}", "the 'data' chunk comes before a 'fmt ' chunk");
                if (length == uint.MaxValue && longData is { } actual) length = actual;
                SetData(start, length);
                return;
            }

            if (_length is not null && length > _length - _position) throw Error($"byte {start}", $"a chunk of {length} bytes, but the file has {_length - _position} more");
            if (chunk.AsSpan(0, 4).SequenceEqual("fmt "u8))
            {
                if (length is < 16 or > LongestFormatChunk) throw Error($"byte {start}", $"a 'fmt ' chunk of {length} bytes, expected 16 to {LongestFormatChunk}");
                Format = ReadFormat(Take((int)length, "the 'fmt ' chunk"));
                if (Format.BlockAlign == 0)
                {
                    Warn($"frames of 0 bytes (byte {start}) are read as {Format.Channels * Format.BytesPerSample}");
                    Format = Format with { BlockAlign = Format.Channels * Format.BytesPerSample };
                }

                if (Format.Problem is { } problem && (plainOnly || Format.IsPlain)) throw Error($"byte {start}", problem);
                hasFormat = true;
            }
            else if (chunk.AsSpan(0, 4).SequenceEqual("ds64"u8) && length is >= 16 and <= LongestFormatChunk)
            {
                longData = BinaryPrimitives.ReadInt64LittleEndian(Take((int)length, "the 'ds64' chunk").AsSpan(8));
                if (longData < 0) throw Error($"byte {start}", $"a data length of {longData}");
            }
            else
            {
                Skip(length);
            }

            if (length % 2 == 1 && !IsPadMissing()) Skip(1);
        }
    }

    private void SetData(long start, long length)
    {
        if (_length is null)
        {
            _dataLeft = length == 0 || length >= UnknownFrom ? long.MaxValue : length;
            return;
        }

        var available = _length.Value - _position;
        if (length == 0 && available > 0 && !IsChunkNext(available)) length = available;
        if (length > available)
        {
            if (length < UnknownFrom) Warn($"sound of {length} bytes is announced (byte {start}), and the file breaks off after {available}");
            length = available;
        }

        _dataLeft = length;
    }

    // After a length of 0 either the unannounced sound follows, or the file has none and other chunks follow to its very end; samples
    // may look like the name of one chunk, but not like a row of them.
    private bool IsChunkNext(long available)
    {
        var back = _stream.Position;
        var head = new byte[8];
        var left = available;
        while (left >= 8)
        {
            _stream.ReadExactly(head);
            var length = (long)BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(4));
            if (!IsName(head.AsSpan(0, 4)) || length > left - 8) break;
            length += length % 2;
            left -= 8 + length;
            _stream.Position += length;
        }

        _stream.Position = back;
        return left <= 0;
    }

    // Chunks of odd length have a byte of padding; some programs leave it out.
    private bool IsPadMissing()
    {
        if (_length is null || _length - _position < 8) return false;
        var next = new byte[4];
        var back = _stream.Position;
        _stream.ReadExactly(next);
        _stream.Position = back;
        return next[0] != 0 && IsName(next);
    }

    private static bool IsName(ReadOnlySpan<byte> name)
    {
        foreach (var character in name)
        {
            if (character is < 0x20 or > 0x7E) return false;
        }

        return true;
    }

    private static WavFormat ReadFormat(byte[] bytes)
    {
        var tag = (int)BinaryPrimitives.ReadUInt16LittleEndian(bytes);

        // The extensible form has the tag as the start of a GUID.
        if (tag == WavFormat.Extensible && bytes.Length >= 26) tag = BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(24));
        return new(
            tag,
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(2)),
            (int)Math.Min(BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(4)), int.MaxValue),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(12)),
            BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(14)));
    }

    private byte[] Take(int count, string what)
    {
        var bytes = new byte[count];
        var read = _stream.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        if (read < count) throw Error($"byte {_position + read}", $"the file ends in {what}");
        _position += count;
        return bytes;
    }

    private void Skip(long count)
    {
        while (count > 0)
        {
            var read = _stream.Read(_block, 0, (int)Math.Min(count, _block.Length));
            if (read == 0) return; // a missing padding byte at the end harms nobody; anything else is noticed by what follows
            count -= read;
            _position += read;
        }
    }

    private UnreadableFileException Error(string place, string problem) => new(_path, place, problem);
}
