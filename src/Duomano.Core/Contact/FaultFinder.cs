using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>What is wrong in one frame.</summary>
/// <param name="Fingers">Fingers of one hand are in each other.</param>
/// <param name="Hands">The hands are in each other.</param>
/// <param name="Bed">A fingertip is below the key bed.</param>
/// <param name="Keys">How many keys are missed or wrongly pressed.</param>
internal readonly record struct FrameFaults(PerHand<bool> Fingers, bool Hands, PerHand<bool> Bed, int Keys)
{
    /// <summary>Whether a hand must move for it.</summary>
    public bool Concern(HandSide side) => Hands || Fingers[side] || Bed[side];

    public bool Any => Concern(HandSide.Left) || Concern(HandSide.Right);

    /// <summary>How much worse a motion is for it.</summary>
    public int Cost => 2 * Keys + (Hands ? 1 : 0) + (Fingers.Left || Fingers.Right ? 1 : 0) + (Bed.Left || Bed.Right ? 2 : 0);
}

/// <summary>Finds out whether flesh, wood and keys are where they should not be, as the physical measures tell it.</summary>
internal sealed class FaultFinder(PerHand<HandCapsules> flesh, PerHand<StrokeTimes> times)
{
    // Faults are found a little before they count, metres.
    private const float Caution = 0.0002f;

    // A finger may touch its key this long before and after its stroke, seconds.
    private const double AtOnce = 0.05;

    private readonly Vector3[] _mirrored = new Vector3[HandCapsules.EndCount];

    /// <summary>Looks at a frame.</summary>
    /// <param name="frame">Which frame of the strokes' times it is.</param>
    /// <param name="left">The left hand's <see cref="HandCapsules.EndCount"/> points as a right hand's.</param>
    /// <param name="right">The right hand's.</param>
    public FrameFaults Find(int frame, ReadOnlySpan<Vector3> left, ReadOnlySpan<Vector3> right)
    {
        for (var i = 0; i < _mirrored.Length; i++) _mirrored[i] = HandMirror.Point(left[i]);
        var keys = Keys(frame, HandSide.Left, left) + Keys(frame, HandSide.Right, right);
        return new(
            new(InEachOther(flesh.Left, left), InEachOther(flesh.Right, right)),
            flesh.Left.DeepestWith(_mirrored, flesh.Right, right) > HandCapsules.Tolerance - Caution,
            new(IsBelowBed(_mirrored), IsBelowBed(right)), keys);
    }

    private static bool InEachOther(HandCapsules hand, ReadOnlySpan<Vector3> ends) => hand.DeepestBetweenFingers(ends) > HandCapsules.Tolerance - Caution;

    private static bool IsBelowBed(ReadOnlySpan<Vector3> ends)
    {
        for (var slot = 0; slot < 5; slot++)
        {
            if (KeyBed.IsBelow(ends[HandJoint.Count + slot], KeyBed.Tolerance - Caution)) return true;
        }

        return false;
    }

    private int Keys(int frame, HandSide side, ReadOnlySpan<Vector3> ends)
    {
        var count = 0;
        for (var slot = 0; slot < 5; slot++)
        {
            var pad = ends[HandJoint.Count + slot];
            ref readonly var moment = ref times[side][frame, slot];
            var under = PianoKey.Under(side == HandSide.Left ? -pad.X : pad.X, pad.Z);
            var pressed = under is { } key && pad.Y < key.TopY - PadPath.CountsAsPressed;
            var own = moment.Stroke is { } stroke && under == stroke.Note.Key;
            if (moment.IsDown ? !pressed || !own : pressed && !(own && moment.Away < AtOnce)) count++;
        }

        return count;
    }
}
