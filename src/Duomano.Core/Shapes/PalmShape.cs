using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>
/// Palm, wrist and forearm of a right hand at rest as a body, in millimetres of an average hand: the metacarpal bones'
/// flesh, the balls of thumb and little finger, the pads below the knuckles, the webs between the fingers, and a forearm
/// of oval section.
/// </summary>
internal sealed class PalmShape
{
    /// <summary>Where the forearm ends, behind the wrist (x); a sleeve hides it.</summary>
    public const float ForearmEnd = 90;

    /// <summary>The middle of the forearm's sections.</summary>
    public static readonly Vector3 ForearmMiddle = new(0, 0.5f, -3);

    private const float ForearmCap = 16;

    // How far beyond the knuckles the skin between two fingers begins.
    private const float WebPlace = 17;

    private static readonly Profile ArmWidth = new((-22, 25), (-8, 26.5f), (10, 26.5f), (28, 27), (60, 30), (150, 41), (260, 46));
    private static readonly Profile ArmThickness = new((-22, 15.5f), (-8, 17.5f), (10, 17.5f), (28, 18.5f), (60, 22.5f), (150, 33), (260, 41));

    private readonly List<Cone> _bones = [];
    private readonly List<Cone> _flesh = [];
    private readonly List<Cone> _thumb = [];
    private readonly List<Cone> _webs = [];

    public PalmShape(ReadOnlySpan<Vector3> points, IReadOnlyList<FingerShape> fingers)
    {
        var knuckles = new Vector3[4];
        for (var i = 0; i < 4; i++) knuckles[i] = points[HandJoint.First((Finger)(i + 2))];
        var (index, little) = (knuckles[0], knuckles[3]);
        for (var i = 0; i < 4; i++)
        {
            var root = new Vector3(-15, 1.5f - 0.5f * i, 9 - 8 * i);
            _bones.Add(new(root, knuckles[i] + new Vector3(2, -2, 0), 12, i == 3 ? 9 : 10));
        }

        // Pads below the knuckles.
        for (var i = 0; i < 3; i++) _flesh.Add(new(knuckles[i] + new Vector3(2, -7, -1), knuckles[i + 1] + new Vector3(2, -6, 1), 7.5f, 7.5f));

        // The ball of the little finger.
        _flesh.Add(new(new(-16, -8, -15), Vector3.Lerp(Vector3.Zero, little, 0.82f) + new Vector3(0, -5, -1), 12.5f, 9.5f));

        // The ball of the thumb, and the skin that spans to the index finger.
        var (saddle, thumb) = (points[HandJoint.First(Finger.Thumb)], points[HandJoint.First(Finger.Thumb) + 1]);
        _thumb.Add(new(new(-15, -9, 13), Vector3.Lerp(saddle, thumb, 0.62f) + new Vector3(-3, -3, -6), 14, 12));
        _thumb.Add(new(Vector3.Lerp(Vector3.Zero, index, 0.52f) + new Vector3(0, -4, 0), Vector3.Lerp(saddle, thumb, 0.62f) + new Vector3(-2, 0, -3), 9, 9));

        for (var i = 0; i < 3; i++)
        {
            var (one, other) = (fingers[i + 1], fingers[i + 2]);
            _webs.Add(new(one.BoneAt(WebPlace - 3) + new Vector3(2, -3, 0), other.BoneAt(WebPlace - 3) + new Vector3(2, -3, 0), 5, 5));
        }
    }

    /// <summary>The distance to the skin of palm, wrist and forearm, negative inside.</summary>
    public float Distance(Vector3 point)
    {
        var bones = float.MaxValue;
        foreach (var cone in _bones) bones = SignedDistance.SmoothUnion(bones, cone.Distance(point), 9);
        var flesh = Forearm(point);
        foreach (var cone in _flesh) flesh = SignedDistance.SmoothUnion(flesh, cone.Distance(point), 8);
        var palm = SignedDistance.SmoothUnion(bones, flesh, 9);
        foreach (var cone in _thumb) palm = SignedDistance.SmoothUnion(palm, cone.Distance(point), 12);
        foreach (var cone in _webs) palm = SignedDistance.SmoothUnion(palm, cone.Distance(point), 6);
        return palm;
    }

    /// <summary>Half height and half width of the forearm at a place behind the wrist.</summary>
    public static (float Height, float Width) ForearmAt(float place) => (ArmThickness.At(place), ArmWidth.At(place));

    private static float Forearm(Vector3 point)
    {
        var centred = point - ForearmMiddle;
        var low = -22 + ForearmCap;
        var high = ForearmEnd - ForearmCap;
        var at = Math.Clamp(point.X, low, high);
        var (height, width) = ForearmAt(at);
        var arm = SignedDistance.Ellipsoid(centred with { X = point.X - at }, new(ForearmCap, height, width));

        // The ulna's head stands out at the back of the wrist, on the little finger's side.
        return SignedDistance.SmoothUnion(arm, Vector3.Distance(point, new(17, 7, -18)) - 10.5f, 14);
    }

    private readonly record struct Cone(Vector3 From, Vector3 To, float FromRadius, float ToRadius)
    {
        public float Distance(Vector3 point) => SignedDistance.RoundCone(point, From, To, FromRadius, ToRadius);
    }
}
