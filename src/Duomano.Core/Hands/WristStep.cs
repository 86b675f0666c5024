using System.Numerics;

namespace Duomano.Core.Hands;

/// <summary>
/// How a hand should move as a whole so that its fingers reach what they miss. A finger at its limits misses along the
/// normal of what it can reach, so it asks for one thing only: to come nearer along that direction. These wishes,
/// with a price on moving at all, make a small least-squares problem in (x, y, z, turn about the vertical axis).
/// </summary>
internal struct WristStep(Vector3 wrist)
{
    // Prices of moving: sinking and turning the hand are dearer than shifting it. A turn counts as its arc at this radius, metres.
    private const float Radius = 0.06f;
    private static readonly Vector4 Prices = new(0.02f, 0.10f, 0.04f, 0.04f * Radius * Radius);

    // A finger that reaches its target would rather stay.
    private const float Contentment = 0.01f;

    private Matrix4x4 _normal;
    private Vector4 _right;

    /// <summary>The largest miss so far, metres.</summary>
    public float Worst { get; private set; }

    /// <summary>Adds a finger that has a target.</summary>
    /// <param name="target">Where its pad should be.</param>
    /// <param name="miss">From its pad to there.</param>
    /// <param name="limit">Along which it missed last, zero if never: a finger that was helped is not let down by the next step.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(Vector3 target, Vector3 miss, ref Vector3 limit, float weight = 1)
    {
        var arm = target - wrist;
        var distance = miss.Length();
        Worst = MathF.Max(Worst, distance);
        if (distance > 2e-5f) limit = miss / distance;
        if (limit != Vector3.Zero) AddRow(limit, arm, distance, weight);
        AddRow(Vector3.UnitX, arm, 0, weight * Contentment);
        AddRow(Vector3.UnitY, arm, 0, weight * Contentment);
        AddRow(Vector3.UnitZ, arm, 0, weight * Contentment);
    }

    /// <summary>The move (x, y, z, metres) and the turn (w, radians).</summary>
    public readonly Vector4 Solve()
    {
        var matrix = _normal;
        for (var i = 0; i < 4; i++) matrix[i, i] += Prices[i];
        return Matrix4x4.Invert(matrix, out var inverse) ? Vector4.Transform(_right, inverse) : Vector4.Zero;
    }

    private void AddRow(Vector3 normal, Vector3 arm, float distance, float weight)
    {
        Vector4 row = new(normal, normal.X * arm.Z - normal.Z * arm.X);
        _normal += new Matrix4x4(
            row.X * row.X, row.X * row.Y, row.X * row.Z, row.X * row.W,
            row.Y * row.X, row.Y * row.Y, row.Y * row.Z, row.Y * row.W,
            row.Z * row.X, row.Z * row.Y, row.Z * row.Z, row.Z * row.W,
            row.W * row.X, row.W * row.Y, row.W * row.Z, row.W * row.W) * weight;
        _right += row * (distance * weight);
    }
}
