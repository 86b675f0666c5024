using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Hands;

namespace Duomano.Vision.Keyboards;

/// <summary>A place on an edge between a dark and a light part of the keys.</summary>
/// <param name="Kind">Which side of a key it is.</param>
/// <param name="Place">Pixels in the first picture, without the lens's distortion.</param>
/// <param name="ToLight">Across the edge to its light side, one pixel long.</param>
/// <param name="Offset">How far along that the edge was in the first picture, pixels.</param>
/// <param name="Strength">How steep it was, in 255ths a pixel.</param>
internal readonly record struct KeyEdge(KeyEdgeKind Kind, Vector2 Place, Vector2 ToLight, float Offset, float Strength);

/// <summary>Sides of keys: those along the keyboard tell of movements across it, the others of movements along it.</summary>
internal enum KeyEdgeKind
{
    BlackLeft,
    BlackRight,
    BlackFront,
    WhiteFront,
}

/// <summary>Edges of a keyboard's keys, and where they are in other pictures.</summary>
internal static class KeyEdges
{
    private static readonly float[] Depths = [-0.13f, -0.10f, -0.07f];

    // Edges less steep than this are not used, in 255ths a pixel.
    private const float LeastStrength = 6;

    private const float FirstReach = 4;

    /// <summary>Picks the edges that a picture shows near their places.</summary>
    public static List<KeyEdge> Of(Picture picture, KeyboardSighting sighting)
    {
        List<KeyEdge> edges = [];
        var toPicture = sighting.ToKeys.Inverted();
        void Add(KeyEdgeKind kind, float x, float z, float lightX, float lightZ)
        {
            var place = toPicture.Apply(new(x, z));
            var towards = Vector2.Normalize(toPicture.Apply(new(x + lightX, z + lightZ)) - place);
            if (Find(picture, sighting.Lens, place, towards, FirstReach, [], LeastStrength) is var (offset, strength)) edges.Add(new(kind, place, towards, offset, strength));
        }

        foreach (var key in PianoKey.All.Where(key => key >= sighting.Lowest && key <= sighting.Highest))
        {
            if (!key.IsBlack)
            {
                Add(KeyEdgeKind.WhiteFront, key.CenterX, 0, 0, -0.001f);
                continue;
            }

            Add(KeyEdgeKind.BlackFront, key.CenterX, key.FrontZ, 0, 0.001f);
            foreach (var z in Depths)
            {
                Add(KeyEdgeKind.BlackLeft, key.CenterX - key.Width / 2, z, -0.001f, 0);
                Add(KeyEdgeKind.BlackRight, key.CenterX + key.Width / 2, z, 0.001f, 0);
            }
        }

        return edges;
    }

    /// <summary>Finds the steepest place across an edge.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="lens">The lens's distortion, which places are without.</param>
    /// <param name="place">Where it is expected.</param>
    /// <param name="towards">To its light side, one pixel long.</param>
    /// <param name="reach">How far to both sides it is looked for, pixels.</param>
    /// <param name="covered">Regions that hide keys.</param>
    /// <param name="least">How steep it is at least.</param>
    /// <returns>How far it is from where it was expected, and how steep it is.</returns>
    public static (float Offset, float Strength)? Find(Picture picture, LensDistortion? lens, Vector2 place, Vector2 towards, float reach, IReadOnlyList<HandRegion> covered, float least)
    {
        if (lens is not null)
        {
            var bent = lens.Bend(place);
            (place, towards) = (bent, Vector2.Normalize(lens.Bend(place + towards) - bent));
        }

        if (covered.Any(region => region.Contains(place))) return null;
        var half = (int)reach + 2;
        Span<float> values = stackalloc float[2 * half + 1];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = At(picture, place + (i - half) * towards);
            if (float.IsNaN(values[i])) return null;
        }

        var best = 0;
        for (var i = 2; i < values.Length - 2; i++)
        {
            if (best == 0 || values[i + 1] - values[i - 1] > values[best + 1] - values[best - 1]) best = i;
        }

        // The summit of a parabola through the three steepest.
        var (before, at, after) = (values[best] - values[best - 2], values[best + 1] - values[best - 1], values[best + 2] - values[best]);
        if (at / 2 < least || at < before || at < after) return null;
        var bend = before - 2 * at + after;
        return (best - half + (Math.Abs(bend) < 1e-6f ? 0 : 0.5f * (before - after) / bend), at / 2);
    }

    private static float At(Picture picture, Vector2 place)
    {
        var at = place - new Vector2(0.5f);
        if (!(at.X >= 0 && at.Y >= 0 && at.X < picture.Width - 1 && at.Y < picture.Height - 1)) return float.NaN;
        var (left, top) = ((int)at.X, (int)at.Y);
        var (x, y) = (at.X - left, at.Y - top);
        float Pixel(int column, int row)
        {
            var pixel = 3 * (row * picture.Width + column);
            return Math.Max(picture.Rgb[pixel], Math.Max(picture.Rgb[pixel + 1], picture.Rgb[pixel + 2]));
        }

        return (1 - y) * ((1 - x) * Pixel(left, top) + x * Pixel(left + 1, top)) + y * ((1 - x) * Pixel(left, top + 1) + x * Pixel(left + 1, top + 1));
    }
}
