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

    /// <summary>The shortest rotation from one direction to another.</summary>
    public static Quaternion Between(Vector3 from, Vector3 to)
    {
        var (a, b) = (Vector3.Normalize(from), Vector3.Normalize(to));
        var w = 1 + Vector3.Dot(a, b);
        if (w > 1e-6f) return Quaternion.Normalize(new(Vector3.Cross(a, b), w));

        // Opposite ones: half a turn about anything at right angles.
        var axis = Vector3.Cross(a, MathF.Abs(a.X) < 0.6f ? Vector3.UnitX : Vector3.UnitY);
        return Quaternion.CreateFromAxisAngle(Vector3.Normalize(axis), MathF.PI);
    }

    /// <summary>The rotation from one direction to another that also takes the side next to the one to the side next to the other.</summary>
    /// <param name="from">A direction.</param>
    /// <param name="fromSide">Another direction; what of it lies along the first does not count.</param>
    /// <param name="to">Where the first goes.</param>
    /// <param name="toSide">Where the second goes, as far as it can.</param>
    public static Quaternion BetweenFrames(Vector3 from, Vector3 fromSide, Vector3 to, Vector3 toSide) =>
        Quaternion.Normalize(Frame(to, toSide) * Quaternion.Conjugate(Frame(from, fromSide)));

    /// <summary>What of a rotation turns about an axis; the rest turns the axis itself.</summary>
    /// <param name="rotation">The rotation.</param>
    /// <param name="axis">A unit vector, before it is rotated.</param>
    /// <returns>Radians, −π to π.</returns>
    public static float Twist(Quaternion rotation, Vector3 axis)
    {
        var along = Vector3.Dot(new(rotation.X, rotation.Y, rotation.Z), axis);
        return MathF.IEEERemainder(2 * MathF.Atan2(along, rotation.W), MathF.Tau);
    }

    private static Quaternion Frame(Vector3 direction, Vector3 side)
    {
        var x = Vector3.Normalize(direction);
        var y = Vector3.Normalize(side - Vector3.Dot(side, x) * x);
        var z = Vector3.Cross(x, y);
        return Quaternion.CreateFromRotationMatrix(new(x.X, x.Y, x.Z, 0, y.X, y.Y, y.Z, 0, z.X, z.Y, z.Z, 0, 0, 0, 0, 1));
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
