using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>Distances to simple bodies, negative inside (Hart 1996; the bodies as collected by Quilez).</summary>
internal static class SignedDistance
{
    /// <summary>Two bodies grown into one another: the smaller distance, rounded over where both are about equal.</summary>
    /// <param name="a">One distance.</param>
    /// <param name="b">The other.</param>
    /// <param name="reach">How near they are to each other where they begin to blend.</param>
    public static float SmoothUnion(float a, float b, float reach)
    {
        var overlap = MathF.Max(reach - MathF.Abs(a - b), 0);
        return MathF.Min(a, b) - overlap * overlap / (4 * reach);
    }

    /// <summary>What two bodies have in common: the larger distance, rounded over where both are about equal.</summary>
    /// <param name="a">One distance.</param>
    /// <param name="b">The other.</param>
    /// <param name="reach">How near they are to each other where the edge is rounded.</param>
    public static float SmoothIntersection(float a, float b, float reach) => -SmoothUnion(-a, -b, reach);

    /// <summary>Two balls and everything between them.</summary>
    public static float RoundCone(Vector3 point, Vector3 from, Vector3 to, float fromRadius, float toRadius)
    {
        var axis = to - from;
        var length = axis.Length();
        var difference = fromRadius - toRadius;
        if (length <= MathF.Abs(difference)) return MathF.Min(Vector3.Distance(point, from) - fromRadius, Vector3.Distance(point, to) - toRadius);
        var offset = point - from;
        var along = Vector3.Dot(offset, axis) / length;
        var aside = MathF.Sqrt(MathF.Max(0, offset.LengthSquared() - along * along));
        var sin = difference / length;
        var cos = MathF.Sqrt(1 - sin * sin);

        // Where the perpendicular to the cone's side through the point meets the axis.
        var foot = along - aside * sin / cos;
        if (foot <= 0) return offset.Length() - fromRadius;
        if (foot >= length) return Vector3.Distance(point, to) - toRadius;
        return aside * cos + along * sin - fromRadius;
    }

    /// <summary>About the distance to an ellipsoid around the origin, exact to first order at its skin.</summary>
    public static float Ellipsoid(Vector3 point, Vector3 radii)
    {
        var scaled = point / radii;
        var inner = scaled.Length();
        var slope = (scaled / radii).Length();
        return slope < 1e-6f ? -MathF.Min(radii.X, MathF.Min(radii.Y, radii.Z)) : inner * (inner - 1) / slope;
    }
}
