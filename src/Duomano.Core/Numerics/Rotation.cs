using System.Numerics;

namespace Duomano.Core.Numerics;

/// <summary>Conversions between axis-angle vectors (radians) and unit quaternions.</summary>
public static class Rotation
{
    /// <summary>The quaternion of an axis-angle vector.</summary>
    public static Quaternion FromAxisAngle(Vector3 vector)
    {
        var angle = vector.Length();
        if (angle < 1e-8f) return Quaternion.Normalize(new(vector / 2, 1));
        var (sin, cos) = MathF.SinCos(angle / 2);
        return new(vector * (sin / angle), cos);
    }

    /// <summary>The shortest axis-angle vector of a rotation; its length is at most π.</summary>
    public static Vector3 ToAxisAngle(Quaternion rotation)
    {
        var unit = Quaternion.Normalize(rotation);
        if (unit.W < 0) unit = -unit;
        var imaginary = new Vector3(unit.X, unit.Y, unit.Z);
        var sin = imaginary.Length();
        return sin < 1e-8f ? imaginary * 2 : imaginary * (2 * MathF.Atan2(sin, unit.W) / sin);
    }

    /// <summary>The same rotation written as the axis-angle vector nearest to another one, so that a track of them has no jumps.</summary>
    public static Vector3 Nearest(Vector3 vector, Vector3 reference)
    {
        var angle = vector.Length();
        if (angle < 1e-6f) return vector;
        var axis = vector / angle;
        var turns = MathF.Round((Vector3.Dot(reference, axis) - angle) / MathF.Tau);
        return vector + axis * (turns * MathF.Tau);
    }
}
