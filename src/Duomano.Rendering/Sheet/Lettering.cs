using SkiaSharp;

namespace Duomano.Rendering.Sheet;

/// <summary>Text in the embedded typeface, which looks the same on every machine.</summary>
internal sealed class Lettering : IDisposable
{
    private readonly SKTypeface _regular = Load("Regular");
    private readonly SKTypeface _bold = Load("Bold");
    private readonly SKPaint _paint = new() { IsAntialias = true };

    public void Dispose()
    {
        _regular.Dispose();
        _bold.Dispose();
        _paint.Dispose();
    }

    /// <summary>Writes a line.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">What.</param>
    /// <param name="place">Where its base line is, at its left, middle or right.</param>
    /// <param name="size">Height of the letters, pixels.</param>
    /// <param name="color">In which colour.</param>
    /// <param name="bold">Whether it is to be bold.</param>
    /// <param name="align">What <paramref name="place"/> means.</param>
    /// <param name="halo">A colour around the letters that sets them off from what is below; none for none.</param>
    /// <returns>How wide it is.</returns>
    public float Write(SKCanvas canvas, string text, SKPoint place, float size, SKColor color, bool bold = false, SKTextAlign align = SKTextAlign.Left, SKColor? halo = null)
    {
        using var font = new SKFont(bold ? _bold : _regular, size) { Subpixel = true, Edging = SKFontEdging.Antialias };
        if (halo is { } around)
        {
            (_paint.Color, _paint.Style, _paint.StrokeWidth, _paint.StrokeJoin) = (around, SKPaintStyle.Stroke, size * 0.28f, SKStrokeJoin.Round);
            canvas.DrawText(text, place.X, place.Y, align, font, _paint);
            _paint.Style = SKPaintStyle.Fill;
        }

        _paint.Color = color;
        canvas.DrawText(text, place.X, place.Y, align, font, _paint);
        return font.MeasureText(text);
    }

    private static SKTypeface Load(string weight)
    {
        using var stream = typeof(Lettering).Assembly.GetManifestResourceStream($"Roboto-{weight}.ttf")!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
