using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Formats.Scores;

namespace Duomano.Formats.Midi;

/// <summary>What a standard MIDI file holds, with times in seconds.</summary>
public sealed record MidiPiece
{
    /// <summary>Notes and pedal; hands and fingers where the file tells them.</summary>
    public required Score Score { get; init; }

    /// <summary>The file's tracks in their order.</summary>
    public required IReadOnlyList<MidiTrackInfo> Tracks { get; init; }

    /// <summary>SMF format: 0 (one track), 1 (tracks played together) or 2 (one pattern).</summary>
    public required int Format { get; init; }

    /// <summary>Ticks a quarter note, or null where the file counts SMPTE frames.</summary>
    public required int? TicksPerQuarter { get; init; }

    /// <summary>Tempo changes by time; the first stands at 0 s. Empty where the file counts SMPTE frames.</summary>
    public required IReadOnlyList<TempoChange> Tempos { get; init; }

    /// <summary>Time signatures by time; empty where the file has none.</summary>
    public required IReadOnlyList<TimeSignature> TimeSignatures { get; init; }

    /// <summary>How the notes' hands were found.</summary>
    public required HandSource HandSource { get; init; }

    /// <summary>Notes left out because a piano has no such key.</summary>
    public int NotesOffPiano { get; init; }

    /// <summary>Notes left out because they are drums (channel 10).</summary>
    public int DrumNotes { get; init; }

    /// <summary>Notes that are never released; they end after a few seconds, or where their track ends.</summary>
    public int UnreleasedNotes { get; init; }

    /// <summary>The instruments, a track's channels each by itself, and which of them are played.</summary>
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    /// <summary>Lines about faults that were read over and instruments that are left out; empty where all is as usual.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <summary>One track of a MIDI file.</summary>
/// <param name="Name">Its name, or null.</param>
/// <param name="NoteCount">Piano notes in it.</param>
/// <param name="Hand">The hand it was recognised as, or null.</param>
public sealed record MidiTrackInfo(string? Name, int NoteCount, HandSide? Hand);

/// <summary>A tempo and since when it holds.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="BeatsPerMinute">Quarter notes a minute.</param>
public readonly record struct TempoChange(double Time, double BeatsPerMinute);

/// <summary>A time signature and since when it holds.</summary>
/// <param name="Time">Seconds.</param>
/// <param name="Numerator">Beats a bar.</param>
/// <param name="Denominator">The beat's note value, a power of two.</param>
public readonly record struct TimeSignature(double Time, int Numerator, int Denominator);

/// <summary>How it is known which hand plays the notes of a MIDI file.</summary>
public enum HandSource
{
    /// <summary>It is not known.</summary>
    Unknown,

    /// <summary>Tracks are named after hands, staves or clefs.</summary>
    TrackNames,

    /// <summary>Exactly two tracks have notes, and one of them lies clearly higher.</summary>
    TwoTracks,

    /// <summary>The only track with notes uses exactly two channels, and one of them lies clearly higher.</summary>
    TwoChannels,

    /// <summary>Only single notes carry a hand, as fingering texts.</summary>
    FingeringTexts,
}
