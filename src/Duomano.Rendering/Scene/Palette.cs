using System.Numerics;
using Duomano.Core.Hands;
using SkiaSharp;

namespace Duomano.Rendering.Scene;

/// <summary>The two hands' colours, told apart by colour-blind eyes and on light and dark grounds.</summary>
internal static class Palette
{
    private static readonly PerHand<SKColor> Colors = new(new(0x2F, 0x7E, 0xD8), new(0xF0, 0x8A, 0x1D));

    /// <summary>Notes that nobody is known to play.</summary>
    public static readonly SKColor Unknown = new(0x8A, 0x8A, 0x8A);

    public static SKColor Of(HandSide? hand) => hand is { } side ? Colors[side] : Unknown;

    /// <summary>The same colour for light to fall on.</summary>
    public static Vector3 Linear(HandSide hand) => Linear(Colors[hand]);

    /// <summary>A colour for light to fall on.</summary>
    public static Vector3 Linear(SKColor color) => new(Decode(color.Red), Decode(color.Green), Decode(color.Blue));

    private static float Decode(byte value) => value <= 10 ? value / (255 * 12.92f) : MathF.Pow((value / 255f + 0.055f) / 1.055f, 2.4f);
}
