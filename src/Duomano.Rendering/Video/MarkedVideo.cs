using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Rendering.Scene;
using Duomano.Rendering.Sheet;
using SkiaSharp;

namespace Duomano.Rendering.Video;

/// <summary>A video with something drawn over its pictures.</summary>
public static class MarkedVideo
{
    // Pictures that are read before they are drawn on.
    private const int Ahead = 2;

    /// <summary>Writes an MP4 file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="source">The video.</param>
    /// <param name="reading">Which of its pictures, and how large.</param>
    /// <param name="frames">How many pictures.</param>
    /// <param name="hasSound">Whether its sound is taken over.</param>
    /// <param name="marks">What is drawn over each picture.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    public static void Write(string path, string source, VideoReadOptions reading, int frames, bool hasSound, Func<int, PictureMarks> marks, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(reading);
        ArgumentNullException.ThrowIfNull(marks);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using var pictures = new BlockingCollection<VideoPicture>(Ahead);
        var reader = Task.Run(() => Fill(source, reading, frames, pictures, stop.Token), CancellationToken.None);
        try
        {
            var first = pictures.Take(stop.Token);
            // H.264 stores colours for squares of four pixels.
            var (width, height) = (first.Width / 2 * 2, first.Height / 2 * 2);
            using var lettering = new Lettering();
            VideoFile.Write(path, new(width, height, reading.Fps, frames), Draw, hasSound ? new(source, reading.Start) : null, cancellation: cancellation);

            void Draw(int frame, uint[] picture)
            {
                var shown = frame == 0 ? first : pictures.Take(stop.Token);
                Copy(shown, picture, width, height);
                Mark(picture, width, height, marks(frame), lettering);
                progress?.Report((frame + 1.0) / frames);
            }
        }
        catch (Exception error) when (error is OperationCanceledException or InvalidOperationException && reader.IsFaulted)
        {
            reader.GetAwaiter().GetResult();
        }
        finally
        {
            stop.Cancel();
            try
            {
                reader.GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                // Nobody takes more pictures.
            }
        }
    }

    private static void Fill(string source, VideoReadOptions reading, int frames, BlockingCollection<VideoPicture> pictures, CancellationToken cancellation)
    {
        try
        {
            VideoReader.Read(source, reading, (frame, picture) =>
            {
                pictures.Add(picture with { Rgb = [.. picture.Rgb] }, cancellation);
                return frame + 1 < frames;
            }, cancellation);
        }
        finally
        {
            pictures.CompleteAdding();
        }
    }

    private static void Copy(VideoPicture from, uint[] to, int width, int height)
    {
        for (var row = 0; row < height; row++)
        {
            var source = from.Rgb.AsSpan(3 * row * from.Width, 3 * width);
            var target = to.AsSpan(row * width, width);
            for (var i = 0; i < target.Length; i++) target[i] = 0xFF000000u | (uint)source[3 * i] << 16 | (uint)source[3 * i + 1] << 8 | source[3 * i + 2];
        }
    }

    private static void Mark(uint[] picture, int width, int height, PictureMarks marks, Lettering lettering)
    {
        var unit = Math.Max(width, height) / 1280f;
        var pin = GCHandle.Alloc(picture, GCHandleType.Pinned);
        try
        {
            var info = new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Opaque);
            using var surface = SKSurface.Create(info, pin.AddrOfPinnedObject(), info.RowBytes);
            using var paint = new SKPaint { IsAntialias = true, StrokeWidth = 2 * unit, StrokeCap = SKStrokeCap.Round };
            var canvas = surface.Canvas;
            foreach (var (hand, from, to) in marks.Lines)
            {
                paint.Color = Palette.Of(hand);
                canvas.DrawLine(from.X, from.Y, to.X, to.Y, paint);
            }

            foreach (var (hand, place) in marks.Points)
            {
                paint.Color = SKColors.White;
                canvas.DrawCircle(place.X, place.Y, 3.5f * unit, paint);
                paint.Color = Palette.Of(hand);
                canvas.DrawCircle(place.X, place.Y, 2.5f * unit, paint);
            }

            foreach (var (hand, place, words) in marks.Words)
            {
                lettering.Write(canvas, words, new(place.X, place.Y + 7 * unit), 20 * unit, SKColors.White, bold: true, SKTextAlign.Center, halo: Palette.Of(hand));
            }

            canvas.Flush();
        }
        finally
        {
            pin.Free();
        }
    }
}
