using System.Numerics;
using Duomano.Core.Shapes;

namespace Duomano.Core.Body;

/// <summary>
/// What an average pianist looks like at rest, as zeros of signed distances in millimetres: head and neck, hair, jacket, trousers, shoes.
/// Thicknesses are those of the usual tables of girths, times the stature.
/// </summary>
internal sealed class FigureShape
{
    // The trunk is this much flatter than it is broad.
    private const float Flat = 1.45f;

    private readonly Humanoid _body;
    private readonly float _stature;

    /// <summary>Measures a body.</summary>
    /// <param name="body">An <see cref="AverageBody"/>.</param>
    public FigureShape(Humanoid body)
    {
        _body = body;
        _stature = 1000 * (body["head"].Y - body.Ground) / 0.905f;
    }

    /// <summary>Millimetres from head to foot.</summary>
    public float Stature => _stature;

    /// <summary>Neck and head; the face is a nose.</summary>
    public float Head(Vector3 point)
    {
        var neck = SignedDistance.RoundCone(point, At("neck") + Up(-0.02f), At("head"), R(0.034f), R(0.030f));
        var skull = SignedDistance.Ellipsoid(point - Skull, _stature * new Vector3(0.043f, 0.060f, 0.055f));
        var jaw = SignedDistance.RoundCone(point, Skull + _stature * new Vector3(0, -0.028f, 0.010f), Skull + _stature * new Vector3(0, -0.052f, 0.036f), R(0.032f), R(0.017f));
        var nose = SignedDistance.RoundCone(point, Skull + _stature * new Vector3(0, 0.002f, 0.051f), Skull + _stature * new Vector3(0, -0.017f, 0.059f), R(0.004f), R(0.0065f));
        var face = SignedDistance.SmoothUnion(SignedDistance.SmoothUnion(skull, jaw, R(0.02f)), nose, R(0.008f));
        var ears = MathF.Min(Ear(point, 1), Ear(point, -1));
        return SignedDistance.SmoothUnion(SignedDistance.SmoothUnion(face, neck, R(0.025f)), ears, R(0.004f));
    }

    /// <summary>Short hair: what covers the skull above and behind the face.</summary>
    public float Hair(Vector3 point)
    {
        var cap = SignedDistance.Ellipsoid(point - Skull - _stature * new Vector3(0, 0.004f, -0.003f), _stature * new Vector3(0.0475f, 0.062f, 0.059f));
        var face = Vector3.Dot(point - Skull - _stature * new Vector3(0, 0.022f, 0.030f), Vector3.Normalize(new(0, -0.62f, 0.78f)));
        var nape = Vector3.Dot(point - Skull - _stature * new Vector3(0, -0.030f, 0), Vector3.Normalize(new(0, -1, 0.25f)));
        return SignedDistance.SmoothIntersection(SignedDistance.SmoothIntersection(cap, face, R(0.012f)), nape, R(0.010f));
    }

    /// <summary>A jacket with sleeves that end before the cuffs of <see cref="HandMesh"/>.</summary>
    public float Jacket(Vector3 point)
    {
        var (waist, chest) = (At("spine") + Up(0.012f), At("upperChest") + Up(-0.018f));
        var trunk = Flattened(point, waist + Up(-0.055f), waist + Up(0.03f), R(0.094f), R(0.086f));
        trunk = SignedDistance.SmoothUnion(trunk, Flattened(point, waist + Up(0.03f), chest, R(0.086f), R(0.101f)), R(0.03f));
        trunk = SignedDistance.SmoothUnion(trunk, Flattened(point, chest, At("neck") + Up(-0.045f), R(0.101f), R(0.060f)), R(0.03f));
        var shoulders = SignedDistance.RoundCone(point, At("leftUpperArm") + Up(-0.004f), At("rightUpperArm") + Up(-0.004f), R(0.036f), R(0.036f));
        var arms = MathF.Min(Sleeve(point, "left", -1), Sleeve(point, "right", 1));
        var collar = SignedDistance.RoundCone(point, At("neck") + Up(-0.030f), At("neck") + Up(-0.006f), R(0.044f), R(0.041f));
        var jacket = SignedDistance.SmoothUnion(SignedDistance.SmoothUnion(trunk, shoulders, R(0.05f)), arms, R(0.035f));
        return SignedDistance.SmoothUnion(jacket, collar, R(0.015f));
    }

