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

    /// <summary>From the treble's side, a whole body in view.</summary>
    Side,
}

/// <summary>Cameras that have a stretch of the keyboard in view.</summary>
internal static class CameraViews
{
    // Hands need some room beside their wrists, metres.
    private const float Beside = 0.13f;
    private const float Narrowest = 0.52f;
    private const float NarrowestWithLane = 0.95f;
    private const float LowestZ = 0.13f;

    // Grown-up people from the floor to over their heads as they sit, whatever the picture's shape.
    private static Camera Side(int width, int height)
    {
        const float Angle = 0.58f, Half = 0.82f;
        var aspect = (float)width / height;
        var target = new Vector3(0.02f, -0.04f, 0.16f);
        var distance = Half / MathF.Tan(Angle / 2) * MathF.Max(1, 1.1f / aspect);
        return new(target + distance * Vector3.Normalize(new(0.82f, 0.30f, 0.50f)), target, Vector3.UnitY, Angle, width, height);
    }

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

    /// <summary>A camera for a stretch of the keyboard that leaves half of the picture to what is behind the keys.</summary>
    public static Camera WithLane(CameraView view, (float Low, float High) stretch, int width, int height)
    {
        if (view == CameraView.Side) return Side(width, height);
        var missing = MathF.Max(0, NarrowestWithLane - (stretch.High - stretch.Low)) / 2;
        var middle = (stretch.Low + stretch.High) / 2;
        var half = (stretch.High - stretch.Low) / 2 + missing;
        var aspect = (float)width / height;
        if (view == CameraView.Top)
        {
            const float Angle = 0.34f;
            var above = half / (MathF.Tan(Angle / 2) * aspect);

            // The hands are at the lower edge, whatever the stretch.
            var ahead = LowestZ - half / aspect;
            return new(new(middle, above, ahead + 0.05f), new(middle, 0, ahead), -Vector3.UnitZ, Angle, width, height);
        }

        const float Wide = 0.50f;
        var target = new Vector3(middle, 0.5f * half / aspect - 0.07f, -0.11f);
        return new(target + Vector3.Normalize(new(0, 0.60f, 0.80f)) * (half / (MathF.Tan(Wide / 2) * aspect) + 0.10f), target, Vector3.UnitY, Wide, width, height);
    }

    /// <summary>A camera for a stretch of the keyboard.</summary>
    public static Camera Camera(CameraView view, (float Low, float High) stretch, int width, int height)
    {
        if (view == CameraView.Side) return Side(width, height);
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
