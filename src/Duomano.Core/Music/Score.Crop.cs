namespace Duomano.Core.Music;

public sealed partial class Score
{
    /// <summary>A stretch of the piece, with its own time starting at 0.</summary>
    /// <param name="start">Seconds, at least 0.</param>
    /// <param name="length">Seconds, or null for all the rest.</param>
    /// <returns>The notes that begin inside the stretch, ended by its end; the pedal is as it was found.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The start or length is negative or not a number.</exception>
    public Score Crop(double start, double? length = null)
    {
        if (!(start >= 0)) throw new ArgumentOutOfRangeException(nameof(start), start, $"A stretch starts at 0 s or later, not at {start} s.");
        if (length is { } given && !(given > 0)) throw new ArgumentOutOfRangeException(nameof(length), given, $"A stretch is longer than 0 s, not {given} s.");
        var end = start + (length ?? double.PositiveInfinity);
        var notes = Notes.Where(note => note.Onset >= start && note.Onset < end)
            .Select(note => new Note(note.Onset - start, Math.Min(note.Offset, end) - start, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger });
        var before = Pedal.Where(change => change.Time < start).TakeLast(1).Select(change => change with { Time = 0 });
        var pedal = Pedal.Where(change => change.Time >= start && change.Time < end).Select(change => change with { Time = change.Time - start });
        return new(notes, before.Concat(pedal), Title) { Credits = Credits };
    }
}
