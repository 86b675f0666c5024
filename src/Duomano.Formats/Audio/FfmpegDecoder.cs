using System.Globalization;
using System.Text.RegularExpressions;
using Duomano.Core.Files;
using FFMpegCore;
using FFMpegCore.Enums;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;

namespace Duomano.Formats.Audio;

/// <summary>Lets ffmpeg turn any sound into WAV on a pipe, at its own rate and with its own channels.</summary>
internal static partial class FfmpegDecoder
{
    /// <summary>Decodes the first sound track of a file.</summary>
    /// <param name="path">Any file that ffmpeg reads.</param>
    /// <param name="consume">Reads the WAV from the pipe.</param>
    /// <param name="searchPath">Folders to look for ffmpeg in; the PATH if null.</param>
    /// <param name="seconds">How much of it is wanted; all if null.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    /// <exception cref="UnreadableFileException">ffmpeg finds no sound in the file.</exception>
    public static void Decode(string path, Action<Stream> consume, string? searchPath = null, double? seconds = null, CancellationToken cancellation = default)
    {
        var folder = FindFolder(searchPath ?? Environment.GetEnvironmentVariable("PATH") ?? "") ?? throw new FfmpegMissingException($"read {path}");
        Exception? failure = null;
        var sink = new StreamPipeSink((stream, _) =>
        {
            try
            {
                consume(stream);
            }
            catch (Exception error) when (error is UnreadableFileException or IOException or ObjectDisposedException)
            {
                // ffmpeg's own words, if it has any, tell more than that its pipe ended early.
                failure = error;
            }

            return Task.CompletedTask;
        });

        Run(path, folder, input => input
            .OutputToPipe(sink, output => output
                .WithCustomArgument("-map 0:a:0 -bitexact" + (seconds is { } length ? string.Create(CultureInfo.InvariantCulture, $" -t {length:0.###}") : ""))
                .WithAudioCodec("pcm_f32le")
                .ForceFormat("wav")), cancellation);
        if (failure is not null) throw new UnreadableFileException(path, "", $"ffmpeg's output broke off ({failure.Message})", failure);
    }

    /// <summary>Has ffmpeg do something with the sound of a file.</summary>
    /// <param name="path">Any file that ffmpeg reads.</param>
    /// <param name="folder">Where ffmpeg is.</param>
    /// <param name="output">What it makes of it.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="FfmpegMissingException">ffmpeg does not start.</exception>
    /// <exception cref="UnreadableFileException">ffmpeg finds no sound in the file.</exception>
    public static void Run(string path, string folder, Func<FFMpegArguments, FFMpegArgumentProcessor> output, CancellationToken cancellation)
    {
        try
        {
            output(FFMpegArguments.FromFileInput(FfmpegInput.Quoted(path), verifyExists: false, input => input.WithCustomArgument(FfmpegInput.Options)))
                .WithLogLevel(FFMpegLogLevel.Error)
                .ProcessSynchronously(throwOnError: true, new FFOptions { BinaryFolder = folder }, cancellation);
        }
        catch (FFMpegProcessException error)
        {
            cancellation.ThrowIfCancellationRequested();
            throw new UnreadableFileException(path, "", $"ffmpeg finds no sound in it ({FfmpegInput.Reason(error.Result.StandardError, path)})", error);
        }
        catch (FFMpegException error)
        {
            cancellation.ThrowIfCancellationRequested();

            // It is there but does not start.
            throw new FfmpegMissingException($"read {path}", error);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>How long the file says it is, seconds; null where it does not say, or where there is no ffmpeg.</summary>
    /// <param name="path">Any file that ffmpeg reads.</param>
    /// <param name="kind">What has to be in it: "a" for sound, "v" for pictures.</param>
    /// <param name="cancellation">Ends it.</param>
    public static double? Seconds(string path, string kind, CancellationToken cancellation = default)
    {
        if (FindFolder(Environment.GetEnvironmentVariable("PATH") ?? "") is not { } folder) return null;
        var told = new List<string>();
        try
        {
            FFMpegArguments
                .FromFileInput(FfmpegInput.Quoted(path), verifyExists: false, input => input.WithCustomArgument(FfmpegInput.Options))
                .OutputToPipe(new StreamPipeSink(Stream.Null), output => output.WithCustomArgument($"-map 0:{kind}:0 -t 0").ForceFormat("null"))
                .NotifyOnStandardError(told.Add)
                .ProcessSynchronously(throwOnError: false, new FFOptions { BinaryFolder = folder }, cancellation);
        }
        catch (FFMpegException)
        {
            // Whoever reads it says why it cannot be read.
            return null;
        }

        var found = told.Select(line => Duration().Match(line)).FirstOrDefault(match => match.Success);
        return found is not null && TimeSpan.TryParse(found.Groups[1].Value, CultureInfo.InvariantCulture, out var length) && length > TimeSpan.Zero ? length.TotalSeconds : null;
    }

    /// <summary>Whether a file has a track of a kind; false where there is no ffmpeg to tell.</summary>
    /// <param name="path">Any file.</param>
    /// <param name="kind">"a" for sound, "V" for pictures that move: covers are none.</param>
    /// <param name="cancellation">Ends it.</param>
    public static bool Has(string path, string kind, CancellationToken cancellation = default)
    {
        if (FindFolder(Environment.GetEnvironmentVariable("PATH") ?? "") is not { } folder) return false;
        try
        {
            return FFMpegArguments
                .FromFileInput(FfmpegInput.Quoted(path), verifyExists: false, input => input.WithCustomArgument(FfmpegInput.Options))
                .OutputToPipe(new StreamPipeSink(Stream.Null), output => output.WithCustomArgument($"-map 0:{kind}:0 -c copy -t 0").ForceFormat("null"))
                .ProcessSynchronously(throwOnError: false, new FFOptions { BinaryFolder = folder }, cancellation).Success;
        }
        catch (FFMpegException)
        {
            // Whoever reads it says why it cannot be read.
            return false;
        }
    }

    [GeneratedRegex(@"^\s*Duration: ([0-9:.]+),")]
    private static partial Regex Duration();

    /// <summary>The folder that holds ffmpeg, or null.</summary>
    public static string? FindFolder(string searchPath) => searchPath
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .FirstOrDefault(folder => File.Exists(Path.Combine(folder, OperatingSystem.IsWindows() ? "ffmpeg.exe" : "ffmpeg")));
}
