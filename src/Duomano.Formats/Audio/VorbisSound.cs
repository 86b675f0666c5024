using Duomano.Core.Files;
using NVorbis;

namespace Duomano.Formats.Audio;

/// <summary>Reads Ogg Vorbis with NVorbis.</summary>
internal sealed class VorbisSound : SoundReader, IDisposable
{
    private readonly VorbisReader _file;
    private readonly string _path;
    private readonly float[] _buffer;
    private long _frame;

    private VorbisSound(VorbisReader file, string path)
    {
        _file = file;
        _path = path;
        (ChannelCount, SampleRate) = (file.Channels, file.SampleRate);
        _buffer = new float[4096 * ChannelCount];
        SecondsLeft = Length(file);
    }

    public override int ChannelCount { get; }

    public override int SampleRate { get; }

    public override double? SecondsLeft { get; }

    /// <summary>Opens a file; null where it holds no Vorbis, as with Opus.</summary>
    public static VorbisSound? Open(Stream stream, string path)
    {
        try
        {
            var file = new VorbisReader(stream, closeOnDispose: false);
            if (file.Channels is < 1 or > WavFormat.MostChannels || file.SampleRate is < WavFormat.LowestRate or > WavFormat.HighestRate) return null;
            return new(file, path);
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
            var count = _file.ReadSamples(_buffer, 0, wanted);
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

    public void Dispose() => _file.Dispose();

    private static double? Length(VorbisReader file)
    {
        try
        {
            return file.TotalTime.TotalSeconds is > 0 and < 1e6 and var seconds ? seconds : null;
        }
        catch (Exception error) when (MpegReader.IsDecoders(error))
        {
            return null;
        }
    }
}
