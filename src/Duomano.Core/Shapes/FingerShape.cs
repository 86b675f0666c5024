using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Shapes;

/// <summary>
/// One finger of a right hand at rest as a body, in millimetres of an average hand: three measures along its bones (to
/// either side, to the back, to the pulp) and a round end. Knuckles swell, the flesh between them is full below.
/// </summary>
internal sealed class FingerShape
{
    // How far the body goes back into the palm from its first joint.
    private const float Root = 14;

    private readonly Vector3[] _line;
    private readonly float[] _places;
    private readonly Profile _width;
    private readonly Profile _back;
    private readonly Profile _pulp;
    private readonly float _capStart;
    private readonly float _capLength;
    private readonly Vector3 _padPush;

    public FingerShape(Finger finger, ReadOnlySpan<Vector3> points, HandSkeleton right)
    {
        Finger = finger;
        var first = HandJoint.First(finger);
        var pad = points[HandJoint.Tip(finger)];
        var bone = Vector3.Normalize(points[first + 2] - points[first + 1]);

        // The pad of a hand lies 6 mm below the bone and 3 mm before the fingertip's end.
        _line = [points[first], points[first + 1], points[first + 2], pad + 6 * Vector3.UnitY + 3 * bone];
        _places = new float[4];
        for (var i = 1; i < 4; i++) _places[i] = _places[i - 1] + Vector3.Distance(_line[i - 1], _line[i]);
        Along = Vector3.Normalize(_line[3] - _line[0]);
        var bending = JointFrame.Of(right, finger, 2).FlexionAxis;
        Pulp = Vector3.Normalize(Vector3.Cross(bending, Along));
        Side = Vector3.Cross(Along, Pulp);
        (_width, _back, _pulp) = finger == Finger.Thumb ? Thumb(_places) : Long(_places, Girth(finger));
        _capLength = finger == Finger.Thumb ? 11 : 8.5f * Girth(finger);
        End = _places[3] + 1.5f;
        _capStart = End - _capLength;

        // The skin has to be where the pad is, so the outermost bone's flesh moves towards or away from it.
        for (var i = 0; i < 4; i++) _padPush -= Distance(pad) * Vector3.UnitY;
    }

    public Finger Finger { get; }

    /// <summary>From the first joint to the fingertip.</summary>
    public Vector3 Along { get; }

    /// <summary>From the bone to the pulp.</summary>
    public Vector3 Pulp { get; }

    /// <summary>Across the nail.</summary>
    public Vector3 Side { get; }

    /// <summary>Where the fingertip ends, from the first joint along the bones.</summary>
    public float End { get; }

    /// <summary>Where the three joints and the last bone's end are, along the bones.</summary>
    public ReadOnlySpan<float> Places => _places;

    /// <summary>About how much thicker or thinner than a middle finger.</summary>
    public static float Girth(Finger finger) => finger switch
    {
        Finger.Thumb => 1.2f,
        Finger.Index => 0.98f,
        Finger.Middle => 1,
        Finger.Ring => 0.95f,
        _ => 0.84f,
    };

    /// <summary>The distance to this finger's skin, negative inside.</summary>
    public float Distance(Vector3 point)
    {
        var (place, offset) = Locate(point);
        var past = place - _capStart;
        var end = past > 0 ? past / _capLength : place < 0 ? place / Root : 0;
        var endSlope = past > 0 ? end / _capLength : place < 0 ? end / Root : 0;
        var at = Math.Clamp(place, -Root, _capStart);
        var aside = Vector3.Dot(offset, Side);
        var down = Vector3.Dot(offset, Pulp);
        var width = _width.At(at);
        var depth = down > 0 ? _pulp.At(at) : _back.At(at);
        var (x, y) = (aside / width, down / depth);
        var inner = MathF.Sqrt(x * x + y * y + end * end);
        var slope = new Vector3(x / width, y / depth, endSlope).Length();
        return slope < 1e-6f ? -MathF.Min(width, depth) : inner * (inner - 1) / slope;
    }

    /// <summary>A point's place along the bones, and how far it is from them.</summary>
    public (float Place, Vector3 Offset) Locate(Vector3 point)
    {
        var (best, place, nearest) = (float.MaxValue, 0f, Vector3.Zero);
        for (var i = 0; i < 3; i++)
        {
            var bone = _line[i + 1] - _line[i];
            var length = _places[i + 1] - _places[i];
            var along = Vector3.Dot(point - _line[i], bone) / length;

            // The first bone goes on into the palm, the last one beyond the fingertip.
            if (i > 0) along = MathF.Max(along, 0);
            if (i < 2) along = MathF.Min(along, length);
            var foot = _line[i] + bone * (along / length);
            var distance = Vector3.DistanceSquared(point, foot);
            if (distance < best - 1e-4f) (best, place, nearest) = (distance, _places[i] + along, foot);
        }

        var push = Math.Clamp((place - _places[2] + 6) / (_places[3] - _places[2]), 0, 1);
        return (place, point - nearest - push * push * (3 - 2 * push) * _padPush);
    }

    /// <summary>The point of the bones at a place.</summary>
    public Vector3 BoneAt(float place)
    {
        var i = place < _places[1] ? 0 : place < _places[2] ? 1 : 2;
        return Vector3.Lerp(_line[i], _line[i + 1], (place - _places[i]) / (_places[i + 1] - _places[i]));
    }

    private static (Profile Width, Profile Back, Profile Pulp) Long(ReadOnlySpan<float> places, float girth)
    {
        var (pip, dip, end) = (places[1], places[2], places[3]);
        var (proximal, middle) = (pip / 2, (pip + dip) / 2);
        var nail = (dip + end) / 2;
        return (
            new((-Root, 8 * girth), (0, 9.4f * girth), (proximal, 8.7f * girth), (pip - 1, 9.2f * girth), (middle, 8.1f * girth), (dip, 8.2f * girth), (nail, 7.6f * girth), (end, 6.8f * girth)),
            new((-Root, 8 * girth), (-2, 10.6f * girth), (8, 9.6f * girth), (proximal + 2, 7.4f * girth), (pip - 2, 8.7f * girth), (middle + 1, 6.8f * girth), (dip - 1, 7.0f * girth), (nail - 2, 6.0f * girth), (end, 5.2f * girth)),
            new((-Root, 9 * girth), (0, 9.5f * girth), (proximal, 9.6f * girth), (pip, 8.0f * girth), (middle, 8.4f * girth), (dip, 6.9f * girth), (nail, 7.6f * girth), (end, 6.4f * girth)));
    }

    private static (Profile Width, Profile Back, Profile Pulp) Thumb(ReadOnlySpan<float> places)
    {
        var (knuckle, joint, end) = (places[1], places[2], places[3]);
        var proximal = (knuckle + joint) / 2;
        var nail = (joint + end) / 2;
        return (
            new((-Root, 11), (0, 13), (knuckle / 2, 12.5f), (knuckle, 11.4f), (proximal, 9.8f), (joint, 10.4f), (nail, 10.2f), (end, 8.6f)),
            new((-Root, 9), (0, 11), (knuckle / 2, 9.8f), (knuckle - 2, 10.8f), (proximal, 8.4f), (joint - 1, 9.2f), (nail - 2, 7.2f), (end, 5.6f)),
            new((-Root, 12), (0, 14), (knuckle / 2, 14), (knuckle, 11), (proximal, 9.4f), (joint, 8.4f), (nail, 9.2f), (end, 7.4f)));
    }
}
