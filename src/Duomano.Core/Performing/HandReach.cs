using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Performing;

/// <summary>Answers whether one hand can hold several keys at once, and where it would be.</summary>
internal sealed class HandReach
{
    /// <summary>How far below its top a key is held, metres.</summary>
    public const float PressDepth = 0.0088f;

    private const float Tolerance = 0.0015f;

    // Wider than any two pads can be, across the keyboard for a hand of size 1: [lower finger, upper finger].
    private static readonly float[,] WidestSpan =
    {
        { 0, 0.180f, 0.200f, 0.210f, 0.225f },
        { 0, 0, 0.085f, 0.125f, 0.155f },
        { 0, 0, 0, 0.075f, 0.115f },
        { 0, 0, 0, 0, 0.080f },
        { 0, 0, 0, 0, 0 },
    };

    private readonly HandIk _hand;
    private readonly NaturalPosture _posture;

    public HandReach(HandIk hand, NaturalPosture posture)
    {
        _hand = hand;
        _posture = posture;
    }

    /// <summary>Where the wrist would be for these keys: rigid least squares of the resting pads.</summary>
    /// <returns>The wrist's place on the keyboard plane and the hand's turn about the vertical axis.</returns>
    public (float X, float Z, float Yaw) Fit(ReadOnlySpan<(Finger Finger, float X, float Z)> pads)
    {
        var fit = new PostureFit();
        foreach (var (finger, x, z) in pads) fit.Add(_posture.Pad(finger), x, z, 1);
        return fit.Solve();
    }

    /// <summary>Whether the strokes' keys can be held together.</summary>
    public bool CanHold(IReadOnlyList<Stroke> strokes) => strokes.Count < 2 || Place(strokes) is not null;

    /// <summary>Where the wrist is when the strokes' keys are held together, or null if they cannot be.</summary>
    public Placement? Place(IReadOnlyList<Stroke> strokes)
    {
        if (strokes.Count > 5) return null;
        Span<(Finger, float, float)> wishes = stackalloc (Finger, float, float)[strokes.Count];
        for (var i = 0; i < strokes.Count; i++)
        {
            var stroke = strokes[i];
            for (var j = 0; j < i; j++)
            {
                if (!MaySpan(stroke, strokes[j])) return null;
            }

            wishes[i] = (stroke.Finger, stroke.Place.X, stroke.Place.PreferredZ(stroke.Finger));
        }

        var (x, z, yaw) = Fit(wishes);
        var stretch = Stretch.Of(strokes, _posture);
        yaw += stretch.Yaw;
        z += stretch.Z;
        Span<FingerTarget> targets = stackalloc FingerTarget[strokes.Count];
        Span<FingerAngles> angles = stackalloc FingerAngles[5];
        foreach (var finger in Fingers.All) angles[(int)finger - 1] = _posture.Angles(finger);
        for (var i = 0; i < strokes.Count; i++)
        {
            var pad = _posture.Pad(strokes[i].Finger, yaw);
            var contact = strokes[i].Place.Contact(x + pad.X, z + pad.Z);
            targets[i] = new(strokes[i].Finger, contact - Vector3.UnitY * PressDepth);
        }

        WristPose preferred = new(new(x, _posture.Height + stretch.Y, z), NaturalPosture.Orientation(yaw));
        var (wrist, miss) = _hand.Solve(targets, preferred, angles, Tolerance);
        if (miss > Tolerance) return null;
        var ahead = Vector3.Transform(-Vector3.UnitX, wrist.Orientation);
        return new(wrist.Position, MathF.Atan2(-ahead.X, -ahead.Z));
    }

    private bool MaySpan(Stroke a, Stroke b)
    {
        if (a.Finger == b.Finger) return false;
        var (lower, upper) = a.Finger < b.Finger ? (a, b) : (b, a);
        var span = upper.Place.X - lower.Place.X;
        var widest = WidestSpan[(int)lower.Finger - 1, (int)upper.Finger - 1] * _hand.Skeleton.Size;
        return span <= widest && span >= (lower.Finger == Finger.Thumb ? -0.09f : -0.03f) * _hand.Skeleton.Size;
    }
}

/// <summary>Where a wrist is while a hand holds some keys.</summary>
/// <param name="Position">Metres.</param>
/// <param name="Yaw">The hand's turn about the vertical axis, radians.</param>
internal readonly record struct Placement(Vector3 Position, float Yaw);

/// <summary>Weighted rigid least squares in the keyboard plane, with a hand that prefers to point straight ahead.</summary>
internal struct PostureFit
{
    // A turn of one radian is as unwelcome as pads missing by this much, metres.
    private const float TurnCost = 0.05f;
    private const float LargestTurn = 0.4f;

    private float _weight;
    private Vector2 _pads;
    private Vector2 _misses;
    private float _cross;
    private float _square;

    /// <summary>Adds a wish: the resting pad's place from the wrist, and where it should be.</summary>
    public void Add(Vector3 pad, float x, float z, float weight)
    {
        var (ex, ez) = (x - pad.X, z - pad.Z);
        _weight += weight;
        _pads += weight * new Vector2(pad.X, pad.Z);
        _misses += weight * new Vector2(ex, ez);
        _cross += weight * (ex * pad.Z - ez * pad.X);
        _square += weight * (pad.X * pad.X + pad.Z * pad.Z);
    }

    public readonly bool IsEmpty => _weight <= 0;

    public readonly float Weight => _weight;

    public readonly (float X, float Z, float Yaw) Solve()
    {
        var (pads, misses) = (_pads / _weight, _misses / _weight);
        var cross = _cross / _weight - (misses.X * pads.Y - misses.Y * pads.X);
        var square = _square / _weight - pads.LengthSquared();
        var yaw = Math.Clamp(cross / (square + TurnCost * TurnCost), -LargestTurn, LargestTurn);
        return (misses.X - yaw * pads.Y, misses.Y + yaw * pads.X, yaw);
    }
}
