using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>What is wrong in one frame.</summary>
/// <param name="Fingers">Fingers of one hand are in each other.</param>
/// <param name="Hands">The hands are in each other.</param>
/// <param name="Bed">A fingertip is below the key bed.</param>
/// <param name="Keys">How the fingers meet their keys.</param>
internal readonly record struct FrameFaults(PerHand<bool> Fingers, bool Hands, PerHand<bool> Bed, PerHand<KeyFaults> Keys)
{
    /// <summary>Whether a hand must move for it.</summary>
    public bool Concern(HandSide side) => Hands || Fingers[side] || Bed[side];

    public bool Any => Concern(HandSide.Left) || Concern(HandSide.Right);

    /// <summary>How much worse a motion is for it.</summary>
    public int Cost => 2 * (Keys.Left.Count + Keys.Right.Count) + (Hands ? 1 : 0) + (Fingers.Left || Fingers.Right ? 1 : 0) + (Bed.Left || Bed.Right ? 2 : 0);
}

/// <summary>How one hand's fingers meet their keys in one frame; each number has a bit a finger, the thumb's the lowest.</summary>
/// <param name="Wanted">Fingers that should hold their keys.</param>
/// <param name="Held">Those of them that do.</param>
/// <param name="Wrong">Fingers that press a key that they should not.</param>
internal readonly record struct KeyFaults(int Wanted, int Held, int Wrong)
{
    /// <summary>Keys that are not held or wrongly pressed.</summary>
    public int Count => System.Numerics.BitOperations.PopCount((uint)(Wanted & ~Held)) + System.Numerics.BitOperations.PopCount((uint)Wrong);
}

/// <summary>Finds collisions, fingertips below the key bed and touched keys, as the physical measures tell them.</summary>
internal sealed class FaultFinder(PerHand<HandCapsules> capsules, PerHand<StrokeSchedule> times)
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
        return new(
            new(InEachOther(capsules.Left, left), InEachOther(capsules.Right, right)),
            capsules.Left.DeepestWith(_mirrored, capsules.Right, right) > HandCapsules.Tolerance - Caution,
            new(IsBelowBed(_mirrored), IsBelowBed(right)), new(Keys(frame, HandSide.Left, left), Keys(frame, HandSide.Right, right)));
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

    private KeyFaults Keys(int frame, HandSide side, ReadOnlySpan<Vector3> ends)
    {
        var (wanted, held, wrong) = (0, 0, 0);
        for (var slot = 0; slot < 5; slot++)
        {
            var pad = ends[HandJoint.Count + slot];
            ref readonly var moment = ref times[side][frame, slot];
            var under = PianoKey.Under(side == HandSide.Left ? -pad.X : pad.X, pad.Z);
            var pressed = under is { } key && pad.Y < key.TopY - PianoKey.PressedDepth;
            var own = moment.Stroke is { } stroke && under == stroke.Note.Key;
            if (moment.IsDown) wanted |= 1 << slot;
            if (moment.IsDown && pressed && own) held |= 1 << slot;
            if (pressed && !(own && moment.Away < AtOnce)) wrong |= 1 << slot;
        }

        return new(wanted, held, wrong);
    }
}
