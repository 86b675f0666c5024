using System.Xml.Linq;
using Duomano.Core.Fingering;

namespace Duomano.Formats.MusicXml;

/// <summary>How a grace note takes its time.</summary>
internal enum GraceKind
{
    None,

    /// <summary>With a stroke through its flag: short, on the beat.</summary>
    Acciaccatura,

    /// <summary>Without one: takes half of the note that follows.</summary>
    Appoggiatura,

    /// <summary>After the note before it, as at the end of a trill.</summary>
    After,
}

/// <summary>Signs that are played as several notes.</summary>
internal enum Ornament
{
    None,
    Trill,
    Mordent,
    InvertedMordent,
    Turn,
    InvertedTurn,
    DelayedTurn,
}

/// <summary>One note head.</summary>
internal sealed record WrittenNote
{
    /// <summary>Where it stands in the file.</summary>
    public required XElement Element { get; init; }

    /// <summary>Sounding MIDI number; may be beyond the piano.</summary>
    public required int Midi { get; init; }

    /// <summary>0 (C) to 6 (B), plus 7 for each octave; what a neighbouring note is counted from.</summary>
    public required int Diatonic { get; init; }

    /// <summary>Semitones that the instrument sounds above what is written.</summary>
    public int Transposition { get; init; }

    public required int Staff { get; init; }

    public bool TieStarts { get; init; }

    public bool TieStops { get; init; }

    /// <summary>The first finger that is printed for it.</summary>
    public Finger? Finger { get; init; }

    /// <summary>Share of the usual loudness that is given for this note alone.</summary>
    public double? Dynamics { get; init; }
}

/// <summary>Notes of one voice that begin together.</summary>
internal sealed class WrittenChord
{
    public required int Measure { get; init; }

    /// <summary>From the beginning of its measure, ticks.</summary>
    public required long Start { get; init; }

    /// <summary>Ticks; 0 for grace notes.</summary>
    public required long Duration { get; init; }

    public required string Voice { get; init; }

    public required GraceKind Grace { get; set; }

    /// <summary>The value of its sign, ticks, whatever time it takes; used among grace notes.</summary>
    public required long NominalDuration { get; init; }

    public int Dots { get; init; }

    public List<WrittenNote> Notes { get; } = [];

    public Ornament Ornament { get; set; }

    /// <summary>Semitones by which the ornament's upper and lower neighbour are altered, where accidentals stand at its sign.</summary>
    public int? UpperAlter { get; set; }

    public int? LowerAlter { get; set; }

    /// <summary>The alteration of each diatonic step by the key signature, C to B, where the chord stands.</summary>
    public required int[] KeyAlterations { get; init; }

    public bool Arpeggio { get; set; }

    public bool ArpeggioDown { get; set; }

    /// <summary>Beams of a tremolo on this note; 0 for none.</summary>
    public int Tremolo { get; set; }

    /// <summary>Beams of a tremolo from this chord to the next one.</summary>
    public int TremoloToNext { get; set; }

    /// <summary>Whether the hand slides over the keys from here to the next chord.</summary>
    public bool SlidesToNext { get; set; }

    /// <summary>Share of its written time that the note is held.</summary>
    public double Held { get; set; } = 1;

    /// <summary>Share of the loudness around it.</summary>
    public double Stress { get; set; } = 1;
}
