using System.Runtime.InteropServices;
using Duomano.Core.Files;

namespace Duomano.Formats.Audio;

/// <summary>Reads sound of any kind as the networks hear it: one channel, 16 000 samples a second.</summary>
public static class AudioFile
{
    /// <summary>Samples a second that <see cref="ReadMono16k"/> gives.</summary>
    public const int ListeningRate = 16_000;

    /// <summary>Takes the next samples of a recording.</summary>
    /// <param name="samples">Mono at <see cref="ListeningRate"/>; valid during the call only.</param>
    public delegate void TakeSamples(ReadOnlySpan<float> samples);

    /// <summary>Reads a whole recording: plain WAV by itself, everything else through ffmpeg.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The mean of its channels at 16 kHz; sample i belongs to the time i / 16 000 s.</returns>
    /// <exception cref="UnreadableFileException">There is no sound in the file.</exception>
    /// <exception cref="FfmpegMissingException">The file needs ffmpeg, and there is none.</exception>
    public static float[] ReadMono16k(string path, CancellationToken cancellation = default)
    {
        var samples = new List<float>();
        StreamMono16k(path, chunk => CollectionExtensions.AddRange(samples, chunk), cancellation);
        return [.. samples];
    }

    /// <summary>Fails unless a recording can be read here; only its beginning is looked at.</summary>
    /// <param name="path">The recording.</param>
    /// <exception cref="UnreadableFileException">There is no sound in the file.</exception>
    /// <exception cref="FfmpegMissingException">The file needs ffmpeg, and there is none.</exception>
    public static void EnsureReadable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!IsPlainWav(path, _ => { })) FfmpegDecoder.Decode(path, Look, seconds: 0.1);

        void Look(Stream stream)
        {
            WavReader.Open(stream, path);
            stream.CopyTo(Stream.Null); // ffmpeg complains where nobody takes what it made
        }
    }

    /// <summary>How long a recording says it is, seconds; null where only reading tells.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="cancellation">Ends it.</param>
    public static double? Seconds(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        double? seconds = null;
        return IsPlainWav(path, reader => seconds = reader.FramesLeft / (double)reader.Format.SampleRate) ? seconds : FfmpegDecoder.Seconds(path, cancellation);
    }

    /// <summary>Like <see cref="ReadMono16k"/>, but hands the sound over in pieces, so that its length costs no memory.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="take">Is called with one piece after the other, before this method returns.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void StreamMono16k(string path, TakeSamples take, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(take);
        if (!IsPlainWav(path, reader => Convert(reader, take, cancellation)))
        {
            FfmpegDecoder.Decode(path, stream => Convert(WavReader.Open(stream, path), take, cancellation), cancellation: cancellation);
        }
    }

    // Whether no ffmpeg is needed; then the file is given to whoever reads it.
    private static bool IsPlainWav(string path, Action<WavReader> read)
    {
        using var file = File.OpenRead(path);
        if (file.Length == 0) throw new UnreadableFileException(path, "", "the file is empty");
        var start = new byte[12];
        var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        if (!WavReader.IsWav(start.AsSpan(0, count))) return false;
        var reader = WavReader.Open(file, path, plainOnly: false);
        if (!reader.Format.IsPlain) return false;
        read(reader);
        return true;
    }

    private static void Convert(WavReader reader, TakeSamples take, CancellationToken cancellation)
    {
        var (channels, rate) = (reader.Format.Channels, reader.Format.SampleRate);
        var resampler = rate == ListeningRate ? null : new Resampler(rate, ListeningRate);
        var block = new float[4096 * channels];
        var mono = new float[4096];
        var output = new List<float>();
        while (reader.Read(block) is > 0 and var frames)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < frames; i++)
            {
                var sum = 0f;
                foreach (var sample in block.AsSpan(i * channels, channels)) sum += sample;
                mono[i] = sum / channels;
            }

            if (resampler is null)
            {
                take(mono.AsSpan(0, frames));
                continue;
            }

            resampler.Push(mono.AsSpan(0, frames), output);
            HandOver();
        }

        resampler?.Finish(output);
        HandOver();

        void HandOver()
        {
            if (output.Count > 0) take(CollectionsMarshal.AsSpan(output));
            output.Clear();
        }
    }
}
