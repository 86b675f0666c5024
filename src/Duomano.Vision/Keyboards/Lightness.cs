using System.Numerics;
using Duomano.Vision.Hands;

namespace Duomano.Vision.Keyboards;

/// <summary>
/// How light each pixel of a picture is, 0 to 255: the strongest of red, green and blue, so that white keys stay lighter than black ones in coloured
/// light. Places are in the pixels of the original picture also when it was made smaller.
/// </summary>
internal sealed class Lightness
{
    private readonly float[] _values;
    private readonly int _width, _height;
    private readonly IReadOnlyList<HandRegion> _covered;
    private readonly float _scale;
    private readonly LensDistortion? _lens;

    private Lightness(float[] values, int width, int height, float scale, IReadOnlyList<HandRegion> covered, LensDistortion? lens = null) =>
        (_values, _width, _height, _scale, _covered, _lens) = (values, width, height, scale, covered, lens);

    /// <summary>Pixels of this picture in one of the original, 1 or less.</summary>
    public float Scale => _scale;

    /// <summary>Pixels across and down of the original.</summary>
    public Vector2 Size => new(_width / _scale, _height / _scale);

    /// <summary>Reads a picture.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="longest">Pixels that its longer side may have; larger ones are made smaller by a whole factor.</param>
    /// <param name="covered">Regions whose pixels tell nothing.</param>
    public static Lightness Of(Picture picture, int longest, IReadOnlyList<HandRegion> covered)
    {
        var factor = Math.Max(1, (int)MathF.Round(Math.Max(picture.Width, picture.Height) / (float)longest));
        var (width, height) = (Math.Max(1, picture.Width / factor), Math.Max(1, picture.Height / factor));
        var values = new float[width * height];
        var share = 1f / (factor * factor);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var sum = 0;
                for (var row = y * factor; row < (y + 1) * factor; row++)
                {
                    var pixel = 3 * (row * picture.Width + x * factor);
                    for (var column = 0; column < factor; column++, pixel += 3) sum += Math.Max(picture.Rgb[pixel], Math.Max(picture.Rgb[pixel + 1], picture.Rgb[pixel + 2]));
                }

                values[y * width + x] = share * sum;
            }
        }

        return new(values, width, height, 1f / factor, covered);
    }

    /// <summary>The same picture with places as they would be without a lens's distortion.</summary>
    public Lightness Through(LensDistortion lens) => new(_values, _width, _height, _scale, _covered, lens);

    /// <summary>Whether a place is inside of the picture.</summary>
    public bool IsInside(Vector2 place)
    {
        if (_lens is not null) place = _lens.Bend(place);
        return place.X >= 0 && place.Y >= 0 && place.X < Size.X && place.Y < Size.Y;
    }

    /// <summary>The lightness at a place, between the four pixels around; NaN outside of the picture and where it is covered.</summary>
    public float At(Vector2 place)
    {
        if (_lens is not null) place = _lens.Bend(place);
        var at = place * _scale - new Vector2(0.5f);
        var (left, top) = ((int)MathF.Floor(at.X), (int)MathF.Floor(at.Y));
        if (left < 0 || top < 0 || left >= _width - 1 || top >= _height - 1 || !float.IsFinite(at.X + at.Y) || IsCovered(place)) return float.NaN;
        var (x, y) = (at.X - left, at.Y - top);
        var i = top * _width + left;
        return (1 - y) * ((1 - x) * _values[i] + x * _values[i + 1]) + y * ((1 - x) * _values[i + _width] + x * _values[i + _width + 1]);
    }

    private bool IsCovered(Vector2 place)
    {
        foreach (var region in _covered)
        {
            if (region.Contains(place)) return true;
        }

        return false;
    }
}
