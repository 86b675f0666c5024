using Duomano.Core.Hands;

namespace Duomano.Formats.MusicXml;

/// <summary>A note as it sounds: written notes that are tied together are one, an ornament's are several.</summary>
internal sealed record PlayedNote
{
    public required WrittenNote Source { get; init; }

    public required WrittenChord Chord { get; init; }

    public required int Midi { get; init; }

    /// <summary>Seconds.</summary>
    public required double Onset { get; init; }

    /// <summary>Seconds; moves on while tied notes follow.</summary>
    public required double Offset { get; set; }

    /// <summary>Seconds at which the written notes end; a tied note has to begin there.</summary>
    public required double WrittenEnd { get; set; }

    /// <summary>Seconds of a quarter note at its beginning.</summary>
    public required double Quarter { get; init; }

    public required double Velocity { get; init; }

    public HandSide? Hand { get; init; }

    /// <summary>Whether it is the first note that its sign is played as, which a printed finger is for.</summary>
    public bool TakesFinger { get; init; } = true;
}
