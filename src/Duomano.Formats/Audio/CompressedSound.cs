using Duomano.Core.Files;
using FFMpegCore;
using FFMpegCore.Exceptions;

namespace Duomano.Formats.Audio;

/// <summary>Sound as a file that browsers play.</summary>
/// <param name="Data">The file's bytes.</param>
/// <param name="MediaType">What they are, such as "audio/mp4".</param>
public sealed record CompressedSound(ReadOnlyMemory<byte> Data, string MediaType)
{
    /// <summary>
    /// A stretch of a recording: AAC in MP4 (browsers find any moment of it exactly), or 16-bit WAV at 16 kHz where there is
    /// no ffmpeg.
    /// </summary>
    /// <param name="path">The recording.</param>
    /// <param name="start">Where to begin, seconds.</param>
    /// <param name="length">How much to take, seconds, followed by silence where there is less; or null for all the rest.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">There is no sound in the file.</exception>
    /// <exception cref="FfmpegMissingException">The file needs ffmpeg to be read, and there is none.</exception>
    public static CompressedSound FromRecording(string path, double start = 0, double? length = null, CancellationToken cancellation = default) =>
        FromRecording(path, start, length, Environment.GetEnvironmentVariable("PATH") ?? "", cancellation);

    internal static CompressedSound FromRecording(string path, double start, double? length, string searchPath, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!(start >= 0)) throw new ArgumentOutOfRangeException(nameof(start), start, $"A stretch starts at 0 s or later, not at {start} s.");
        return (FfmpegDecoder.FindFolder(searchPath) is { } folder ? Encode(path, start, length, folder, cancellation) : null) ?? Plain(path, start, length, cancellation);
    }

    // Null where this ffmpeg cannot do it.
    private static CompressedSound? Encode(string path, double start, double? length, string folder, CancellationToken cancellation)
    {
        var target = Path.Combine(Path.GetTempPath(), $"duomano-{Guid.NewGuid():N}.m4a");
        try
        {
            // The stretch is cut from the decoded samples, as it is for listening: seeking in the file could miss it.
            var stretch = $"-ss {start:0.######}" + (length is { } given ? $" -t {given:0.######}" : "");
            var filled = length is null ? "" : "apad,";
            FFMpegArguments
                .FromFileInput(FfmpegInput.Quoted(path), verifyExists: false, input => input.WithCustomArgument(FfmpegInput.Options))
                .OutputToFile(FfmpegInput.Quoted(target), overwrite: true, output => output
                    .WithCustomArgument($"{stretch} -map 0:a:0 -vn -sn -dn -map_metadata -1 -bitexact")
                    .WithCustomArgument($"-af {filled}aformat=sample_rates=16000|22050|24000|32000|44100|48000:channel_layouts=mono|stereo")
                    .WithCustomArgument("-c:a aac -b:a 96k -movflags +faststart"))
                .WithLogLevel(FFMpegCore.Enums.FFMpegLogLevel.Error)
                .ProcessSynchronously(throwOnError: true, new FFOptions { BinaryFolder = folder }, cancellation);
            cancellation.ThrowIfCancellationRequested();
            return new(File.ReadAllBytes(target), "audio/mp4");
        }
        catch (FFMpegException)
        {
            cancellation.ThrowIfCancellationRequested();
            return null;
        }
        finally
        {
            File.Delete(target);
        }
    }

    private static CompressedSound Plain(string path, double start, double? length, CancellationToken cancellation)
    {
        var first = (long)(start * AudioFile.ListeningRate);
        var end = length is { } given ? first + (long)(given * AudioFile.ListeningRate) : long.MaxValue;
        var (samples, passed) = (new List<float>(), 0L);
        AudioFile.StreamMono16k(path, chunk =>
        {
            var from = (int)Math.Clamp(first - passed, 0, chunk.Length);
            var to = (int)Math.Clamp(end - passed, from, chunk.Length);
            passed += chunk.Length;
            CollectionExtensions.AddRange(samples, chunk[from..to]);
        }, cancellation: cancellation);
        if (length is not null) CollectionExtensions.AddRange(samples, new float[Math.Max(0, end - first - samples.Count)]);
        using var stream = new MemoryStream();
        WavFile.Write(stream, new AudioBuffer([.. samples], AudioFile.ListeningRate));
        return new(stream.ToArray(), "audio/wav");
    }
}
