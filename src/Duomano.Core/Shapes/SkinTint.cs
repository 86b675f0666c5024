using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>How a hand's skin differs in colour: redder and darker over knuckles and at fingertips, lightest (1) in the palm.</summary>
internal static class SkinTint
{
    private static readonly Vector3 Plain = new(0.93f, 0.94f, 0.95f);
    private static readonly Vector3 Flushed = new(0.95f, 0.76f, 0.74f);

    public static Vector3 At(HandSurface surface, Vector3 point)
    {
        var flush = 0f;
        foreach (var finger in surface.Fingers)
        {
            var (place, offset) = finger.Locate(point);
            if (place < -16) continue;
            var near = MathF.Exp(-MathF.Max(0, finger.Distance(point)) / 3);
            var back = Math.Clamp(0.5f - Vector3.Dot(offset, finger.Pulp) / 10, 0, 1);
            for (var joint = 0; joint < 3; joint++) flush = MathF.Max(flush, near * back * (joint == 2 ? 0.5f : 0.8f) * Bell(place - finger.Places[joint], 8));
            flush = MathF.Max(flush, near * Bell(MathF.Min(0, place - finger.End + 3), 12));
        }

        // The palm is lighter than the back.
        var under = Math.Clamp(-surface.Normal(point).Y, 0, 1) * (point.X < 5 ? 1 : 0.3f);
        return Vector3.Lerp(Vector3.Lerp(Plain, Vector3.One, under), Flushed, Math.Clamp(flush, 0, 1));
    }

    private static float Bell(float distance, float width) => MathF.Exp(-distance * distance / (width * width));
}
