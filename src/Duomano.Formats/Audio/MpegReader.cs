using Duomano.Core.Files;
using Duomano.Core.Music;
using NLayer;

namespace Duomano.Formats.Audio;

/// <summary>Reads MP3 with NLayer.</summary>
internal sealed class MpegReader : SoundReader, IDisposable
{
    // What a decoder is late by, frames.
    private const int DecoderDelay = 529;

    private readonly MpegFile _file;
    private readonly string _path;
    private readonly float[] _buffer;
    private long _skip;
    private long _left;
    private long _frame;

    private MpegReader(MpegFile file, string path, byte[] start)
    {
        _file = file;
        _path = path;
        (ChannelCount, SampleRate) = (file.Channels, file.SampleRate);
        _buffer = new float[4096 * ChannelCount];

        // The frame that tells of the delay is no sound, and the decoder leaves it out by itself.
        var (delay, padding) = MpegInfo.Read(start);
        if (delay > 0) _skip = delay + DecoderDelay;
        _left = long.MaxValue;
        if (delay > 0 && file.Length > 0) _left = Math.Max(0, file.Length / (sizeof(float) * ChannelCount) - _skip - Math.Max(0, padding - DecoderDelay));
    }

    public override int ChannelCount { get; }

    public override int SampleRate { get; }

    public override double? SecondsLeft
    {
        get
        {
            try
            {
                return _file.Duration.TotalSeconds is > 0 and var seconds ? seconds : null;
            }
            catch (Exception error) when (IsDecoders(error))
            {
                // It counts the frames in the file for it; whoever reads them says where they break off.
                return null;
            }
        }
    }

    /// <summary>Opens a file; null where NLayer finds no sound in it.</summary>
    public static MpegReader? Open(Stream stream, string path)
    {
        try
        {
            // The decoder would read tags into memory, however long they say they are.
            var start = SoundTags.End(stream);
            var head = new byte[MpegInfo.Length];
            stream.Position = start;
            var info = head.AsSpan(0, stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)).ToArray();
            var kind = MusicKinds.Recognise(info);
            if (kind is not (null or MusicKind.Mpeg)) return null; // a tag before another kind of sound
            if (kind == MusicKind.Mpeg && !IsLayerThree(info)) return null; // of which this decoder makes nothing
            stream.Position = start;
            var file = new MpegFile(new StreamFrom(stream, start));
            if (file.Channels is < 1 or > 2 || file.SampleRate is < WavFormat.LowestRate or > WavFormat.HighestRate) return null;
            return new(file, path, info);
        }
        catch (Exception error) when (IsDecoders(error))
        {
            return null;
        }
    }

    public override int Read(Span<float> samples)
    {
        while (true)
        {
            int count;
            try
            {
                var wanted = Math.Min(_buffer.Length, samples.Length - samples.Length % ChannelCount);
                count = _file.ReadSamples(_buffer, 0, wanted) / ChannelCount;
            }
            catch (Exception error) when (IsDecoders(error))
            {
                throw new UnreadableFileException(_path, $"frame {_frame}", $"the MPEG audio breaks off ({error.Message})", error);
            }

            if (count <= 0 || _left == 0) return 0;
            var skipped = (int)Math.Min(_skip, count);
            _skip -= skipped;
            count = (int)Math.Min(count - skipped, _left);
            if (count <= 0) continue;
            _buffer.AsSpan(skipped * ChannelCount, count * ChannelCount).CopyTo(samples);
            Silence(samples[..(count * ChannelCount)], _frame);
            _frame += count;
            if (_left != long.MaxValue) _left -= count;
            return count;
        }
    }

    public void Dispose() => _file.Dispose();

    // Layers I to III are written 3 to 1.
    private static bool IsLayerThree(ReadOnlySpan<byte> frame) => (frame[1] >> 1 & 3) == 1;

    // What the decoder throws at damaged data.
    internal static bool IsDecoders(Exception error) =>
        error is InvalidDataException or IOException or IndexOutOfRangeException or ArgumentException or NullReferenceException or InvalidOperationException or OverflowException or NotSupportedException or DivideByZeroException;
}
