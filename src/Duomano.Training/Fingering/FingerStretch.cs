using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Training.Fingering;

/// <summary>A stretch of one hand's slices around printed fingers.</summary>
/// <param name="Free">The slices without the printed fingers.</param>
/// <param name="Printed">The slices with them.</param>
/// <param name="Labels">How many fingers are printed.</param>
internal sealed record FingerStretch(IReadOnlyList<Slice> Free, IReadOnlyList<Slice> Printed, int Labels)
{
    // Slices before the first and after the last printed finger of a stretch, and the longest one.
    private const int Margin = 8;
    private const int Longest = 60;

    /// <summary>Cuts a piece: what is far from any printed finger teaches nothing.</summary>
    /// <param name="notes">Notes with hands, sorted by onset, some with fingers.</param>
    public static IEnumerable<FingerStretch> Of(IReadOnlyList<Note> notes)
    {
        var sides = notes.Select(note => note.Hand!.Value).ToArray();
        Note[] bare = [.. notes.Select(note => note with { Finger = null })];
        foreach (var side in HandSides.Both)
        {
            var printed = Slice.Of(notes, sides, side, FingeringOptions.Default.ChordWindow);
            var free = Slice.Of(bare, sides, side, FingeringOptions.Default.ChordWindow);
            var (first, last) = (-1, -1);
            for (var i = 0; i < printed.Count; i++)
            {
                if (!printed[i].Notes.Any(note => note.Given != 0)) continue;
                if (first >= 0 && (i - last > 2 * Margin || i - first > Longest))
                {
                    yield return Cut(printed, free, first, last);
                    first = i;
                }

                if (first < 0) first = i;
                last = i;
            }

            if (first >= 0) yield return Cut(printed, free, first, last);
        }
    }

    private static FingerStretch Cut(List<Slice> printed, List<Slice> free, int first, int last)
    {
        var from = Math.Max(0, first - Margin);
        var count = Math.Min(printed.Count, last + Margin + 1) - from;
        var own = printed.GetRange(from, count);
        return new(free.GetRange(from, count), own, own.Sum(slice => slice.Notes.Count(note => note.Given != 0)));
    }
}
