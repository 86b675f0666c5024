using System.Runtime.InteropServices;
using Duomano.Core.Files;
using Duomano.Core.Music;

namespace Duomano.Formats.Audio;

/// <summary>Reads sound of any kind as the networks hear it: one channel, 16 000 samples a second.</summary>
public static class AudioFile
{
    /// <summary>Samples a second that <see cref="ReadMono16k"/> gives.</summary>
    public const int ListeningRate = 16_000;

    /// <summary>Takes the next samples of a recording.</summary>
    /// <param name="samples">Mono at <see cref="ListeningRate"/>; valid during the call only.</param>
    public delegate void TakeSamples(ReadOnlySpan<float> samples);

    /// <summary>Reads a whole recording: WAV, MP3 and Ogg Vorbis by itself, everything else through ffmpeg.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Its channels in one at 16 kHz, at a level that can be heard; sample i belongs to the time i / 16 000 s.</returns>
    /// <exception cref="UnreadableFileException">There is no sound in the file.</exception>
    /// <exception cref="FfmpegMissingException">The file needs ffmpeg, and there is none.</exception>
    public static float[] ReadMono16k(string path, CancellationToken cancellation = default)
    {
        var samples = new List<float>();
        StreamMono16k(path, chunk => CollectionExtensions.AddRange(samples, chunk), cancellation: cancellation);
        return [.. samples];
    }

    /// <summary>Fails unless a recording can be read here; only its beginning is looked at.</summary>
    /// <param name="path">The recording.</param>
    /// <exception cref="UnreadableFileException">There is no sound in the file.</exception>
    /// <exception cref="FfmpegMissingException">The file needs ffmpeg, and there is none.</exception>
    public static void EnsureReadable(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!ReadManaged(path, _ => { })) FfmpegDecoder.Decode(path, Look, seconds: 0.1);

        void Look(Stream stream)
        {
            WavReader.Open(stream, path);
            stream.CopyTo(Stream.Null); // ffmpeg complains where nobody takes what it made
        }
    }

    /// <summary>Whether there is sound in a file that can be read here.</summary>
    /// <param name="path">A recording or a video.</param>
    public static bool HasSound(string path)
    {
        try
        {
            EnsureReadable(path);
            return true;
        }
        catch (UnreadableFileException)
        {
            return false;
        }
    }

    /// <summary>How long a recording says it is, seconds; null where only reading tells.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="cancellation">Ends it.</param>
    public static double? Seconds(string path, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        double? seconds = null;
        return ReadManaged(path, reader => seconds = reader.SecondsLeft) ? seconds : FfmpegDecoder.Seconds(path, "a", cancellation);
    }

    /// <summary>Reads a recording once to learn its level, its channels' phases and its faults.</summary>
    /// <param name="path">The recording.</param>
    /// <param name="cancellation">Ends it.</param>
    public static SoundSurvey Survey(string path, CancellationToken cancellation = default)
    {
        var survey = new SoundSurvey();
        Open(path, reader =>
        {
            var block = new float[4096 * reader.ChannelCount];
            while (reader.Read(block) is > 0 and var frames)
            {
                cancellation.ThrowIfCancellationRequested();
                survey.Add(block.AsSpan(0, frames * reader.ChannelCount), reader.ChannelCount);
            }

            survey.Warnings = [.. reader.Warnings];
        }, cancellation);
        return survey;
    }

    /// <summary>
    /// Like <see cref="ReadMono16k"/>, but hands the sound over in pieces, so that its length costs no memory. The recording is read
    /// twice, since its level has to be known first.
    /// </summary>
    /// <param name="path">The recording.</param>
    /// <param name="take">Is called with one piece after the other, before this method returns.</param>
    /// <param name="warn">Told in one line what was wrong with the file and was read all the same.</param>
    /// <param name="cancellation">Ends it.</param>
    public static void StreamMono16k(string path, TakeSamples take, Action<string>? warn = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(take);
        var survey = Survey(path, cancellation);
        if (survey.Warnings.Count > 0) warn?.Invoke(string.Join("; ", survey.Warnings));
        Open(path, reader => Convert(reader, survey, take, cancellation), cancellation);
    }

    private static void Open(string path, Action<SoundReader> read, CancellationToken cancellation)
    {
        if (!ReadManaged(path, read)) FfmpegDecoder.Decode(path, stream => read(WavReader.Open(stream, path)), cancellation: cancellation);
    }

    // Whether no ffmpeg is needed; then the file is given to whoever reads it.
    private static bool ReadManaged(string path, Action<SoundReader> read)
    {
        using var file = OrdinaryFile.OpenRead(path);
        if (file.Length == 0) throw new UnreadableFileException(path, "", "the file is empty");
        var start = new byte[MusicKinds.HeadLength];
        var count = file.ReadAtLeast(start, start.Length, throwOnEndOfStream: false);
        file.Position = 0;
        switch (MusicKinds.Recognise(start.AsSpan(0, count)))
        {
            case MusicKind.Wav:
                var wav = WavReader.Open(file, path, plainOnly: false);
                if (!wav.Format.IsPlain) return false;
                read(wav);
                return true;
            case MusicKind.Mpeg:
                using (var mpeg = MpegReader.Open(file, path))
                {
                    if (mpeg is null) return false;
                    read(mpeg);
                    return true;
                }

            case MusicKind.Ogg:
                using (var vorbis = VorbisSound.Open(file, path))
                {
                    if (vorbis is null) return false;
                    read(vorbis);
                    return true;
                }

            default:
                return false;
        }
    }

    private static void Convert(SoundReader reader, SoundSurvey survey, TakeSamples take, CancellationToken cancellation)
    {
        var (channels, rate) = (reader.ChannelCount, reader.SampleRate);
        var resampler = rate == ListeningRate ? null : new Resampler(rate, ListeningRate);
        var block = new float[4096 * channels];
        var mono = new float[4096];
        var output = new List<float>();
        var scale = (float)survey.Gain / channels;
        var other = survey.IsInAntiphase ? -1 : 1;
        while (reader.Read(block) is > 0 and var frames)
        {
            cancellation.ThrowIfCancellationRequested();
            for (var i = 0; i < frames; i++)
            {
                var frame = block.AsSpan(i * channels, channels);
                var sum = frame[0];
                foreach (var sample in frame[1..]) sum += other * sample;
                mono[i] = sum * scale;
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
