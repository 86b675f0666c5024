using Duomano.Core.Music;

namespace Duomano.Core.Playing;

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
