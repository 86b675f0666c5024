using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Playing;

/// <summary>Answers whether one hand can hold several keys at once, and where it would be.</summary>
internal sealed class HandReach
{
    /// <summary>How far below its top a key is held, metres.</summary>
    public const float PressDepth = 0.0088f;

    private const float Tolerance = 0.0015f;

    // A wrist below this would sink into the keyboard, metres.
    private const float LowestWrist = 0.008f;

    // Widened by this much, hands of all habits open in the same way: flat and low, metres.
    private const float WhollyOpen = 0.035f;
    private const float OpenHeight = 0.044f;
    private const float OpenCurl = 0.35f;

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
    private readonly NaturalPosture _openPosture;

    public HandReach(HandIk hand, NaturalPosture posture)
    {
        _hand = hand;
        _posture = posture;
        _openPosture = new(hand, PerformanceStyle.Neutral with { WristHeight = OpenHeight, FingerCurl = OpenCurl });
    }

    /// <summary>The hand at rest.</summary>
    public NaturalPosture Posture => _posture;

    /// <summary>Whether the strokes' keys can be held together.</summary>
    public bool CanHold(IReadOnlyList<Stroke> strokes) => strokes.Count < 2 || Place(strokes) is not null;

    /// <summary>Where the wrist is when the strokes' keys are held together, or null if they cannot be.</summary>
    /// <param name="strokes">The strokes.</param>
    public Placement? Place(IReadOnlyList<Stroke> strokes)
    {
        if (strokes.Count > 5) return null;
        Span<(Finger Finger, float X, float Z)> wishes = stackalloc (Finger, float, float)[strokes.Count];
        for (var i = 0; i < strokes.Count; i++)
        {
            var stroke = strokes[i];
            for (var j = 0; j < i; j++)
            {
                if (!MaySpan(stroke, strokes[j])) return null;
            }

            wishes[i] = (stroke.Finger, stroke.Place.X, stroke.Place.PreferredZ(stroke.Finger));
        }

        var widening = Stretch.Widening(strokes, _posture);
        var open = Math.Clamp(widening / WhollyOpen, 0, 1);
        Placement? found = null;
        // A hand that cannot from its usual way of opening tries others.
        foreach (var (turns, inwards) in (ReadOnlySpan<(float, float)>)[(1, 0), (0, 0), (1, -0.02f), (0.5f, 0.02f)])
        {
            var (start, contacts) = Start(strokes, wishes, widening, open, turns, inwards);
            found = Solve(strokes, start, contacts);
            if (found is not null || open <= 0) break;
        }

        return found;
    }

    /// <summary>How much farther apart two strokes' keys are than their fingers ever are, metres; 0 within.</summary>
    public float Beyond(Stroke a, Stroke b)
    {
        var (lower, upper) = a.Finger < b.Finger ? (a, b) : (b, a);
        var widest = WidestSpan[(int)lower.Finger - 1, (int)upper.Finger - 1] * _hand.Skeleton.Size;
        return MathF.Max(0, MathF.Abs(upper.Place.X - lower.Place.X) - widest);
    }

    private (Placement Start, Vector3[] Contacts) Start(
        IReadOnlyList<Stroke> strokes, ReadOnlySpan<(Finger Finger, float X, float Z)> wishes, float widening, float open, float turns, float inwards)
    {
        Span<PostureFit> fits = stackalloc PostureFit[2];
        foreach (var (finger, wishX, wishZ) in wishes)
        {
            fits[0].Add(_posture.Pad(finger), wishX, wishZ, 1);
            fits[1].Add(_openPosture.Pad(finger), wishX, wishZ, 1);
        }

        var preferred = NaturalPosture.Turn(wishes[0].X);
        var (usual, flat) = (fits[0].Solve(preferred), fits[1].Solve(preferred));
        var stretch = Stretch.Of(strokes, widening);
        var yaw = float.Lerp(usual.Yaw, flat.Yaw, open) + stretch.Yaw * turns;
        var (x, z) = (float.Lerp(usual.X, flat.X, open), float.Lerp(usual.Z, flat.Z, open) + stretch.Z + inwards);
        var y = float.Lerp(_posture.Height, _openPosture.Height, open) + stretch.Y;
        var contacts = new Vector3[strokes.Count];
        for (var i = 0; i < contacts.Length; i++)
        {
            if (strokes[i].HasContact)
            {
                contacts[i] = strokes[i].Contact;
                continue;
            }

            var pad = Vector3.Lerp(_posture.Pad(strokes[i].Finger, yaw), _openPosture.Pad(strokes[i].Finger, yaw), open);
            contacts[i] = strokes[i].Place.Contact(x + pad.X, z + pad.Z);
        }

        return (new(new(x, y, z), yaw, contacts), contacts);
    }

    private Placement? Solve(IReadOnlyList<Stroke> strokes, Placement start, Vector3[] contacts)
    {
        Span<FingerTarget> targets = stackalloc FingerTarget[strokes.Count];
        Span<FingerAngles> angles = stackalloc FingerAngles[5];
        foreach (var finger in Fingers.All) angles[(int)finger - 1] = _openPosture.Angles(finger);
        for (var i = 0; i < contacts.Length; i++) targets[i] = new(strokes[i].Finger, contacts[i] - Vector3.UnitY * PressDepth);
        var (wrist, miss) = _hand.Solve(targets, new(start.Position, NaturalPosture.Orientation(start.Yaw)), angles, Tolerance);
        if (miss > Tolerance || wrist.Position.Y < LowestWrist) return null;
        var ahead = Vector3.Transform(-Vector3.UnitX, wrist.Orientation);
        return new(wrist.Position, MathF.Atan2(-ahead.X, -ahead.Z), contacts);
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
/// <param name="Contacts">Where its pads meet the keys.</param>
internal readonly record struct Placement(Vector3 Position, float Yaw, Vector3[] Contacts);

/// <summary>Weighted rigid least squares in the keyboard plane, with a hand that has a direction it prefers to point to.</summary>
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

    /// <summary>The best place and turn.</summary>
    /// <param name="preferred">The turn that the hand would like to have, radians.</param>
    public readonly (float X, float Z, float Yaw) Solve(float preferred)
    {
        var (pads, misses) = (_pads / _weight, _misses / _weight);
        var cross = _cross / _weight - (misses.X * pads.Y - misses.Y * pads.X);
        var square = _square / _weight - pads.LengthSquared();
        var yaw = Math.Clamp((cross + TurnCost * TurnCost * preferred) / (square + TurnCost * TurnCost), -LargestTurn, LargestTurn + preferred);
        return (misses.X - yaw * pads.Y, misses.Y + yaw * pads.X, yaw);
    }
}
