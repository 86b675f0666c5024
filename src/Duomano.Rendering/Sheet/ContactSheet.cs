using System.Globalization;
using System.Runtime.InteropServices;
using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Formats.Avatars;
using Duomano.Rendering.Scene;
using SkiaSharp;

namespace Duomano.Rendering.Sheet;

/// <summary>
/// A picture of a performance: the whole piano roll, and the moments that matter with the hands from above and from the
/// player's side, the notes around them and the fingers that play.
/// </summary>
public static class ContactSheet
{
    private const int Columns = 2;
    private const int MostMoments = 6;
    private const int Margin = 28;
    private const int PictureWidth = 452;
    private const int PictureHeight = 288;
    private const int Gap = 4;
    private const int PanelWidth = 2 * PictureWidth + Gap;
    private const int RollHeight = 124;
    private const int CaptionHeight = 38;
    private const int PanelHeight = CaptionHeight + PictureHeight + Gap + RollHeight + 26;
    private const int HeadHeight = 200;

    // Around a moment, seconds.
    private const double RollBefore = 1.2;
    private const double RollAfter = 2.0;

    private static readonly SKColor Paper = new(0xF8, 0xF7, 0xF4);
    private static readonly SKColor Ink = new(0x22, 0x22, 0x24);
    private static readonly SKColor Faint = new(0x77, 0x74, 0x70);
    private static readonly SKColor Now = new(0xC8, 0x1E, 0x3A);

