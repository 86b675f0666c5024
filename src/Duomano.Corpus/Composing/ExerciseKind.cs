namespace Duomano.Corpus.Composing;

/// <summary>What the composer can write, each a branch of piano technique.</summary>
public enum ExerciseKind
{
    /// <summary>Scales in one or both hands, parallel or contrary, single notes.</summary>
    Scales,

    /// <summary>Triads and seventh chords broken over several octaves.</summary>
    Arpeggios,

    /// <summary>Chord inversions broken within one hand position.</summary>
    BrokenChords,

    /// <summary>A five-finger pattern moved through the scale.</summary>
    FiveFingers,

    /// <summary>Scales and sequences in thirds and sixths.</summary>
    DoubleNotes,

    /// <summary>Octaves in scales, leaps and repeated.</summary>
    Octaves,

    /// <summary>Trills, mordents and tremolos over an accompaniment.</summary>
    Trills,

    /// <summary>Quickly repeated single notes and chords.</summary>
    RepeatedNotes,

    /// <summary>Leaps between far registers.</summary>
    Leaps,

    /// <summary>Full chords in both hands, moved over the keyboard.</summary>
    Chords,

    /// <summary>Four voices, two to a hand, with voice leading.</summary>
    Chorale,

    /// <summary>A melody over an Alberti bass.</summary>
    Alberti,

    /// <summary>A melody over bass and after-beat chords, in three or four.</summary>
    Waltz,

    /// <summary>A syncopated melody over a striding left hand.</summary>
    Stride,

    /// <summary>A slow melody over a wide, pedalled accompaniment.</summary>
    Nocturne,

    /// <summary>Two voices that imitate each other.</summary>
    Invention,

    /// <summary>Chromatic runs and figures.</summary>
    Chromatic,

    /// <summary>Unplanned-looking textures all over the keyboard, which no style would write.</summary>
    Wandering,
}
