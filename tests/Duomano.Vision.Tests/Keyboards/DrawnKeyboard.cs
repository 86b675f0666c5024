using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Tests.Keyboards;

/// <summary>A keyboard drawn as a camera would see it, in a dark frame on a grey floor.</summary>
internal sealed record DrawnKeyboard(int Width, int Height, Homography ToKeys)
{
    /// <summary>Keys that exist.</summary>
    public PianoKey Lowest { get; init; } = PianoKey.All[0];

    public PianoKey Highest { get; init; } = PianoKey.All[^1];

    /// <summary>Middles, pixels, and radii of what covers keys.</summary>
    public IReadOnlyList<(Vector2 Place, float Radius)> Hands { get; init; } = [];

    /// <summary>How light it is, 1 in daylight, for red, green and blue.</summary>
    public Vector3 Light { get; init; } = Vector3.One;

    public int Noise { get; init; } = 6;

    /// <summary>The lens's distortion; null for none.</summary>
    public LensDistortion? Lens { get; init; }

    /// <summary>The pixel at which a place of the keys is seen.</summary>
    public Vector2 InPicture(Vector2 place)
    {
        var straight = ToKeys.Inverted().Apply(place);
        return Lens?.Bend(straight) ?? straight;
    }

    /// <summary>One whose far left, far right, near right and near left corners of 88 keys are at places of the picture.</summary>
    public static DrawnKeyboard At(int width, int height, Vector2 farLeft, Vector2 farRight, Vector2 nearRight, Vector2 nearLeft) =>
        new(width, height, Homography.Fit([farLeft, farRight, nearRight, nearLeft], [new(-0.611f, -0.15f), new(0.611f, -0.15f), new(0.611f, 0), new(-0.611f, 0)]));

    /// <summary>Draws it.</summary>
    public Picture Draw(int seed = 1)
    {
        var random = new Random(seed);
        var rgb = new byte[3 * Width * Height];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                var color = Vector3.Zero;
                foreach (var (right, down) in ((float, float)[])[(0.25f, 0.25f), (0.75f, 0.75f)]) color += Color(new(x + right, y + down)) / 2;
                color *= Light * (0.75f + 0.25f * x / Width);
                for (var part = 0; part < 3; part++) rgb[3 * (y * Width + x) + part] = (byte)Math.Clamp(color[part] + random.Next(-Noise, Noise + 1), 0, 255);
            }
        }

        return new(Width, Height, rgb);
    }

    private Vector3 Color(Vector2 pixel)
    {
        foreach (var (place, radius) in Hands)
        {
            if (Vector2.Distance(place, pixel) < radius) return new(200, 150, 120);
        }

        var at = ToKeys.Apply(Lens?.Straighten(pixel) ?? pixel);
        if (PianoKey.Under(at.X, at.Y) is { } key && key >= Lowest && key <= Highest)
        {
            if (key.IsBlack) return new(25, 25, 28);
            var (left, right) = key.ExtentX(at.Y);
            return Math.Min(at.X - left, right - at.X) < 0.0005f ? new(90, 90, 90) : new(225, 222, 215);
        }

        return Math.Abs(at.X) < 0.7f && at.Y is > -0.25f and < 0.04f ? new(30, 24, 20) : new(120, 110, 100);
    }
}
