using System.Runtime.InteropServices;
using Duomano.Core.Motion;
using Duomano.Formats.Audio;
using Duomano.Formats.Video;
using Duomano.Rendering.Scene;
using Duomano.Rendering.Sheet;
using SkiaSharp;

namespace Duomano.Rendering.Video;

/// <summary>A performance as video: the hands at the keys, and the notes with their fingers' numbers coming towards them.</summary>
public static class PerformanceVideo
{
    /// <summary>Pictures a second.</summary>
    public const double Fps = 30;

    private static readonly SKColor Bright = new(0xFF, 0xFF, 0xFF);
    private static readonly SKColor Faint = new(0xFF, 0xFF, 0xFF, 0xB0);

    /// <summary>Writes an MP4 file.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="clip">The performance.</param>
    /// <param name="options">How it is shown.</param>
    /// <param name="progress">Is told which share is done.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="ArgumentException">There is nothing to show.</exception>
    /// <exception cref="FfmpegMissingException">There is no ffmpeg.</exception>
    public static void Write(string path, TwoHandClip clip, VideoOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(clip);
        ArgumentNullException.ThrowIfNull(options);
        if (clip.FrameCount == 0) throw new ArgumentException("A video needs at least one frame of motion.", nameof(clip));
        var shown = clip.Resample(Fps);
        if (options.Camera is { } filming) options = options with { Width = filming.Width, Height = filming.Height, Title = "" };
        using var painter = new FramePainter(shown, options);
        uint[]? drawn = null;
        VideoFile.Write(path, new(options.Width, options.Height, Fps, shown.FrameCount), Draw, options.Sound, new(options.Title, options.Credits), cancellation);

        // What is drawn stays as it is, for only what moves is drawn anew.
        void Draw(int frame, uint[] picture)
        {
            if (options.Develop is null)
            {
                painter.Draw(frame, picture);
            }
            else
            {
                painter.Draw(frame, drawn ??= new uint[picture.Length]);
                drawn.CopyTo(picture, 0);
                options.Develop(picture);
            }

            progress?.Report((frame + 1.0) / shown.FrameCount);
        }
    }

    /// <summary>Draws single pictures of a video.</summary>
    internal sealed class FramePainter : IDisposable
    {
        private readonly TwoHandClip _clip;
        private readonly VideoOptions _options;
        private readonly NoteLane? _lane;
        private readonly ClipStage _stage;
        private readonly Lettering _lettering = new();
        private readonly int[] _pedal;
        private readonly PedalGauge? _gauge;

        public FramePainter(TwoHandClip clip, VideoOptions options)
        {
            (_clip, _options) = (clip, options);
            _lane = options.Camera is null ? new(clip.Notes, options.View) : null;
            var camera = options.Camera ?? CameraViews.WithLane(options.View, CameraViews.Stretch(clip, 0, clip.FrameCount), options.Width, options.Height);
            _stage = new(clip, camera, options.Threads, AvatarActor.Of(options.Avatar, clip.Fps), _lane) { HasMarks = _lane is not null };
            _pedal = clip.PedalFrames();
            _gauge = clip.Pedal.Count > 0 && _lane is not null ? new(options.Height) : null;
        }

        public void Dispose() => _lettering.Dispose();

        public void Draw(int frame, uint[] picture)
        {
            var unit = _options.Height / 1080f;
            var texts = Numbers(frame / _clip.Fps, unit).ToList();
            if (_options.Title.Length > 0) texts.Add(new(_options.Title, new(28 * unit, 50 * unit), 28 * unit, false));
            foreach (var text in texts)
            {
                var (left, right) = text.IsNumber ? (text.Place.X - text.Size, text.Place.X + text.Size) : (0, _options.Width);
                _stage.Ink(new(left, text.Place.Y - text.Size * 1.2f), new(right, text.Place.Y + text.Size * 0.4f));
            }

            if (_gauge is not null) _stage.Ink(_gauge.Low, _gauge.High);
            _stage.Draw(frame, picture);
            var pin = GCHandle.Alloc(picture, GCHandleType.Pinned);
            try
            {
                var info = new SKImageInfo(_options.Width, _options.Height, SKColorType.Bgra8888, SKAlphaType.Opaque);
                using var surface = SKSurface.Create(info, pin.AddrOfPinnedObject(), info.RowBytes);
                foreach (var (words, place, size, isNumber) in texts)
                {
                    _lettering.Write(surface.Canvas, words, place, size, isNumber ? Bright : Faint, bold: isNumber, isNumber ? SKTextAlign.Center : SKTextAlign.Left);
                }

                _gauge?.Draw(surface.Canvas, _lettering, _pedal[frame] / 127f);
                surface.Canvas.Flush();
            }
            finally
            {
                pin.Free();
            }
        }

        private IEnumerable<Text> Numbers(double time, float unit)
        {
            foreach (var (note, near, far) in _lane?.At(time) ?? [])
            {
                // At its end a note is too short for its number.
                if (note.Finger is not { } finger || far < MathF.Min(0.008f, (float)note.Duration * 0.03f)) continue;

                // As large as the bar is wide, near the end that arrives first; a note that is being played keeps its number in sight.
                var middle = MathF.Min(near + 0.0095f, MathF.Max((near + far) / 2, 0.0075f));
                var place = _stage.Camera.Project(_lane!.Point(note.Key.CenterX, middle, 3));
                var above = _stage.Camera.Project(_lane!.Point(note.Key.CenterX, middle + 0.0125f, 3));
                var size = Math.Clamp((place - above).Length() * 1.25f, 9 * unit, 34 * unit);
                yield return new($"{(int)finger}", new(place.X, place.Y + size * 0.36f), size, true);
            }
        }

        private readonly record struct Text(string Words, SKPoint Place, float Size, bool IsNumber);
    }
}
