namespace Duomano.Core.Music;

/// <summary>What is played: notes and pedal in seconds, whoever or whatever they come from.</summary>
public sealed partial class Score
{
    /// <summary>Makes a score; notes and pedal changes are sorted by time.</summary>
    /// <param name="notes">The notes, in any order.</param>
    /// <param name="pedal">Sustain pedal changes, in any order.</param>
    /// <param name="title">What the piece is called, where known.</param>
    public Score(IEnumerable<Note> notes, IEnumerable<PedalChange>? pedal = null, string? title = null)
    {
        ArgumentNullException.ThrowIfNull(notes);
        Notes = [.. notes.OrderBy(note => note.Onset).ThenBy(note => note.Key).ThenBy(note => note.Offset)];
        Pedal = [.. (pedal ?? []).OrderBy(change => change.Time)];
        Title = title;
    }

    /// <summary>Notes by onset, then from bass to treble.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>Sustain pedal changes by time.</summary>
    public IReadOnlyList<PedalChange> Pedal { get; }

    /// <summary>What the piece is called, or null.</summary>
    public string? Title { get; }

    /// <summary>Who made the music or the file, a line each; empty where nobody says.</summary>
    public IReadOnlyList<string> Credits { get; init; } = [];

    /// <summary>End of the last note, seconds; 0 without notes.</summary>
    public double Duration => Notes.Count == 0 ? 0 : Notes.Max(note => note.Offset);

    /// <summary>The same score with other notes.</summary>
    public Score WithNotes(IEnumerable<Note> notes) => new(notes, Pedal, Title) { Credits = Credits };
}
