namespace Duomano.Core.Fingering;

/// <summary>
/// What makes a finger the wrong one. Distances count in white keys (23.5 mm); "hurried" costs fade as the time between
/// two notes grows.
/// </summary>
public enum FingerTerm
{
    /// <summary>Two keys struck or held together lie outside the relaxed distance of their fingers.</summary>
    ChordStretch,

    /// <summary>They lie outside the comfortable distance.</summary>
    ChordStrain,

    /// <summary>Two notes in a row lie closer than their fingers' relaxed distance.</summary>
    LineCramp,

    /// <summary>They lie further apart than their fingers' relaxed distance.</summary>
    LineStretch,

    /// <summary>They lie outside their fingers' comfortable distance.</summary>
    LineStrain,

    /// <summary>They lie outside their fingers' possible distance.</summary>
    LineBreak,

    /// <summary>One note apart, keys lie outside the relaxed distance of their fingers.</summary>
    PhraseStretch,

    /// <summary>One note apart, keys lie outside the comfortable distance of their fingers.</summary>
    PhraseStrain,

    /// <summary>The hand moves along the keyboard.</summary>
    Shift,

    /// <summary>The hand moves, hurried.</summary>
    HurriedShift,

    /// <summary>A finger goes on to another key.</summary>
    Slide,

    /// <summary>A finger goes on to another key, hurried.</summary>
    HurriedSlide,

    /// <summary>A key is struck again by another finger.</summary>
    Substitution,

    /// <summary>A key is struck again by the same finger, hurried.</summary>
    HurriedRepetition,

    /// <summary>A key comes back after one other note under another finger.</summary>
    Return,

    /// <summary>A finger comes back after one other note on another key.</summary>
    Wander,

    /// <summary>The thumb passes the index finger.</summary>
    PassIndex,

    /// <summary>The thumb passes the middle finger.</summary>
    PassMiddle,

    /// <summary>The thumb passes the ring finger.</summary>
    PassRing,

    /// <summary>The thumb passes the little finger.</summary>
    PassLittle,

    /// <summary>The thumb passes from a white key to a black one, or a finger from a black key to a white thumb's outside.</summary>
    PassUphill,

    /// <summary>Two fingers cross without the thumb.</summary>
    Tangle,

    /// <summary>The thumb plays.</summary>
    Thumb,

    /// <summary>The index finger plays.</summary>
    Index,

    /// <summary>The middle finger plays.</summary>
    Middle,

    /// <summary>The ring finger plays.</summary>
    Ring,

    /// <summary>The little finger plays.</summary>
    Little,

    /// <summary>The thumb plays a black key in a line.</summary>
    ThumbOnBlack,

    /// <summary>The little finger plays a black key in a line.</summary>
    LittleOnBlack,

    /// <summary>The thumb plays a black key next to another finger's white key.</summary>
    ThumbUpToBlack,

    /// <summary>The little finger plays a black key next to another finger's white key.</summary>
    LittleUpToBlack,

    /// <summary>The middle finger on a white key, the ring finger on a black one in a row.</summary>
    RingUpToBlack,

    /// <summary>Ring and middle finger follow each other.</summary>
    MiddleRing,

    /// <summary>Ring and little finger follow each other.</summary>
    RingLittle,

    /// <summary>A note is let go early because its finger is needed.</summary>
    LetGo,
}
