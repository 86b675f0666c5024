using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>The sum of squared distances to some planes, as a function of a point (Garland and Heckbert 1997).</summary>
internal readonly record struct Quadric(double Xx, double Xy, double Xz, double Xw, double Yy, double Yz, double Yw, double Zz, double Zw, double Ww)
{
    /// <summary>The squared distance to a triangle's plane, times the triangle's area.</summary>
    public static Quadric OfTriangle(Vector3 a, Vector3 b, Vector3 c)
    {
        var cross = Vector3.Cross(b - a, c - a);
        var area = cross.Length();
        if (area < 1e-12f) return default;
        var normal = cross / area;
        double x = normal.X, y = normal.Y, z = normal.Z, w = -Vector3.Dot(normal, a);
        var s = area / 2;
        return new(s * x * x, s * x * y, s * x * z, s * x * w, s * y * y, s * y * z, s * y * w, s * z * z, s * z * w, s * w * w);
    }

    /// <summary>Both sums together.</summary>
    public static Quadric operator +(Quadric a, Quadric b) => new(
        a.Xx + b.Xx, a.Xy + b.Xy, a.Xz + b.Xz, a.Xw + b.Xw, a.Yy + b.Yy, a.Yz + b.Yz, a.Yw + b.Yw, a.Zz + b.Zz, a.Zw + b.Zw, a.Ww + b.Ww);

    /// <summary>The sum at a point.</summary>
    public double At(Vector3 point)
    {
        double x = point.X, y = point.Y, z = point.Z;
        return x * (Xx * x + 2 * (Xy * y + Xz * z + Xw)) + y * (Yy * y + 2 * (Yz * z + Yw)) + z * (Zz * z + 2 * Zw) + Ww;
    }

    /// <summary>The point where the sum is least, where there is one.</summary>
    public Vector3? Least()
    {
        var (a, b, c) = (Yy * Zz - Yz * Yz, Xz * Yz - Xy * Zz, Xy * Yz - Xz * Yy);
        var determinant = Xx * a + Xy * b + Xz * c;
        var trace = Xx + Yy + Zz;
        if (Math.Abs(determinant) < 1e-4 * trace * trace * trace) return null;
        var (d, e, f) = (Xx * Zz - Xz * Xz, Xy * Xz - Xx * Yz, Xx * Yy - Xy * Xy);
        return new(
            (float)(-(a * Xw + b * Yw + c * Zw) / determinant),
            (float)(-(b * Xw + d * Yw + e * Zw) / determinant),
            (float)(-(c * Xw + e * Yw + f * Zw) / determinant));
    }
}
