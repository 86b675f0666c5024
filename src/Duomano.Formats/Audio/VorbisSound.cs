using Duomano.Core.Files;
using NVorbis;

namespace Duomano.Formats.Audio;

/// <summary>Reads Ogg Vorbis with NVorbis.</summary>
internal sealed class VorbisSound : SoundReader, IDisposable
{
    // Frames that are read at once. The decoder knows its place only between these steps, and an end of the sound is believed
    // if it is not before the next of them; a little silence more at the end is all that is lost otherwise.
    private const int Step = 256;
    private const long LongestLeap = 1 << 30;

    private readonly StreamDecoder _decoder;
    private readonly string _path;
    private readonly float[] _buffer;
    private long _frame;

    private VorbisSound(StreamDecoder decoder, VorbisHeaders packets, string path)
    {
        (_decoder, _path) = (decoder, path);
        (ChannelCount, SampleRate) = (decoder.Channels, decoder.SampleRate);
        _buffer = new float[Step * ChannelCount];
        packets.CanEndAt = end => end - decoder.SamplePosition is >= Step and < LongestLeap;
        SecondsLeft = Length(decoder);
    }

    public override int ChannelCount { get; }

    public override int SampleRate { get; }

    public override double? SecondsLeft { get; }

    /// <summary>Opens a file; null where it holds no Vorbis, as with Opus.</summary>
    public static VorbisSound? Open(Stream stream, string path)
    {
        try
        {
            if (OggPackets.Find(stream) is not { } sound || !VorbisHeaders.IsVorbis(sound)) return null;
            var packets = new VorbisHeaders(sound);
            var decoder = new StreamDecoder(packets);
            if (decoder.Channels is < 1 or > WavFormat.MostChannels || decoder.SampleRate is < WavFormat.LowestRate or > WavFormat.HighestRate) return null;
            return new(decoder, packets, path);
        }
        catch (Exception error) when (MpegReader.IsDecoders(error))
        {
            return null;
        }
    }

    public override int Read(Span<float> samples)
    {
        try
        {
            var wanted = Math.Min(_buffer.Length, samples.Length - samples.Length % ChannelCount);
            var count = _decoder.Read(_buffer, 0, wanted);
            if (count <= 0) return 0;

            // Here the library counts samples of all channels.
            _buffer.AsSpan(0, count).CopyTo(samples);
            Silence(samples[..count], _frame);
            _frame += count / ChannelCount;
            return count / ChannelCount;
        }
        catch (Exception error) when (MpegReader.IsDecoders(error))
        {
            throw new UnreadableFileException(_path, $"frame {_frame}", $"the Vorbis sound breaks off ({error.Message})", error);
        }
    }

    public void Dispose() => _decoder.Dispose();

    private static double? Length(StreamDecoder decoder)
    {
        try
        {
            return decoder.TotalTime.TotalSeconds is > 0 and < 1e6 and var seconds ? seconds : null;
        }
        catch (Exception error) when (MpegReader.IsDecoders(error))
        {
            return null;
        }
    }
}
