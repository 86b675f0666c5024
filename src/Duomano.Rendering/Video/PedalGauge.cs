using System.Numerics;
using Duomano.Rendering.Sheet;
using SkiaSharp;

namespace Duomano.Rendering.Video;

/// <summary>How far the sustain pedal is down, in the lower left corner of a video: a bar that fills downwards, as a foot goes down.</summary>
internal sealed class PedalGauge
{
    private static readonly SKColor Ground = new(0xFF, 0xFF, 0xFF, 0x30);
    private static readonly SKColor Filled = new(0xFF, 0xD1, 0x66);
    private static readonly SKColor Faint = new(0xFF, 0xFF, 0xFF, 0xB0);

    private readonly float _unit;
    private readonly SKRect _bar;

    /// <summary>Finds its place.</summary>
    /// <param name="height">Of the picture, pixels.</param>
    public PedalGauge(int height)
    {
        _unit = height / 1080f;
        _bar = SKRect.Create(34 * _unit, height - 150 * _unit, 26 * _unit, 96 * _unit);
    }

    /// <summary>The corner of what is drawn that has the lower coordinates, pixels.</summary>
    public Vector2 Low => new(_bar.Left - 14 * _unit, _bar.Top - 2);

    /// <summary>The corner across from it.</summary>
    public Vector2 High => new(_bar.Right + 40 * _unit, _bar.Bottom + 38 * _unit);

    /// <summary>The bar, pixels.</summary>
    public SKRect Bar => _bar;

    /// <summary>Draws it.</summary>
    /// <param name="canvas">The picture.</param>
    /// <param name="lettering">Writes its name.</param>
    /// <param name="down">0 up to 1 down.</param>
    public void Draw(SKCanvas canvas, Lettering lettering, float down)
    {
        using var paint = new SKPaint { Color = Ground, IsAntialias = true };
        var corner = 6 * _unit;
        canvas.DrawRoundRect(_bar, corner, corner, paint);
        if (down > 0)
        {
            canvas.Save();
            canvas.ClipRect(new(_bar.Left, _bar.Top, _bar.Right, _bar.Top + _bar.Height * down));
            paint.Color = Filled;
            canvas.DrawRoundRect(_bar, corner, corner, paint);
            canvas.Restore();
        }

        lettering.Write(canvas, "pedal", new(_bar.Left - 10 * _unit, _bar.Bottom + 28 * _unit), 22 * _unit, Faint);
    }
}
