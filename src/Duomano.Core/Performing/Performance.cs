using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Performing;

/// <summary>Why a note is not played.</summary>
public enum UnplayedReason
{
    /// <summary>No hand or no finger is given for it.</summary>
    NoFinger,

    /// <summary>Its key is still being struck by another note.</summary>
    KeyBusy,

    /// <summary>Its finger is needed for another note at the same moment.</summary>
    FingerBusy,

    /// <summary>The hand cannot span it together with the other notes of the same moment.</summary>
    OutOfReach,
}

/// <summary>A note that is not played.</summary>
/// <param name="Note">The note.</param>
/// <param name="Reason">Why.</param>
public readonly record struct UnplayedNote(Note Note, UnplayedReason Reason);

/// <summary>What the kinematic pianist made of some notes.</summary>
/// <param name="Clip">Both hands' motion, with the notes that are played.</param>
/// <param name="Unplayed">Notes that two hands cannot play.</param>
public sealed record Performance(TwoHandClip Clip, IReadOnlyList<UnplayedNote> Unplayed)
{
    /// <summary>What each hand's fingers do, in the frame of a right hand.</summary>
    internal PerHand<List<Stroke>> Strokes { get; init; }
}