    /// <summary>Writes a PNG file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="clip">The performance.</param>
    /// <param name="title">What it is called.</param>
    /// <param name="threads">Threads to draw with.</param>
    /// <param name="avatar">Who plays; null for hands alone.</param>
    /// <param name="progress">Told the share that is drawn, 0 to 1.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    public static void Write(string path, TwoHandClip clip, string title, int threads, AvatarSkin? avatar = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        WholeFile.Write(path, stream => Write(stream, clip, title, threads, avatar, progress, cancellation), cancellation);
    }

    /// <summary>Writes PNG to a stream.</summary>
    public static void Write(Stream stream, TwoHandClip clip, string title, int threads, AvatarSkin? avatar = null, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentException.ThrowIfNullOrEmpty(title);
        var actor = AvatarActor.Of(avatar, clip.Fps);
        var moments = MomentFinder.Find(clip, MostMoments);
        var rows = (moments.Count + Columns - 1) / Columns;
        var width = 2 * Margin + Columns * PanelWidth + (Columns - 1) * Margin;
        using var bitmap = new SKBitmap(width, HeadHeight + rows * PanelHeight + Margin / 2, SKColorType.Bgra8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        using var lettering = new Lettering();
        canvas.Clear(Paper);
        var roll = clip.Notes.Count > 0 ? new PianoRoll(clip.Notes, clip.Pedal) : null;
        DrawHead(canvas, lettering, clip, title, roll, moments, width);
        for (var i = 0; i < moments.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var corner = new SKPoint(Margin + i % Columns * (PanelWidth + Margin), HeadHeight + i / Columns * PanelHeight);
            DrawPanel(canvas, lettering, clip, i + 1, moments[i], corner, threads, actor);
            progress?.Report((i + 1.0) / moments.Count);
        }

        using var data = bitmap.Encode(SKEncodedImageFormat.Png, 100);
        data.SaveTo(stream);
    }

    private static void DrawHead(SKCanvas canvas, Lettering lettering, TwoHandClip clip, string title, PianoRoll? roll, IReadOnlyList<Moment> moments, int width)
    {
        lettering.Write(canvas, title, new(Margin, 48), 30, Ink, bold: true);
        var facts = $"{Clock(clip.Duration)}  ·  {clip.Notes.Count} notes";
        var at = width - Margin - 250f;
        lettering.Write(canvas, facts, new(at - 20, 48), 17, Faint, align: SKTextAlign.Right);
        foreach (var side in HandSides.Both)
        {
            using var paint = new SKPaint { Color = Palette.Of(side), IsAntialias = true };
            canvas.DrawCircle(at, 42, 7, paint);
            at += 20 + lettering.Write(canvas, $"{side.Name()} hand", new(at + 14, 48), 17, Ink) + 24;
        }

        if (roll is null) return;
        var area = SKRect.Create(Margin, 68, width - 2 * Margin, HeadHeight - 68 - 24);
        roll.Draw(canvas, area, 0, clip.Duration, null);
        for (var i = 0; i < moments.Count; i++)
        {
            var x = area.Left + (float)(moments[i].Frame / clip.Fps / clip.Duration) * area.Width;
            DrawLine(canvas, x, area.Top, area.Bottom);
            using var paint = new SKPaint { Color = Now, IsAntialias = true };
            canvas.DrawCircle(x, area.Top - 2, 9, paint);
            lettering.Write(canvas, $"{i + 1}", new(x, area.Top + 2.5f), 12, SKColors.White, bold: true, SKTextAlign.Center);
        }
    }

    private static void DrawPanel(SKCanvas canvas, Lettering lettering, TwoHandClip clip, int number, Moment moment, SKPoint corner, int threads, AvatarActor? avatar)
    {
        var time = moment.Frame / clip.Fps;
        using (var paint = new SKPaint { Color = Now, IsAntialias = true }) canvas.DrawCircle(corner.X + 11, corner.Y + 20, 11, paint);
        lettering.Write(canvas, $"{number}", new(corner.X + 11, corner.Y + 25), 14, SKColors.White, bold: true, SKTextAlign.Center);
        var wide = lettering.Write(canvas, moment.Name, new(corner.X + 30, corner.Y + 26), 19, Ink, bold: true);
        lettering.Write(canvas, $"at {Clock(time)}", new(corner.X + 42 + wide, corner.Y + 26), 16, Faint);
        var stretch = CameraViews.Stretch(clip, moment.Frame, moment.Frame + 1);
        foreach (var view in (ReadOnlySpan<CameraView>)[CameraView.Top, avatar?.Body.Humanoid.Has("hips") == true ? CameraView.Side : CameraView.Player])
        {
            var left = corner.X + (view == CameraView.Top ? 0 : PictureWidth + Gap);
            DrawScene(canvas, clip, moment.Frame, CameraViews.Camera(view, stretch, PictureWidth, PictureHeight), new(left, corner.Y + CaptionHeight), threads, avatar);
        }

        if (clip.Notes.Count == 0) return;
        var area = SKRect.Create(corner.X, corner.Y + CaptionHeight + PictureHeight + Gap, PanelWidth, RollHeight);
        new PianoRoll(clip.Notes, time - RollBefore, time + RollAfter, clip.Pedal).Draw(canvas, area, time - RollBefore, time + RollAfter, lettering);
        DrawLine(canvas, area.Left + (float)(RollBefore / (RollBefore + RollAfter)) * area.Width, area.Top, area.Bottom);
    }

    private static void DrawScene(SKCanvas canvas, TwoHandClip clip, int frame, Camera camera, SKPoint corner, int threads, AvatarActor? avatar)
    {
        var picture = new uint[camera.Width * camera.Height];
        new ClipStage(clip, camera, threads, avatar).Draw(frame, picture);
        using var bitmap = new SKBitmap(camera.Width, camera.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
        MemoryMarshal.AsBytes(picture.AsSpan()).CopyTo(bitmap.GetPixelSpan());
        canvas.DrawBitmap(bitmap, corner.X, corner.Y, SKSamplingOptions.Default);
    }

    private static void DrawLine(SKCanvas canvas, float x, float top, float bottom)
    {
        using var paint = new SKPaint { Color = Now, IsAntialias = true, StrokeWidth = 1.5f };
        canvas.DrawLine(x, top, x, bottom, paint);
    }

    private static string Clock(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)}:{seconds % 60:00.0}");
}
