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

    /// <summary>Another finger than the little one takes a white key an octave or more from the thumb's.</summary>
    OctaveWithoutLittle,

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

    /// <summary>A finger goes on from a black key to the white one beside it, more than to others.</summary>
    SlideOff,

    /// <summary>A key is struck again by another finger.</summary>
    Substitution,

    /// <summary>A key is struck again by another finger, hurried.</summary>
    HurriedSubstitution,

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

    /// <summary>A finger passes over the thumb, more than the thumb under a finger.</summary>
    PassOver,

    /// <summary>The thumb passes in a hurry.</summary>
    HurriedPass,

    /// <summary>The thumb's key is black and the passed finger's white.</summary>
    PassUphill,

    /// <summary>The thumb's key is white and the passed finger's black.</summary>
    PassDownhill,

    /// <summary>Two fingers cross without the thumb.</summary>
    Tangle,

    /// <summary>The thumb plays a note by itself.</summary>
    Thumb,

    /// <summary>The index finger plays a note by itself.</summary>
    Index,

    /// <summary>The middle finger plays a note by itself.</summary>
    Middle,

    /// <summary>The ring finger plays a note by itself.</summary>
    Ring,

    /// <summary>The little finger plays a note by itself.</summary>
    Little,

    /// <summary>The thumb plays a black key by itself.</summary>
    ThumbOnBlack,

    /// <summary>The index finger plays a black key by itself.</summary>
    IndexOnBlack,

    /// <summary>The middle finger plays a black key by itself.</summary>
    MiddleOnBlack,

    /// <summary>The ring finger plays a black key by itself.</summary>
    RingOnBlack,

    /// <summary>The little finger plays a black key by itself.</summary>
    LittleOnBlack,

    /// <summary>The thumb plays in a chord.</summary>
    ThumbInChord,

    /// <summary>The index finger plays in a chord.</summary>
    IndexInChord,

    /// <summary>The middle finger plays in a chord.</summary>
    MiddleInChord,

    /// <summary>The ring finger plays in a chord.</summary>
    RingInChord,

    /// <summary>The little finger plays in a chord.</summary>
    LittleInChord,

    /// <summary>The thumb plays a black key in a chord.</summary>
    ThumbOnBlackInChord,

    /// <summary>The index finger plays a black key in a chord.</summary>
    IndexOnBlackInChord,

    /// <summary>The middle finger plays a black key in a chord.</summary>
    MiddleOnBlackInChord,

    /// <summary>The ring finger plays a black key in a chord.</summary>
    RingOnBlackInChord,

    /// <summary>The little finger plays a black key in a chord.</summary>
    LittleOnBlackInChord,

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
