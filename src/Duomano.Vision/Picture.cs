using System.Numerics;
using Duomano.Vision.Hands;

namespace Duomano.Vision;

/// <summary>A picture in memory.</summary>
/// <param name="Width">Pixels across.</param>
/// <param name="Height">Pixels down.</param>
/// <param name="Rgb">Red, green and blue of each pixel, row after row from the top.</param>
public sealed record Picture(int Width, int Height, byte[] Rgb)
{
    /// <summary>Fills a square of numbers from a region of the picture; what is outside of it is black.</summary>
    /// <param name="region">The region.</param>
    /// <param name="size">Pixels of the square's side.</param>
    /// <param name="values">Receives [size, size, 3] numbers, 0 to 1.</param>
    public void Crop(HandRegion region, int size, Span<float> values)
    {
        var (origin, right, down) = (region.ToPicture(Vector2.Zero), region.ToPicture(Vector2.UnitX), region.ToPicture(Vector2.UnitY));
        var (stepRight, stepDown) = ((right - origin) / size, (down - origin) / size);
        for (var y = 0; y < size; y++)
        {
            for (var x = 0; x < size; x++) Sample(origin + (x + 0.5f) * stepRight + (y + 0.5f) * stepDown, values.Slice(3 * (y * size + x), 3));
        }

        Brighten(values[..(3 * size * size)]);
    }

    // Dark rooms are made as bright as the networks are used to, as far as that leaves more than noise.
    private static void Brighten(Span<float> values)
    {
        const int Steps = 64;
        const float Bright = 0.75f, BrightShare = 0.97f, Most = 4;
        Span<int> counts = stackalloc int[Steps];
        foreach (var value in values) counts[Math.Min(Steps - 1, (int)(value * Steps))]++;
        var (level, below) = (0, 0);
        while (level < Steps - 1 && (below += counts[level]) < BrightShare * values.Length) level++;
        var gain = Math.Min(Most, Bright / ((level + 1f) / Steps));
        if (gain <= 1) return;
        for (var i = 0; i < values.Length; i++) values[i] = MathF.Min(1, gain * values[i]);
    }

    // Between the four pixels whose middles are around.
    private void Sample(Vector2 at, Span<float> color)
    {
        at -= new Vector2(0.5f);
        var (left, top) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y));
        var (partX, partY) = (at.X - left, at.Y - top);
        if (left >= 0 && top >= 0 && left < Width - 1 && top < Height - 1)
        {
            var upper = Rgb.AsSpan(3 * (top * Width + left), 6);
            var lower = Rgb.AsSpan(3 * ((top + 1) * Width + left), 6);
            var (a, b) = ((1 - partX) * (1 - partY) / 255, partX * (1 - partY) / 255);
            var (c, d) = ((1 - partX) * partY / 255, partX * partY / 255);
            for (var part = 0; part < 3; part++) color[part] = a * upper[part] + b * upper[3 + part] + c * lower[part] + d * lower[3 + part];
            return;
        }

        color.Clear();
        for (var corner = 0; corner < 4; corner++)
        {
            var (column, row) = (left + corner % 2, top + corner / 2);
            if (column < 0 || row < 0 || column >= Width || row >= Height) continue;
            var share = (corner % 2 == 0 ? 1 - partX : partX) * (corner / 2 == 0 ? 1 - partY : partY) / 255;
            for (var part = 0; part < 3; part++) color[part] += share * Rgb[3 * (row * Width + column) + part];
        }
    }
}
