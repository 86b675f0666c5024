using Duomano.Core.Hands;

namespace Duomano.Formats.Scores;

/// <summary>One instrument of a file: a MIDI track's channel, or a part of a score.</summary>
public sealed record Instrument
{
    /// <summary>Number of its track or part, counted from 1 in the order of the file.</summary>
    public required int Number { get; init; }

    /// <summary>MIDI channel, 1 to 16; 0 where there are none.</summary>
    public int Channel { get; init; }

    /// <summary>What the file calls it, or null.</summary>
    public string? Name { get; init; }

    /// <summary>General MIDI program, 0 to 127, or null where the file names none.</summary>
    public int? Program { get; init; }

    /// <summary>Whether it is percussion: channel 10 of General MIDI, or unpitched notes.</summary>
    public bool IsPercussion { get; init; }

    /// <summary>Notes of piano keys that it has.</summary>
    public int NoteCount { get; init; }

    /// <summary>The hand that it was recognised as, or null.</summary>
    public HandSide? Hand { get; init; }

    /// <summary>Whether the two hands play it.</summary>
    public bool IsPlayed { get; init; } = true;

    /// <summary>"violins", or the family of its program where it has no name.</summary>
    public string Label => Name ?? (IsPercussion ? "drums" : Program is { } program ? InstrumentNames.Family(program) : $"track {Number}");
}
