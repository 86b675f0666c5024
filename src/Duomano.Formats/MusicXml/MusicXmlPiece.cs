using System.Xml.Linq;
using Duomano.Core.Music;
using Duomano.Formats.Midi;
using Duomano.Formats.Scores;

namespace Duomano.Formats.MusicXml;

/// <summary>What a MusicXML file holds, played: repeats unfolded, signs played out, times in seconds.</summary>
public sealed record MusicXmlPiece
{
    /// <summary>Notes and pedal; hands where the score has two staves, fingers where they are printed.</summary>
    public required Score Score { get; init; }

    /// <summary>The parts in their order.</summary>
    public required IReadOnlyList<Instrument> Parts { get; init; }

    /// <summary>Version of the format that the file states, or null.</summary>
    public string? Version { get; init; }

    /// <summary>Measures as they are written.</summary>
    public required int MeasureCount { get; init; }

    /// <summary>Measures as they are played, with all repeats.</summary>
    public required int PlayedMeasureCount { get; init; }

    /// <summary>Tempo changes of the music as it is written, by time; the first stands at 0 s.</summary>
    public required IReadOnlyList<TempoChange> Tempos { get; init; }

    /// <summary>Notes left out because a piano has no such key.</summary>
    public int NotesOffPiano { get; init; }

    /// <summary>Lines about what the reader did, such as parts that are left out; empty where all is as usual.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    // The written note of each note of the score.
    internal IReadOnlyList<XElement> Sources { get; init; } = [];
}
