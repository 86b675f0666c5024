using Duomano.Core.Music;

namespace Duomano.Formats.Scores;

/// <summary>Two voices that meet on a key strike it once.</summary>
internal static class Unisons
{
    // Two strokes of a key take longer than this.
    private const double Moment = 0.01;

    /// <summary>Joins notes of one key that begin together: held as long as the longest, as loud as the loudest.</summary>
    /// <param name="notes">Notes, each with whatever it was made from.</param>
    /// <returns>The notes by onset, key and end.</returns>
    public static List<(Note Note, T Source)> Join<T>(IEnumerable<(Note Note, T Source)> notes)
    {
        var result = new List<(Note Note, T Source)>();
        var last = new Dictionary<int, int>();
        foreach (var entry in notes.OrderBy(entry => entry.Note.Onset).ThenBy(entry => entry.Note.Key).ThenBy(entry => entry.Note.Offset))
        {
            var key = entry.Note.Key.Midi;
            if (last.TryGetValue(key, out var index) && entry.Note.Onset - result[index].Note.Onset <= Moment && result[index].Note.Duration > Moment)
            {
                var (first, source) = result[index];
                var other = entry.Note;
                var (told, origin) = first.Finger is null && other.Finger is not null ? (other, entry.Source) : (first, source);
                result[index] = (new Note(first.Onset, Math.Max(first.Offset, other.Offset), first.Key, Math.Max(first.Velocity, other.Velocity))
                {
                    // Without a printed finger the hand that holds it longer has it.
                    Hand = told.Finger is not null ? told.Hand : other.Offset > first.Offset ? other.Hand ?? first.Hand : first.Hand ?? other.Hand,
                    Finger = told.Finger,
                }, origin);
                continue;
            }

            last[key] = result.Count;
            result.Add(entry);
        }

        return [.. result.OrderBy(entry => entry.Note.Onset).ThenBy(entry => entry.Note.Key).ThenBy(entry => entry.Note.Offset)];
    }
}
