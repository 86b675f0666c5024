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
    }

    // Between the four pixels whose middles are around.
    private void Sample(Vector2 at, Span<float> color)
    {
        at -= new Vector2(0.5f);
        var (left, top) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y));
        var (partX, partY) = (at.X - left, at.Y - top);
        color.Clear();
        for (var y = 0; y < 2; y++)
        {
            for (var x = 0; x < 2; x++)
            {
                var (column, row) = (left + x, top + y);
                if (column < 0 || row < 0 || column >= Width || row >= Height) continue;
                var share = (x == 0 ? 1 - partX : partX) * (y == 0 ? 1 - partY : partY) / 255;
                var pixel = 3 * (row * Width + column);
                for (var part = 0; part < 3; part++) color[part] += share * Rgb[pixel + part];
            }
        }
    }
}
