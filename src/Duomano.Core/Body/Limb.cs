using System.Numerics;
using Duomano.Core.Numerics;

namespace Duomano.Core.Body;

/// <summary>Two bones and a hinge between them: an arm or a leg.</summary>
/// <param name="Upper">The upper bone at rest, metres.</param>
/// <param name="Lower">The lower bone at rest, metres.</param>
/// <param name="Forward">Where the lower bone goes when the hinge bends, at rest: forward in an arm, backward in a leg.</param>
internal readonly record struct Limb(Vector3 Upper, Vector3 Lower, Vector3 Forward)
{
    // Of the two bones' length together, as far as a limb stretches and as little as it folds.
    private const float Stretched = 0.985f, Folded = 0.25f;

    /// <summary>How far it reaches, metres.</summary>
    public float Reach => Stretched * (Upper.Length() + Lower.Length());

    /// <summary>Turns both bones so that the limb ends where it should, or as near as it can.</summary>
    /// <param name="from">Where it begins.</param>
    /// <param name="to">Where it should end.</param>
    /// <param name="pole">Which way the hinge should point.</param>
    public (Quaternion Upper, Quaternion Lower) Solve(Vector3 from, Vector3 to, Vector3 pole)
    {
        var (a, b) = (Upper.Length(), Lower.Length());
        var way = to - from;
        var along = Vector3.Normalize(way);
        var distance = Math.Clamp(way.Length(), Math.Max(Folded * (a + b), MathF.Abs(a - b) * 1.001f), Reach);
        var out_ = Vector3.Normalize(pole - Vector3.Dot(pole, along) * along);
        var cosine = Math.Clamp((a * a + distance * distance - b * b) / (2 * a * distance), -1, 1);
        var hinge = from + a * (cosine * along + MathF.Sqrt(1 - cosine * cosine) * out_);
        var end = from + distance * along;
        var (upper, lower) = (hinge - from, end - hinge);

        // The axis of the hinge: bending takes the lower bone from the upper one's direction to where it goes.
        var axis = Vector3.Cross(out_, along);
        return (
            Rotation.BetweenFrames(Upper, Vector3.Cross(Upper, Forward), upper, axis),
            Rotation.BetweenFrames(Lower, Vector3.Cross(Lower, Forward), lower, axis));
    }
}
