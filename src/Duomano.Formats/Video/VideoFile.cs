using System.Globalization;
using System.Runtime.InteropServices;
using System.Threading.Channels;
using Duomano.Core.Files;
using Duomano.Formats.Audio;
using FFMpegCore;
using FFMpegCore.Enums;
using FFMpegCore.Exceptions;
using FFMpegCore.Pipes;

namespace Duomano.Formats.Video;

/// <summary>Writes pictures and sound as video (H.264 and AAC in MP4) through ffmpeg.</summary>
public static class VideoFile
{
    // A keyboard stands still: looking ahead and spending bits on what stays makes a quarter of the size for little time, and
    // pictures between others (B-frames), as many in a row as the encoder takes well, cost least of all.
    private const string Effort = "-preset superfast -x264-params mbtree=1:rc-lookahead=10:bframes=7:b-adapt=0:weightp=0 -crf 20";

    // Pictures that wait for ffmpeg, whose pace is uneven: some pictures take it several times as long as others.
    private const int Waiting = 4;

    // About −2.2 dBFS: decoded AAC goes a little beyond what was encoded.
    private const double HighestPeak = 0.78;

    /// <summary>Draws one picture.</summary>
    /// <param name="frame">Which, from 0.</param>
    /// <param name="picture">[height × width] pixels to fill, 0xFFRRGGBB.</param>
    public delegate void DrawFrame(int frame, uint[] picture);

    /// <summary>Whether videos can be written here.</summary>
    public static bool IsAvailable => FfmpegDecoder.FindFolder(Environment.GetEnvironmentVariable("PATH") ?? "") is not null;

    /// <summary>Fails unless videos can be written here.</summary>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    public static void EnsureAvailable(string path) => _ = FindFolder(path);

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="format">Size, rate and length.</param>
    /// <param name="draw">Is called once for each picture, in order.</param>
    /// <param name="sound">Its sound, or null for none.</param>
    /// <param name="imprint">What its metadata tell of the piece.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <remarks>What <paramref name="draw"/> throws comes through, and there is no file.</remarks>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    /// <exception cref="InvalidOperationException">ffmpeg cannot write it; the message has its reason.</exception>
    public static void Write(string path, VideoFormat format, DrawFrame draw, VideoSound? sound = null, Imprint? imprint = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(format);
        ArgumentNullException.ThrowIfNull(draw);
        var folder = FindFolder(path);
        WholeFile.WriteBeside(path, beside => Encode(path, beside, format, draw, sound, imprint ?? Imprint.None, folder, cancellation));
    }

    private static string FindFolder(string path) =>
        FfmpegDecoder.FindFolder(Environment.GetEnvironmentVariable("PATH") ?? "") ?? throw new FfmpegMissingException($"write {path}");

    private static void Encode(string path, string beside, VideoFormat format, DrawFrame draw, VideoSound? sound, Imprint imprint, string folder, CancellationToken cancellation)
    {
        var frames = new Frames(format, draw, cancellation);
        var arguments = FFMpegArguments.FromPipeInput(frames);
        if (sound is not null) arguments.AddFileInput(FfmpegInput.Quoted(sound.Path), verifyExists: false, input => input.WithCustomArgument($"{FfmpegInput.Options} -ss {Text(sound.Start)}"));
        var maps = sound is null ? "-map 0:v" : $"-map 0:v -map 1:a:0 -c:a aac -b:a 192k -ac 2{Level(sound, folder, cancellation)}";
        try
        {
            arguments
                .OutputToFile(FfmpegInput.Quoted(beside), overwrite: true, output => output
                    .WithCustomArgument($"{maps} -t {Text(format.FrameCount / format.Fps)} -map_metadata -1 {Metadata(imprint)} -movflags +faststart")
                    .WithCustomArgument("-pix_fmt yuv420p -color_range tv -colorspace bt709 -color_primaries bt709 -color_trc bt709")
                    .WithCustomArgument("-c:v libx264 " + Effort))
                .WithLogLevel(FFMpegLogLevel.Error)
                .ProcessSynchronously(throwOnError: true, new FFOptions { BinaryFolder = folder }, cancellation);
        }
        catch (Exception error) when (error is FFMpegException or IOException)
        {
            cancellation.ThrowIfCancellationRequested();
            var reason = error is FFMpegProcessException process ? FfmpegInput.Reason(process.Result.StandardError, sound?.Path ?? beside) : error.Message;
            throw new InvalidOperationException($"{path}: ffmpeg cannot write it ({reason})", error);
        }

        cancellation.ThrowIfCancellationRequested();
    }

    // Made as loud as is wanted, with peaks that stay below where AAC would clip them.
    private static string Level(VideoSound sound, string folder, CancellationToken cancellation)
    {
        if (sound.Loudness is not { } wanted || LoudnessMeter.Measure(sound.Path, folder, cancellation) is not { } measured) return "";
        return string.Create(CultureInfo.InvariantCulture, $" -af volume={wanted - measured:0.##}dB,alimiter=limit={HighestPeak}:level=false:attack=2:release=60:latency=true");
    }

    private static string Metadata(Imprint imprint)
    {
        var known = new (string Key, string? Value)[] { ("title", imprint.Title), ("artist", imprint.Credits is [var first, ..] ? first : null), ("copyright", imprint.Credits is [_, .., var last] ? last : null), ("comment", Imprint.MadeWith) };
        return string.Join(' ', known.Where(pair => !string.IsNullOrWhiteSpace(pair.Value)).Select(pair => $"-metadata \"{pair.Key}={Word(pair.Value!)}\""));
    }

    // As a word of the command line in quotation marks.
    private static string Word(string value) => new string([.. value.Select(c => char.IsControl(c) ? ' ' : c)]).Replace('\\', '/').Replace("\"", "\\\"", StringComparison.Ordinal);

    private static string Text(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    // Pictures are drawn while ffmpeg takes those before.
    private sealed class Frames(VideoFormat format, DrawFrame draw, CancellationToken cancellation) : IPipeSource
    {
        public string GetStreamArguments() => $"-f rawvideo -r {Text(format.Fps)} -pix_fmt yuv420p -color_range tv -s {format.Width}x{format.Height}";

        public async Task WriteAsync(Stream outputStream, CancellationToken cancellationToken)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var free = Channel.CreateUnbounded<byte[]>();
            var drawn = Channel.CreateUnbounded<byte[]>();
            for (var i = 0; i < Waiting; i++) free.Writer.TryWrite(new byte[PlanarPicture.Length(format.Width, format.Height)]);
            var sending = SendAsync();
            try
            {
                var picture = new uint[format.Width * format.Height];
                for (var frame = 0; frame < format.FrameCount; frame++)
                {
                    cancellation.ThrowIfCancellationRequested();
                    draw(frame, picture);
                    var planes = await free.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
                    PlanarPicture.Convert(picture, format.Width, format.Height, planes);
                    drawn.Writer.TryWrite(planes);
                }
            }
            catch (ChannelClosedException)
            {
                // ffmpeg takes no more; sending has the reason.
            }
            catch
            {
                await stop.CancelAsync().ConfigureAwait(false);
                await sending.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            drawn.Writer.TryComplete();
            await sending.ConfigureAwait(false);

            async Task SendAsync()
            {
                try
                {
                    await foreach (var planes in drawn.Reader.ReadAllAsync(stop.Token).ConfigureAwait(false))
                    {
                        await outputStream.WriteAsync(planes, stop.Token).ConfigureAwait(false);
                        free.Writer.TryWrite(planes);
                    }
                }
                finally
                {
                    free.Writer.TryComplete();
                }
            }
        }
    }
}
