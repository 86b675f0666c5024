namespace Duomano.Core.Fingering;

/// <summary>
/// What makes a hand the wrong one for a note. Distances count in octaves along the keyboard (164.5 mm); "hurried" costs
/// fade as the time since the hand's last note grows.
/// </summary>
public enum HandTerm
{
    /// <summary>The hand moves its middle, hurried.</summary>
    Movement,

    /// <summary>The hand's last note does not end where this one begins.</summary>
    Unlinked,

    /// <summary>The other hand's last note ends where this one begins.</summary>
    Stray,

    /// <summary>Notes struck together lie further apart than a hand takes easily.</summary>
    WideChord,

    /// <summary>The hand holds an earlier note, each.</summary>
    HoldingOn,

    /// <summary>The note lies further away from one still held than a hand takes easily.</summary>
    WideHold,

    /// <summary>A note as long as this one, struck together with it within an octave, is the other hand's.</summary>
    SplitChord,

    /// <summary>A note longer or shorter than this one, struck together with it, is the same hand's.</summary>
    MixedChord,

    /// <summary>Two notes struck together are given to one hand.</summary>
    ThickChord,

    /// <summary>There is more than five fingers can hold, each note.</summary>
    TooMany,

    /// <summary>The hand strikes a key beyond one the other hand holds.</summary>
    Crossing,

    /// <summary>How far beyond.</summary>
    CrossingDistance,

    /// <summary>The hands' middles are close to each other or the wrong way round.</summary>
    Crowding,

    /// <summary>The note lies in the other hand's half of the keyboard.</summary>
    Register,

    /// <summary>The other hand holds the key.</summary>
    Stolen,

    /// <summary>The last note before, not struck together with this one, was the other hand's.</summary>
    Alternation,
}
