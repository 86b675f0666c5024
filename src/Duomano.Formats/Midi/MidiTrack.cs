namespace Duomano.Formats.Midi;

/// <summary>What one track chunk says, times in ticks.</summary>
internal sealed class MidiTrack
{
    public string? Name { get; set; }

    /// <summary>The first text that stands at the beginning and is no fingering.</summary>
    public string? FirstText { get; set; }

    public string? Copyright { get; set; }

    public string? Instrument { get; set; }

    /// <summary>Note-ons (velocity above 0), note-offs and controllers in file order.</summary>
    public List<ChannelEvent> Events { get; } = [];

    /// <summary>(tick, microseconds a quarter note).</summary>
    public List<(long Tick, int Microseconds)> Tempos { get; } = [];

    public List<(long Tick, int Numerator, int Denominator)> TimeSignatures { get; } = [];

    public List<FingeringText> Fingerings { get; } = [];

    /// <summary>Programs (0 to 127) the track asks for on channels other than the drums'.</summary>
    public HashSet<int> Programs { get; } = [];

    /// <summary>Which program a channel has, since when; the drums' channel included.</summary>
    public List<(long Tick, byte Channel, int Program)> ProgramChanges { get; } = [];

    /// <summary>The title that karaoke files give in a text of their own kind.</summary>
    public string? KaraokeTitle { get; set; }

    /// <summary>Where the track ends.</summary>
    public long EndTick { get; set; }
}

internal enum ChannelEventKind : byte
{
    NoteOff,
    NoteOn,
    Controller,
}

/// <summary>A note-on, note-off or controller message.</summary>
/// <param name="Tick">When.</param>
/// <param name="Kind">Which of the three.</param>
/// <param name="Channel">0 to 15.</param>
/// <param name="Number">Key or controller, 0 to 127.</param>
/// <param name="Value">Velocity or controller value, 0 to 127.</param>
internal readonly record struct ChannelEvent(long Tick, ChannelEventKind Kind, byte Channel, byte Number, byte Value);
