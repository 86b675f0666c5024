using System.Numerics;

namespace Duomano.Formats.Motion;

/// <summary>Rotations as turns about z, then the turned x, then the turned y, degrees, as motion capture files have them.</summary>
internal static class EulerAngles
{
    /// <summary>The angles (about x, y and z) of a rotation that are nearest to given ones, so that a track of them has no jumps.</summary>
    public static Vector3 Nearest(Quaternion rotation, Vector3 reference)
    {
        var (x, y, z) = (Vector3.Transform(Vector3.UnitX, rotation), Vector3.Transform(Vector3.UnitY, rotation), Vector3.Transform(Vector3.UnitZ, rotation));
        var aboutX = MathF.Asin(Math.Clamp(y.Z, -1, 1));
        var level = new Vector2(y.X, y.Y).Length() > 1e-4f;

        // Turned about x by a right angle, the two others turn about one axis: one of them stays.
        var aboutZ = level ? MathF.Atan2(-y.X, y.Y) : reference.Z * (MathF.PI / 180);
        var aboutY = level ? MathF.Atan2(-x.Z, z.Z) : Remaining(x, aboutZ, y.Z > 0);
        var angles = new Vector3(aboutX, aboutY, aboutZ) * (180 / MathF.PI);
        var one = Unwound(angles, reference);
        var other = Unwound(new(180 - angles.X, angles.Y + 180, angles.Z + 180), reference);
        return Vector3.DistanceSquared(one, reference) <= Vector3.DistanceSquared(other, reference) ? one : other;
    }

    private static float Remaining(Vector3 x, float aboutZ, bool up)
    {
        var together = MathF.Atan2(x.Y, x.X);
        return up ? together - aboutZ : aboutZ - together;
    }

    private static Vector3 Unwound(Vector3 angles, Vector3 reference) => new(
        angles.X + 360 * MathF.Round((reference.X - angles.X) / 360),
        angles.Y + 360 * MathF.Round((reference.Y - angles.Y) / 360),
        angles.Z + 360 * MathF.Round((reference.Z - angles.Z) / 360));
}
