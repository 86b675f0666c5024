using System.Numerics;
using Duomano.Core.Shapes;

namespace Duomano.Rendering.Scene;

/// <summary>A warm lamp from above, the room's light from all sides, and how surfaces answer; linear colours in, screen colours out.</summary>
internal static class Lighting
{
    /// <summary>From the scene to the lamp.</summary>
    public static readonly Vector3 ToLamp = Vector3.Normalize(new(-0.45f, 1, 0.22f));

    private static readonly Vector3 Lamp = new(1.02f, 0.95f, 0.86f);
    private static readonly Vector3 Sky = new(0.34f, 0.37f, 0.42f);
    private static readonly Vector3 Ground = new(0.20f, 0.17f, 0.15f);
    private static readonly byte[] Screen = MakeScreen();

    /// <summary>What the eye sees of a piece of surface, 0 to 255.</summary>
    /// <param name="surface">What it is made of.</param>
    /// <param name="color">Its linear colour.</param>
    /// <param name="normal">Outward unit vector.</param>
    /// <param name="toEye">Unit vector to the camera.</param>
    /// <param name="lit">How much of the lamp reaches it, 0 to 1.</param>
    /// <param name="open">How much of the room's light reaches it, 0 to 1.</param>
    public static Vector3 Shade(Surface surface, Vector3 color, Vector3 normal, Vector3 toEye, float lit, float open)
    {
        // Light that has wandered below the skin comes out beyond the edge of the shade, red the farthest.
        var facing = new Vector3(Vector3.Dot(normal, ToLamp));
        var wrapped = Vector3.Max(Vector3.Zero, (facing + surface.Wrap) / (Vector3.One + surface.Wrap));
        var room = Vector3.Lerp(Ground, Sky, normal.Y * 0.5f + 0.5f) * open;
        var seen = color * (Lamp * wrapped * lit + room);
        var half = Vector3.Normalize(ToLamp + toEye);
        var shine = MathF.Pow(MathF.Max(0, Vector3.Dot(normal, half)), surface.Sharpness) * surface.Gloss * lit;
        var rim = 1 - MathF.Max(0, Vector3.Dot(normal, toEye));
        return ToScreen(seen + Lamp * shine + Sky * (surface.Rim * rim * rim * rim * open));
    }

    /// <summary>A linear colour as the screen shows it.</summary>
    public static Vector3 ToScreen(Vector3 color) => new(Encode(color.X), Encode(color.Y), Encode(color.Z));

    private static float Encode(float value) => Screen[(int)(Math.Clamp(value, 0, 2) * (Screen.Length - 1) / 2)];

    // sRGB, with bright light levelling off.
    private static byte[] MakeScreen()
    {
        var table = new byte[8192];
        for (var i = 0; i < table.Length; i++)
        {
            var value = 2f * i / (table.Length - 1);
            value = value < 0.6f ? value : 0.6f + 0.4f * MathF.Tanh((value - 0.6f) / 0.4f);
            table[i] = (byte)(255 * (value <= 0.0031308f ? 12.92f * value : 1.055f * MathF.Pow(value, 1 / 2.4f) - 0.055f));
        }

        return table;
    }
}

/// <summary>How a material answers light.</summary>
/// <param name="Wrap">How far light goes round a curved surface, by colour.</param>
/// <param name="Gloss">Strength of the lamp's reflection.</param>
/// <param name="Sharpness">How small the reflection is.</param>
/// <param name="Rim">How bright the surface is where it is seen from the side.</param>
internal sealed record Surface(Vector3 Wrap, float Gloss, float Sharpness, float Rim)
{
    private static readonly Surface Dull = new(Vector3.Zero, 0, 1, 0);

    private static readonly Dictionary<string, Surface> Known = new()
    {
        [SurfaceMaterial.Skin.Name] = new(new(0.42f, 0.22f, 0.16f), 0.09f, 20, 0.10f),
        [SurfaceMaterial.Nail.Name] = new(new(0.30f, 0.20f, 0.16f), 0.22f, 70, 0.12f),
        [SurfaceMaterial.Cuff.Name] = new(new(0.12f), 0, 1, 0.05f),
        [SurfaceMaterial.Sleeve.Name] = new(new(0.10f), 0.02f, 6, 0.20f),
        [SurfaceMaterial.WhiteKey.Name] = new(Vector3.Zero, 0.05f, 40, 0.10f),
        [SurfaceMaterial.BlackKey.Name] = new(Vector3.Zero, 0.13f, 44, 0.16f),
        [SurfaceMaterial.Case.Name] = new(Vector3.Zero, 0.10f, 30, 0.22f),
    };

    /// <summary>The answer of a material.</summary>
    public static Surface Of(SurfaceMaterial material) => Known.GetValueOrDefault(material.Name, Dull);
}
