using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>A fingering that came from elsewhere, found again in the notes of a piece.</summary>
/// <param name="Notes">The piece's notes in their order, with the hands and fingers given.</param>
/// <param name="Matched">For each given note the number of the piece's note it was found in, or −1.</param>
public sealed record GivenFingering(IReadOnlyList<Note> Notes, IReadOnlyList<int> Matched)
{
    /// <summary>A given note is looked for this far around its onset, seconds.</summary>
    public const double Tolerance = 0.05;

    /// <summary>Finds each given note: the same key, the nearest onset within the tolerance, each note once.</summary>
    /// <param name="notes">The piece's notes, in any order.</param>
    /// <param name="given">Notes with hands and fingers, in any order; what they leave open stays as it is in the piece.</param>
    public static GivenFingering Apply(IReadOnlyList<Note> notes, IReadOnlyList<Note> given)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(given);
        var result = notes.ToArray();
        var matched = new int[given.Count];
        Array.Fill(matched, -1);
        var ofKey = Enumerable.Range(0, notes.Count).ToLookup(i => notes[i].Key);
        foreach (var group in Enumerable.Range(0, given.Count).GroupBy(i => given[i].Key))
        {
            var candidates = ofKey[group.Key].OrderBy(i => notes[i].Onset).ToArray();
            var next = 0;
            foreach (var wanted in group.OrderBy(i => given[i].Onset))
            {
                var onset = given[wanted].Onset;
                while (next < candidates.Length && notes[candidates[next]].Onset < onset - Tolerance) next++;
                while (next + 1 < candidates.Length && Distance(next + 1) < Distance(next)) next++;
                if (next == candidates.Length || Distance(next) > Tolerance) continue;
                var found = candidates[next++];
                matched[wanted] = found;
                result[found] = result[found] with
                {
                    Hand = given[wanted].Hand ?? result[found].Hand,
                    Finger = given[wanted].Finger ?? result[found].Finger,
                };

                double Distance(int candidate) => Math.Abs(notes[candidates[candidate]].Onset - onset);
            }
        }

        return new(result, matched);
    }
}
