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
        return Cut(start, start + (length ?? double.PositiveInfinity));
    }

    /// <summary>The piece as something else has it that goes on while it is played, such as a video.</summary>
    /// <param name="shift">Seconds by which it is played later, or earlier where this is below 0.</param>
    /// <param name="length">How long the other thing is, seconds.</param>
    /// <returns>The notes that begin in it, ended by its end.</returns>
    public Score Later(double shift, double length) => Cut(-shift, -shift + length);

    // The stretch may begin before the piece.
    private Score Cut(double start, double end)
    {
        var notes = Notes.Where(note => note.Onset >= start && note.Onset < end)
            .Select(note => new Note(note.Onset - start, Math.Min(note.Offset, end) - start, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger });
        var before = Pedal.Where(change => change.Time < start).TakeLast(1).Select(change => change with { Time = 0 });
        var pedal = Pedal.Where(change => change.Time >= start && change.Time < end).Select(change => change with { Time = change.Time - start });
        return new(notes, before.Concat(pedal), Title) { Credits = Credits };
    }
}
