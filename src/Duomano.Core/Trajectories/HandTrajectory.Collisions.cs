using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Trajectories;

/// <summary>The cost terms of collisions: no finger penetrates another one, no hand the other.</summary>
internal sealed partial class HandTrajectory
{
    // The weight of a penetration is one over the square of this, and how much air is wanted, metres.
    private const double Penetration = 0.0002;
    private const float Air = 0.0002f;
    private const float HandsAir = 0.002f;

    // The hand that goes above parts from the other one upwards at least as much as this (the sine of the angle).
    private const float Leaning = 0.25f;

    private static readonly int[][] PairColumns = [.. from a in Enumerable.Range(0, 5) from b in Enumerable.Range(0, 5) select Pair(a, b)];

    private static int[] Pair(int a, int b)
    {
        var (first, second) = (HandState.Angles(Math.Min(a, b)), HandState.Angles(Math.Max(a, b)));
        return [first, first + 1, first + 2, second, second + 1, second + 2];
    }

    private void AddFingers(int index)
    {
        Span<CapsuleContact> found = stackalloc CapsuleContact[24];
        Span<double> row = stackalloc double[6];
        var ends = _geometry.Ends;
        var count = _capsules.FindBetweenFingers(ends, Air, found);
        foreach (var contact in found[..count])
        {
            var (slotA, slotB) = (contact.Own / 4, contact.Other / 4);
            var away = Untangled(contact, slotA, slotB, out var depth);
            var rowA = slotA < slotB ? row[..3] : row[3..];
            var rowB = slotA < slotB ? row[3..] : row[..3];
            _geometry.FingerRow(slotA, contact.Own % 4 - 1, On(contact.Own, contact.OwnShare, ends), away, rowA);
            _geometry.FingerRow(slotB, contact.Other % 4 - 1, On(contact.Other, contact.OtherShare, ends), -away, rowB);
            _equations.Add(index, PairColumns[slotA * 5 + slotB], row, -depth - Air, 1 / (Penetration * Penetration));
        }
    }

    // Neighbouring fingers whose axes have passed each other go back to their own sides.
    private Vector3 Untangled(in CapsuleContact contact, int slotA, int slotB, out float depth)
    {
        depth = contact.Depth;
        if (slotA == 0 || slotB == 0) return contact.Away;
        var towardsThumb = Vector3.Normalize(_geometry.Joint(1, 0) - _geometry.Joint(4, 0));
        var side = Vector3.Dot(contact.Away, towardsThumb) * (slotA < slotB ? 1 : -1);
        if (side > -0.5f) return contact.Away;
        var radii = _capsules.Capsules[contact.Own].Radius + _capsules.Capsules[contact.Other].Radius;
        depth = 2 * radii - contact.Depth;
        return -contact.Away;
    }

    private Vector3 On(int capsule, float share, ReadOnlySpan<Vector3> ends) =>
        Vector3.Lerp(ends[_capsules.Capsules[capsule].From], ends[_capsules.Capsules[capsule].To], share);

    private void AddOtherHand(int index, HandTrajectory other, int upwards)
    {
        var ends = _geometry.Ends;
        var theirs = other.Ends(index);
        var reach = 0.2f * (_hand.Skeleton.Size + other._hand.Skeleton.Size);
        if (Vector3.Distance(ends[0], HandMirror.Point(theirs[0])) > reach) return;
        Span<Vector3> mirrored = stackalloc Vector3[HandCapsules.EndCount];
        for (var i = 0; i < mirrored.Length; i++) mirrored[i] = HandMirror.Point(theirs[i]);
        Span<double> row = stackalloc double[HandGeometry.RowLength];
        for (var own = 0; own < _capsules.Capsules.Count; own++)
        {
            var a = _capsules.Capsules[own];
            for (var their = 0; their < other._capsules.Capsules.Count; their++)
            {
                var b = other._capsules.Capsules[their];
                var (a0, a1, b0, b1) = (ends[a.From], ends[a.To], mirrored[b.From], mirrored[b.To]);
                var near = a.Radius + b.Radius + HandsAir;
                var far = near + (Vector3.Distance(a0, a1) + Vector3.Distance(b0, b1)) / 2;
                if (Vector3.DistanceSquared(a0 + a1, b0 + b1) > 4 * far * far) continue;
                var (s, t) = Segments.Nearest(a0, a1, b0, b1);
                var point = Vector3.Lerp(a0, a1, s);
                var apart = point - Vector3.Lerp(b0, b1, t);
                var distance = apart.Length();
                if (distance >= near) continue;
                var away = distance > 1e-5f ? apart / distance : Vector3.UnitY;
                if (upwards != 0) away = Above(away, upwards, ref distance);
                _geometry.Row(own / 4, own % 4 - 1, point, away, row);
                // Each hand goes half of the way.
                _equations.Add(index, FingerColumns[own / 4], row, (distance - near) / 2, 1 / (Penetration * Penetration));
            }
        }
    }

    // A hand that is on the wrong side of the other one goes back through it; the distance is then negative.
    private static Vector3 Above(Vector3 away, int upwards, ref float distance)
    {
        var up = away.Y * upwards;
        if (up >= Leaning) return away;
        var direction = Vector3.Normalize(away * (1 - MathF.Max(0, -up)) + Vector3.UnitY * upwards * (Leaning - up));
        distance = MathF.Min(distance, distance * Vector3.Dot(away, direction));
        return direction;
    }
}
