namespace Duomano.Formats.Midi;

/// <summary>How a score is laid out in a MIDI file.</summary>
public sealed record MidiWriteOptions
{
    /// <summary>Quarter notes a minute, 4 to 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tempo is outside that range.</exception>
    public double BeatsPerMinute
    {
        get;
        init => field = value is >= 4 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A tempo is 4 to 1000 quarter notes a minute.");
    } = 120;

    /// <summary>Beats a bar and the beat's note value, or null to say nothing.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There are not 1 to 255 beats, or the value is no power of two up to 64.</exception>
    public (int Numerator, int Denominator)? TimeSignature
    {
        get;
        init => field = value is null or { Numerator: >= 1 and <= 255, Denominator: 1 or 2 or 4 or 8 or 16 or 32 or 64 }
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A time signature has 1 to 255 beats of a note value 1, 2, 4 … 64.");
    }
}