    /// <summary>Trousers.</summary>
    public float Trousers(Vector3 point)
    {
        var hips = Flattened(point, At("hips") + Up(-0.008f), At("hips") + Up(0.03f), R(0.091f), R(0.084f));
        return SignedDistance.SmoothUnion(hips, MathF.Min(Leg(point, "left"), Leg(point, "right")), R(0.03f));
    }

    /// <summary>Shoes, flat below.</summary>
    public float Shoes(Vector3 point) => MathF.Min(Shoe(point, "left"), Shoe(point, "right"));

    // Elbow and wrist; the sleeve ends where the cuff begins.
    private float Sleeve(Vector3 point, string side, int outward)
    {
        var (shoulder, elbow, wrist) = (At(side + "UpperArm"), At(side + "LowerArm"), At(side + "Hand"));
        var end = wrist + new Vector3(outward * Cuff, 0, 0);
        var upper = SignedDistance.RoundCone(point, shoulder, elbow, R(0.034f), R(0.028f));
        var lower = SignedDistance.RoundCone(point, elbow, end, R(0.028f), R(0.0225f));
        // Cut off straight where it ends.
        return MathF.Max(SignedDistance.SmoothUnion(upper, lower, R(0.01f)), -outward * (point.X - end.X));
    }

    // Where HandMesh's cuff is inside the sleeve, millimetres from the wrist.
    private const float Cuff = 66;

    private float Leg(Vector3 point, string side)
    {
        var (hip, knee, ankle) = (At(side + "UpperLeg"), At(side + "LowerLeg"), At(side + "Foot"));
        var thigh = SignedDistance.RoundCone(point, hip + Up(-0.01f), knee, R(0.052f), R(0.037f));
        return SignedDistance.SmoothUnion(thigh, SignedDistance.RoundCone(point, knee, ankle + Up(0.002f), R(0.037f), R(0.029f)), R(0.012f));
    }

    private float Shoe(Vector3 point, string side)
    {
        var (ankle, toes) = (At(side + "Foot"), At(side + "Toes"));
        var ground = 1000 * _body.Ground;
        var heel = new Vector3(ankle.X, ground + R(0.014f), ankle.Z - R(0.012f));
        var ball = new Vector3(toes.X, ground + R(0.012f), toes.Z + R(0.012f));
        var sole = SignedDistance.RoundCone(point, heel, ball, R(0.019f), R(0.024f));
        var instep = SignedDistance.RoundCone(point, ankle, new(toes.X, ground + R(0.012f), toes.Z), R(0.022f), R(0.016f));
        // As flat above the toes as below.
        return MathF.Max(SignedDistance.SmoothUnion(sole, instep, R(0.012f)), ground - point.Y);
    }

    private float Ear(Vector3 point, int side) =>
        SignedDistance.Ellipsoid(point - Skull - _stature * new Vector3(0.0435f * side, -0.008f, -0.002f), _stature * new Vector3(0.005f, 0.017f, 0.010f));

    // In space that is stretched forward; distances are right where the surface faces sideways.
    private static float Flattened(Vector3 point, Vector3 from, Vector3 to, float fromRadius, float toRadius)
    {
        var middle = (from.Z + to.Z) / 2;
        Vector3 Stretched(Vector3 at) => at with { Z = middle + Flat * (at.Z - middle) };
        return SignedDistance.RoundCone(Stretched(point), Stretched(from), Stretched(to), fromRadius, toRadius) / MathF.Sqrt(Flat);
    }

    private Vector3 Skull => At("head") + _stature * new Vector3(0, 0.036f, 0.012f);

    private Vector3 At(string bone) => 1000 * _body[bone];

    private Vector3 Up(float share) => new(0, share * _stature, 0);

    private float R(float share) => share * _stature;
}
