using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Performing;

/// <summary>
/// Keeps parts of hands from being in one place: pass after pass, wherever two fingers touch, the one that is free (or
/// both by halves) is asked to give way in the direction that parts them soonest, and gives in smoothly.
/// </summary>
internal sealed class Disentangling(PerHand<HandPerformer> hands, HandCapsules flesh, Meeting meeting, int frames)
{
    private const int Passes = 14;

    // Fingers nearer than this give way, metres.
    private const float Margin = 0.0005f;
    private const float Gain = 1.3f;
    private const float LargestMove = 0.012f;
    private const float WristGain = 1.6f;

    // Two fingers that are together less free than this ask the wrist, too.
    private const float Bound = 0.7f;

    // To find out what a wrist can do it is moved by so much, turns as arcs at a radius, metres; some ways are dearer.
    private const float Probe = 0.003f;
    private const float TurnRadius = 0.08f;
    private static readonly float[] Mobility = [1, 0.4f, 1, 1, 0.6f];

    // Neighbours part sideways at least as much as this (the sine of the angle).
    private const float Beside = 0.5f;

    // Fingers less free than this stay on their way.
    private const float LeastFreedom = 0.1f;

    public void Solve(IProgress<double>? progress, CancellationToken cancellation)
    {
        var touching = new PerHand<bool[]>(new bool[frames], new bool[frames]);
        var together = new bool[frames];
        foreach (var side in HandSides.Both) hands[side].Bend();
        for (var pass = 0; pass < Passes; pass++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report((pass + 1.0) / (Passes + 1));
            var met = LookBetween(together, pass);
            foreach (var side in HandSides.Both)
            {
                var own = hands[side];
                if (!(Look(own, touching[side]) | met)) continue;
                own.GiveIn();
                own.Bend();
            }
        }
    }

    // Asks fingers, or wrists, of both hands to give way to each other; false if they are apart.
    private bool LookBetween(bool[] together, int pass)
    {
        var any = false;
        Span<CapsuleContact> found = stackalloc CapsuleContact[128];
        Span<int> deepest = stackalloc int[36];
        Span<Vector3> left = stackalloc Vector3[HandCapsules.EndCount];
        for (var frame = 0; frame < frames; frame++)
        {
            if (!hands.Left.Changed[frame] && !hands.Right.Changed[frame] && !together[frame]) continue;
            var mirrored = hands.Left.Ends(frame);
            var right = hands.Right.Ends(frame);
            if (right[HandJoint.Wrist].X + mirrored[HandJoint.Wrist].X > 0.4f) continue;
            for (var i = 0; i < left.Length; i++) left[i] = HandMirror.Point(mirrored[i]);
            var count = flesh.FindWith(left, flesh, right, Margin, found);
            together[frame] = count > 0;
            if (count == 0) continue;
            any = true;
            deepest.Fill(-1);
            for (var i = 0; i < count; i++)
            {
                ref var best = ref deepest[Part(found[i].Own) * 6 + Part(found[i].Other)];
                if (best < 0 || found[i].Depth > found[best].Depth) best = i;
            }

            var worst = -1;
            foreach (var i in deepest)
            {
                if (i < 0) continue;
                var contact = found[i];
                var (l, r) = (Freedom(hands.Left, frame, contact.Own), Freedom(hands.Right, frame, contact.Other));
                if (l + r >= LeastFreedom)
                {
                    var apart = contact.Away * ((contact.Depth + Margin) * Gain / (l + r));
                    if (l > 0) Ask(hands.Left, frame, Part(contact.Own) - 1, HandMirror.Point(apart * l), Lever(left, contact.Own, contact.OwnShare));
                    if (r > 0) Ask(hands.Right, frame, Part(contact.Other) - 1, -apart * r, Lever(right, contact.Other, contact.OtherShare));
                    if (pass < 2) continue;
                }

                else if (contact.Depth > 0 && Part(contact.Own) > 0 && Part(contact.Other) > 0)
                {
                    var apart = contact.Away * (contact.Depth + Margin);
                    hands.Left.AskContact(frame, Part(contact.Own) - 1, HandMirror.Point(apart));
                    hands.Right.AskContact(frame, Part(contact.Other) - 1, -apart);
                }

                if (worst < 0 || contact.Depth > found[worst].Depth) worst = i;
            }

            if (worst >= 0) PartWrists(frame, found[worst]);
        }

        return any;
    }

    private void PartWrists(int frame, CapsuleContact contact)
    {
        var (left, right) = (hands.Left.WristFreedom(frame) + 0.05f, hands.Right.WristFreedom(frame) + 0.05f);
        foreach (var side in HandSides.Both)
        {
            var away = side == HandSide.Left ? HandMirror.Point(contact.Away) : -contact.Away;
            var share = (side == HandSide.Left ? left : right) / (left + right);
            var idle = hands[side].WristFreedom(frame);
            // A hand that plays can only go up or down; one that does not goes aside.
            var above = meeting.AboveAt(frame) == side;
            var vertical = new Vector3(0, above ? 1 : -0.5f, above ? -0.3f : 0.3f);
            var aside = new Vector3(1, 0.3f, 0.2f);
            var direction = Vector3.Normalize(away + Vector3.Lerp(vertical, aside, idle));
            hands[side].Wrist.Ask(frame, new(direction * MathF.Min((contact.Depth + Margin) * share * WristGain, LargestMove)));
        }
    }

    // 0 for the palm, the number of the finger otherwise.
    private int Part(int capsule) => flesh.Capsules[capsule].Finger is { } finger ? (int)finger : 0;

