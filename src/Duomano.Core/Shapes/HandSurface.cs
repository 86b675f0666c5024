using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>
/// The skin of a right hand at rest as the zero of a signed distance, in millimetres of an average hand with the wrist at
/// the origin. Fingers grow out of the palm; neighbouring fingers never grow into each other.
/// </summary>
internal sealed class HandSurface
{
    private const float FingerBlend = 7;
    private const float ThumbBlend = 14;

    public HandSurface(HandSkeleton right)
    {
        var points = new Vector3[HandJoint.PointCount];
        for (var i = 0; i < points.Length; i++) points[i] = right.Points[i] * (1000 / right.Size);
        Points = points;
        Fingers = [.. Fingering.Fingers.All.Select(finger => new FingerShape(finger, points, right))];
        Palm = new(points, Fingers);
    }

    /// <summary>The skeleton's points, millimetres of an average hand.</summary>
    public IReadOnlyList<Vector3> Points { get; }

    /// <summary>Thumb to little finger.</summary>
    public IReadOnlyList<FingerShape> Fingers { get; }

    public PalmShape Palm { get; }

    /// <summary>The distance to the skin, negative inside; exact only near it.</summary>
    public float Distance(Vector3 point)
    {
        var fingers = float.MaxValue;
        for (var i = 1; i < 5; i++) fingers = MathF.Min(fingers, Fingers[i].Distance(point));
        var hand = SignedDistance.SmoothUnion(Palm.Distance(point), fingers, FingerBlend);
        return SignedDistance.SmoothUnion(hand, Fingers[0].Distance(point), ThumbBlend);
    }

    /// <summary>The outward direction at a point near the skin.</summary>
    public Vector3 Normal(Vector3 point)
    {
        const float Step = 0.35f;
        return Vector3.Normalize(new Vector3(
            Distance(point + Vector3.UnitX * Step) - Distance(point - Vector3.UnitX * Step),
            Distance(point + Vector3.UnitY * Step) - Distance(point - Vector3.UnitY * Step),
            Distance(point + Vector3.UnitZ * Step) - Distance(point - Vector3.UnitZ * Step)));
    }

    /// <summary>The nearest point of the skin to a point near it.</summary>
    public Vector3 Project(Vector3 point)
    {
        for (var i = 0; i < 2; i++) point -= Normal(point) * Math.Clamp(Distance(point), -1, 1);
        return point;
    }
}
