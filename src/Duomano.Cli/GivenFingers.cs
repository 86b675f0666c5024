using System.Globalization;
using Duomano.CommandLine;
using Duomano.Core.Fingering;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;
using Duomano.Formats.Midi;

namespace Duomano.Cli;

/// <summary>Hands and fingers given by a table beside the music.</summary>
internal static class GivenFingers
{
    private const int MostReported = 10;

    public static FingeringTable Read(string path, CancellationToken cancellation = default) => FingeringTable.Read(InputFile.Check(path), cancellation);

    /// <summary>The score with what the table tells; rows that match no note are reported.</summary>
    /// <param name="score">The music, or a stretch of it.</param>
    /// <param name="table">The table, whose times are those of the whole music; null for none.</param>
    /// <param name="start">Where in the music the score begins, seconds.</param>
    /// <param name="length">How long a stretch it is, if not all the rest.</param>
    public static Score Apply(Score score, FingeringTable? table, double start = 0, double? length = null)
    {
        if (table is null) return score;
        var rows = Enumerable.Range(0, table.Notes.Count)
            .Where(row => table.Notes[row].Onset >= start && table.Notes[row].Onset < start + (length ?? double.PositiveInfinity)).ToArray();
        var given = GivenFingering.Apply(score.Notes, [.. rows.Select(row => Earlier(table.Notes[row], start))]);
        Report(table, [.. rows.Where((_, i) => given.Matched[i] < 0)]);
        return score.WithNotes(given.Notes);
    }

    private static Note Earlier(Note note, double by) =>
        new(note.Onset - by, note.Offset - by, note.Key, note.Velocity) { Hand = note.Hand, Finger = note.Finger };

    private static void Report(FingeringTable table, int[] missed)
    {
        foreach (var row in missed.Take(MostReported))
        {
            var note = table.Notes[row];
            CommandHost.Say(string.Create(CultureInfo.InvariantCulture,
                $"{table.Path}: line {table.Lines[row]}: no note of pitch {note.Key.Midi} begins within {GivenFingering.Tolerance} s of {note.Onset:0.###} s; the row is passed over"));
        }

        if (missed.Length > MostReported) CommandHost.Say($"{table.Path}: {missed.Length - MostReported} more rows match no note and are passed over");
    }
}