    private float Freedom(HandPerformer hand, int frame, int capsule) => Part(capsule) is var part && part == 0 ? 0 : hand.Freedom(frame, part - 1);

    // Asks the fingers of one hand to give way to each other; false if none touch.
    private bool Look(HandPerformer hand, bool[] touching)
    {
        var any = false;
        Span<CapsuleContact> found = stackalloc CapsuleContact[flesh.Capsules.Count * 4];
        Span<int> deepest = stackalloc int[25];
        for (var frame = 0; frame < frames; frame++)
        {
            if (!hand.Changed[frame] && !touching[frame]) continue;
            var ends = hand.Ends(frame);
            var count = flesh.FindBetweenFingers(ends, Margin, found);
            touching[frame] = count > 0;
            if (count == 0) continue;
            deepest.Fill(-1);
            for (var i = 0; i < count; i++)
            {
                ref var best = ref deepest[Slot(found[i].Own) * 5 + Slot(found[i].Other)];
                if (best < 0 || found[i].Depth > found[best].Depth) best = i;
            }

            foreach (var i in deepest)
            {
                if (i >= 0) any |= Part(hand, frame, ends, found[i]);
            }
        }

        return any;
    }

    private bool Part(HandPerformer hand, int frame, ReadOnlySpan<Vector3> ends, CapsuleContact contact)
    {
        var (own, other) = (Slot(contact.Own), Slot(contact.Other));
        var (ownFree, otherFree) = (hand.Freedom(frame, own), hand.Freedom(frame, other));
        if (ownFree + otherFree < Bound && contact.Depth > 0 && Loosening(hand, frame, own, other) is { } loosening)
        {
            hand.Wrist.Ask(frame, loosening);
            var half = contact.Away * (0.5f * contact.Depth);
            hand.AskContact(frame, own, half);
            hand.AskContact(frame, other, -half);
            if (ownFree + otherFree < LeastFreedom) return true;
        }

        if (ownFree + otherFree < LeastFreedom) return false;
        var (away, depth) = InOrder(ends, contact, own, other);
        var apart = away * ((depth + Margin) * Gain / (ownFree + otherFree));
        Ask(hand, frame, own, apart * ownFree, Lever(ends, contact.Own, contact.OwnShare));
        Ask(hand, frame, other, -apart * otherFree, Lever(ends, contact.Other, contact.OtherShare));
        return true;
    }

    // The smallest move of the wrist that parts two fingers that are bound to their keys, from how their depth changes
    // with each of its coordinates while the pads stay.
    private WristMove? Loosening(HandPerformer hand, int frame, int own, int other)
    {
        Span<float> slopes = stackalloc float[WristMove.Count];
        var square = 0f;
        for (var axis = 0; axis < WristMove.Count; axis++)
        {
            var unit = axis < 3 ? Probe : Probe / TurnRadius;
            var slope = (DepthAfter(unit) - DepthAfter(-unit)) / (2 * Probe);
            slopes[axis] = slope * Mobility[axis];
            square += slope * slopes[axis];

            float DepthAfter(float amount) => hand.DepthAfter(frame, own, other, WristMove.Along(axis, amount));
        }

        if (square < 0.01f) return null;
        var depth = hand.DepthAfter(frame, own, other, default) + Margin;
        if (depth <= 0) return null;
        var move = default(WristMove);
        var scale = -depth / square;
        for (var axis = 0; axis < WristMove.Count; axis++)
        {
            var amount = Math.Clamp(slopes[axis] * scale, -LargestMove, LargestMove);
            move += WristMove.Along(axis, axis < 3 ? amount : amount / TurnRadius);
        }

        return move;
    }

    // Fingers keep their order: one that has come to the wrong side of its neighbour goes back the way it came.
    private (Vector3 Away, float Depth) InOrder(ReadOnlySpan<Vector3> ends, CapsuleContact contact, int own, int other)
    {
        if (own == 0 || other == 0) return (contact.Away, contact.Depth);
        var outwards = Vector3.Normalize(ends[HandJoint.First(Finger.Little)] - ends[HandJoint.First(Finger.Index)]);
        if (own < other) outwards = -outwards;
        var order = Vector3.Dot(contact.Away, outwards);
        if (order >= Beside) return (contact.Away, contact.Depth);
        if (order > 0) return (Vector3.Normalize(contact.Away + outwards * (Beside - order)), contact.Depth);
        var radii = flesh.Capsules[contact.Own].Radius + flesh.Capsules[contact.Other].Radius;
        return (outwards, radii - (radii - contact.Depth) * order);
    }

    private static void Ask(HandPerformer hand, int frame, int slot, Vector3 move, float lever)
    {
        if (move == Vector3.Zero) return;
        move /= lever;
        var length = move.Length();
        hand.Offsets.Ask(frame, slot, length > LargestMove ? move * (LargestMove / length) : move);
    }

    // How far a point of a finger goes when the pad goes by 1.
    private float Lever(ReadOnlySpan<Vector3> ends, int capsule, float share)
    {
        var (from, to, finger) = (flesh.Capsules[capsule].From, flesh.Capsules[capsule].To, flesh.Capsules[capsule].Finger!.Value);
        var knuckle = ends[HandJoint.First(finger)];
        var tip = ends[HandJoint.PointCount + (int)finger - 1];
        return Math.Clamp(Vector3.Distance(Vector3.Lerp(ends[from], ends[to], share), knuckle) / MathF.Max(Vector3.Distance(tip, knuckle), 1e-3f), 0.3f, 1);
    }

    private int Slot(int capsule) => (int)flesh.Capsules[capsule].Finger!.Value - 1;
}
