using System.Globalization;
using Duomano.Core.Files;
using Duomano.Formats.Audio;
using FFMpegCore;
using FFMpegCore.Enums;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;

namespace Duomano.Formats.Video;

/// <summary>Reads the pictures of a video, or a single picture, through ffmpeg.</summary>
public static class VideoReader
{
    // First bytes of pictures, and what ffmpeg calls them.
    private static readonly (byte[] Begin, string Kind)[] Pictures =
    [
        ([0xFF, 0xD8, 0xFF], "jpeg"), ([0x89, (byte)'P', (byte)'N', (byte)'G'], "png"), ([(byte)'B', (byte)'M'], "bmp"), ([(byte)'G', (byte)'I', (byte)'F', (byte)'8'], "gif"),
        ([(byte)'I', (byte)'I', 42, 0], "tiff"), ([(byte)'M', (byte)'M', 0, 42], "tiff"), ([(byte)'R', (byte)'I', (byte)'F', (byte)'F'], "webp"),
    ];

    /// <summary>Takes the next picture.</summary>
    /// <param name="frame">Which, from 0.</param>
    /// <param name="picture">The picture; its bytes are used again when this returns.</param>
    /// <returns>Whether more are wanted.</returns>
    public delegate bool TakePicture(int frame, VideoPicture picture);

    /// <summary>Whether a file is a single picture; its first bytes tell.</summary>
    public static bool IsPicture(string path) => PictureKind(path) is not null;

    /// <summary>Whether there are pictures that move in a file; a cover is none. False where there is no ffmpeg to tell.</summary>
    public static bool HasMovingPictures(string path, CancellationToken cancellation = default) => FfmpegDecoder.Has(path, "V", cancellation);

    /// <summary>How long a video says it is, seconds; null where it does not say.</summary>
    public static double? Seconds(string path, CancellationToken cancellation = default) => FfmpegDecoder.Seconds(path, "v", cancellation);

    /// <summary>Reads a single picture.</summary>
    /// <param name="path">JPEG, PNG, WebP, BMP, GIF or TIFF.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UnreadableFileException">It is none, or damaged.</exception>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    public static VideoPicture ReadPicture(string path, CancellationToken cancellation = default)
    {
        var kind = PictureKind(path) ?? throw new UnreadableFileException(path, "", "is no picture that can be read: JPEG, PNG, WebP, BMP, GIF or TIFF was expected");
        VideoPicture? read = null;
        Run(path, FfmpegInput.PictureOptions(kind), "-frames:v 1", (_, picture) =>
        {
            read = picture;
            return false;
        }, cancellation);
        return read!;
    }

    /// <summary>Reads pictures at an even rate, the first one at the beginning of the file, as they are shown (turned where the camera was).</summary>
    /// <param name="path">Anything with pictures that ffmpeg reads.</param>
    /// <param name="options">Rate, size and part.</param>
    /// <param name="take">Is called for each picture, in order, before this method returns.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>How many pictures were read, and why no more where the file breaks off.</returns>
    /// <exception cref="UnreadableFileException">There are no pictures in it.</exception>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    public static (int Pictures, string? Problem) Read(string path, VideoReadOptions options, TakePicture take, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(take);
        string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);
        var before = options.Start > 0 ? $"{FfmpegInput.Options} -ss {Text(options.Start)}" : FfmpegInput.Options;
        var side = options.LongestSide;
        // A file whose pictures begin late begins with its first one, so that pictures and sound count from the same moment.
        var filters = $"fps={Text(options.Fps)}:start_time=0,scale=w='if(gte(iw,ih),min({side},iw),-2)':h='if(gte(iw,ih),-2,min({side},ih))':flags=area{(options.Mirrored ? ",hflip" : "")}";
        var length = options.Length is { } seconds ? $" -t {Text(seconds)}" : "";
        return Run(path, before, $"-map 0:v:0 -vf {filters}{length}", take, cancellation);
    }

    private static (int Pictures, string? Problem) Run(string path, string input, string output, TakePicture take, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var folder = FfmpegDecoder.FindFolder(Environment.GetEnvironmentVariable("PATH") ?? "") ?? throw new FfmpegMissingException($"read {path}");
        var (pictures, enough) = (0, false);
        Exception? failure = null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var sink = new StreamPipeSink((stream, _) =>
        {
            try
            {
                var reader = new PixmapReader(stream);
                // The next picture is read while the caller looks at this one.
                var picture = reader.Next();
                while (picture is not null && !enough && !cancellation.IsCancellationRequested)
                {
                    var coming = Task.Run(reader.Next, CancellationToken.None);
                    try
                    {
                        enough = !take(pictures++, picture);
                    }
                    finally
                    {
                        Task.WaitAny([coming], CancellationToken.None);
                    }

                    picture = enough ? null : coming.GetAwaiter().GetResult();
                }
            }
            catch (Exception error)
            {
                // What the caller throws is thrown again where the caller waits.
                failure = error;
                enough = true;
            }

            if (enough) ended.Cancel();
            return Task.CompletedTask;
        });

        string? problem = null;
        try
        {
            FFMpegArguments
                .FromFileInput(FfmpegInput.Quoted(path), verifyExists: false, arguments => arguments.WithCustomArgument(input))
                .OutputToPipe(sink, arguments => arguments.WithCustomArgument($"{output} -c:v ppm -pix_fmt rgb24").ForceFormat("image2pipe"))
                .WithLogLevel(FFMpegLogLevel.Error)
                .ProcessSynchronously(throwOnError: true, new FFOptions { BinaryFolder = folder }, ended.Token);
        }
        catch (FFMpegProcessException error)
        {
            problem = FfmpegInput.Reason(error.Result.StandardError, path);
        }
        catch (FFMpegException error) when (!enough)
        {
            cancellation.ThrowIfCancellationRequested();

            // It is there but does not start.
            throw new FfmpegMissingException($"read {path}", error);
        }
        catch (OperationCanceledException) when (enough)
        {
            // Whoever takes the pictures has seen enough.
        }

        cancellation.ThrowIfCancellationRequested();
        if (failure is not null and not EndOfStreamException) System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        if (pictures == 0) throw new UnreadableFileException(path, "", $"ffmpeg finds no pictures in it ({problem ?? failure?.Message ?? "it gives no reason"})");
        return (pictures, enough ? null : problem ?? failure?.Message);
    }

    private static string? PictureKind(string path)
    {
        Span<byte> begin = stackalloc byte[12];
        using var file = OrdinaryFile.OpenRead(path);
        var read = file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false);
        foreach (var (known, kind) in Pictures)
        {
            if (read >= begin.Length && begin.StartsWith(known) && (kind != "webp" || begin[8..].SequenceEqual("WEBP"u8))) return kind;
        }

        return null;
    }
}
