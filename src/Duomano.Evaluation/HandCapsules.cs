using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Evaluation;

/// <summary>A hand's flesh as capsules around its bones, to find out where two parts of hands are in one place.</summary>
internal sealed class HandCapsules
{
    // Half thickness of an average adult's fingers and palm, metres.
    private const float FingerRadius = 0.0075f;
    private const float FingertipRadius = 0.0060f;
    private const float PalmRadius = 0.0110f;

    private readonly Capsule[] _capsules;

    /// <summary>The capsules of a hand.</summary>
    public HandCapsules(HandSkeleton skeleton)
    {
        var capsules = new List<Capsule>();
        foreach (var finger in Fingers.All)
        {
            var first = HandJoint.First(finger);
            capsules.Add(new(HandJoint.Wrist, first, PalmRadius * skeleton.Size, null));

            // The thumb's first bone lies in the palm.
            if (finger == Finger.Thumb) capsules.Add(new(first, first + 1, PalmRadius * skeleton.Size, null));
            else capsules.Add(new(first, first + 1, FingerRadius * skeleton.Size, finger));
            capsules.Add(new(first + 1, first + 2, FingerRadius * skeleton.Size, finger));
            capsules.Add(new(first + 2, HandJoint.Tip(finger), FingertipRadius * skeleton.Size, finger));
        }

        _capsules = [.. capsules];
    }

    /// <summary>How deep the deepest two fingers of this hand are in each other, metres; 0 or less if they are apart.</summary>
    /// <param name="points">The hand's 21 points.</param>
    public float DeepestBetweenFingers(ReadOnlySpan<Vector3> points)
    {
        var deepest = float.NegativeInfinity;
        for (var i = 0; i < _capsules.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (_capsules[i].Finger is { } a && _capsules[j].Finger is { } b && a != b) deepest = MathF.Max(deepest, Depth(_capsules[i], points, _capsules[j], points));
            }
        }

        return deepest;
    }

    /// <summary>How deep two hands are in each other, metres; 0 or less if they are apart.</summary>
    /// <param name="points">This hand's 21 points.</param>
    /// <param name="other">The other hand.</param>
    /// <param name="otherPoints">Its 21 points.</param>
    public float DeepestWith(ReadOnlySpan<Vector3> points, HandCapsules other, ReadOnlySpan<Vector3> otherPoints)
    {
        var deepest = float.NegativeInfinity;
        foreach (var own in _capsules)
        {
            foreach (var theirs in other._capsules) deepest = MathF.Max(deepest, Depth(own, points, theirs, otherPoints));
        }

        return deepest;
    }

    private static float Depth(in Capsule a, ReadOnlySpan<Vector3> aPoints, in Capsule b, ReadOnlySpan<Vector3> bPoints) =>
        a.Radius + b.Radius - SegmentDistance(aPoints[a.From], aPoints[a.To], bPoints[b.From], bPoints[b.To]);

    // Ericson, "Real-Time Collision Detection" (2005), section 5.1.9.
    internal static float SegmentDistance(Vector3 p1, Vector3 q1, Vector3 p2, Vector3 q2)
    {
        const float Tiny = 1e-12f;
        var (d1, d2, r) = (q1 - p1, q2 - p2, p1 - p2);
        var (a, e, b) = (d1.LengthSquared(), d2.LengthSquared(), Vector3.Dot(d1, d2));
        var (c, f) = (Vector3.Dot(d1, r), Vector3.Dot(d2, r));
        var denominator = a * e - b * b;
        var s = a > Tiny && denominator > Tiny ? Math.Clamp((b * f - c * e) / denominator, 0, 1) : 0;
        var t = e > Tiny ? (b * s + f) / e : 0;
        if (t is < 0 or > 1)
        {
            t = Math.Clamp(t, 0, 1);
            s = a > Tiny ? Math.Clamp((b * t - c) / a, 0, 1) : 0;
        }
        else if (e <= Tiny && a > Tiny)
        {
            s = Math.Clamp(-c / a, 0, 1);
        }

        return Vector3.Distance(p1 + d1 * s, p2 + d2 * t);
    }

    private readonly record struct Capsule(int From, int To, float Radius, Finger? Finger);
}
