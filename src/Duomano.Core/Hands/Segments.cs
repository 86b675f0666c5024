using System.Numerics;

namespace Duomano.Core.Hands;

/// <summary>Straight lines between two points.</summary>
internal static class Segments
{
    /// <summary>The shares along two segments at which they are nearest (Ericson, "Real-Time Collision Detection", 2005, section 5.1.9).</summary>
    public static (float First, float Second) Nearest(Vector3 p1, Vector3 q1, Vector3 p2, Vector3 q2)
    {
        const float Tiny = 1e-12f;
        var (d1, d2, r) = (q1 - p1, q2 - p2, p1 - p2);
        var (a, e, b) = (d1.LengthSquared(), d2.LengthSquared(), Vector3.Dot(d1, d2));
        var (c, f) = (Vector3.Dot(d1, r), Vector3.Dot(d2, r));
        var denominator = a * e - b * b;
        var s = a > Tiny && denominator > Tiny ? Math.Clamp((b * f - c * e) / denominator, 0, 1) : 0;
        var t = e > Tiny ? (b * s + f) / e : 0;
        if (t is < 0 or > 1)
        {
            t = Math.Clamp(t, 0, 1);
            s = a > Tiny ? Math.Clamp((b * t - c) / a, 0, 1) : 0;
        }
        else if (e <= Tiny && a > Tiny)
        {
            s = Math.Clamp(-c / a, 0, 1);
        }

        return (s, t);
    }

    /// <summary>How far apart two segments are.</summary>
    public static float Distance(Vector3 p1, Vector3 q1, Vector3 p2, Vector3 q2)
    {
        var (s, t) = Nearest(p1, q1, p2, q2);
        return Vector3.Distance(Vector3.Lerp(p1, q1, s), Vector3.Lerp(p2, q2, t));
    }
}
