using System.Numerics;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Hands;

/// <summary>Where hands are looked for when it is known where the keyboard is.</summary>
public static class HandPlaces
{
    // Squares' sides, and how far apart their middles are, metres; where these are, from the keys' front edge on, and how far along the keyboard.
    private const float Square = 0.42f, Apart = 0.2f, Z = 0.02f, Farthest = 0.6f;

    /// <summary>Overlapping squares along the keyboard, turned so that hands point upwards in them, and the whole picture.</summary>
    /// <param name="keyboard">Where it is.</param>
    /// <param name="width">Pixels across.</param>
    /// <param name="height">Pixels down.</param>
    public static List<HandRegion> Along(KeyboardSighting keyboard, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(keyboard);
        var regions = new List<HandRegion>();
        for (var x = -Farthest; x <= Farthest + 0.01f; x += Apart)
        {
            var (middle, ahead) = (keyboard.InPicture(new(x, Z)), keyboard.InPicture(new(x, Z - Square / 4)));
            var size = Vector2.Distance(keyboard.InPicture(new(x - Square / 2, Z)), keyboard.InPicture(new(x + Square / 2, Z)));
            if (!float.IsFinite(size) || middle.X < -size / 4 || middle.Y < -size / 4 || middle.X > width + size / 4 || middle.Y > height + size / 4) continue;
            var way = ahead - middle;
            regions.Add(new(middle, size, MathF.Atan2(way.X, -way.Y)));
        }

        regions.Add(new(new Vector2(width, height) / 2, Math.Max(width, height), 0));
        return regions;
    }
}
