using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Rendering.Scene;

/// <summary>Where one looks from.</summary>
public enum CameraView
{
    /// <summary>From above the keys.</summary>
    Top,

    /// <summary>From over the player's shoulders.</summary>
    Player,
}

/// <summary>Cameras that have a stretch of the keyboard in view.</summary>
internal static class CameraViews
{
    // Hands need some room beside their wrists, metres.
    private const float Beside = 0.13f;
    private const float Narrowest = 0.52f;

    /// <summary>The stretch of the keyboard that hands need over some frames.</summary>
    public static (float Low, float High) Stretch(TwoHandClip clip, int from, int to)
    {
        var (low, high) = (float.MaxValue, float.MinValue);
        foreach (var side in HandSides.Both)
        {
            for (var frame = from; frame < to; frame++)
            {
                var x = clip.Hands[side].Wrist(frame).X;
                (low, high) = (MathF.Min(low, x - Beside), MathF.Max(high, x + Beside));
            }
        }

        var missing = MathF.Max(0, Narrowest - (high - low)) / 2;
        return (low - missing, high + missing);
    }

    /// <summary>A camera for a stretch of the keyboard.</summary>
    public static Camera Camera(CameraView view, (float Low, float High) stretch, int width, int height)
    {
        var middle = (stretch.Low + stretch.High) / 2;
        var span = stretch.High - stretch.Low;
        var aspect = (float)width / height;
        var angle = view == CameraView.Top ? 0.34f : 0.46f;
        var distance = span / 2 / (MathF.Tan(angle / 2) * aspect);
        if (view == CameraView.Top)
        {
            return new(new(middle, distance, 0.035f), new(middle, 0, 0), -Vector3.UnitZ, angle, width, height);
        }

        var target = new Vector3(middle, 0.01f, 0.005f);
        return new(target + Vector3.Normalize(new(0, 0.82f, 0.80f)) * distance, target, Vector3.UnitY, angle, width, height);
    }
}
