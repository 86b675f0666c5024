namespace Duomano.Core.Music;

/// <summary>
/// Tells which pieces are parts of the same song: those that share a passage. What is held out for a test must share no
/// song with what is learned from.
/// </summary>
public static class SongGroups
{
    // Notes in a row with equal times and intervals.
    private const int PassageLength = 8;

    // So many passages in common make a song; one or two are often a commonplace, such as a broken chord.
    private const int SharedPassages = 3;

    // Times are compared on this grid, seconds.
    private const double Grid = 0.05;

    /// <summary>Groups pieces by shared passages.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <returns>For each piece the number of its group; groups are numbered from 0 in the order of their first piece.</returns>
    public static int[] Of(IReadOnlyList<Score> pieces)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        var owners = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        for (var piece = 0; piece < pieces.Count; piece++)
        {
            foreach (var passage in Passages(pieces[piece]).Distinct(StringComparer.Ordinal))
            {
                if (!owners.TryGetValue(passage, out var list)) owners[passage] = list = [];
                list.Add(piece);
            }
        }

        var shared = new Dictionary<(int First, int Second), int>();
        foreach (var list in owners.Values)
        {
            for (var i = 0; i < list.Count; i++)
            {
                for (var j = 0; j < i; j++) shared[(list[j], list[i])] = shared.GetValueOrDefault((list[j], list[i])) + 1;
            }
        }

        var parents = Enumerable.Range(0, pieces.Count).ToArray();
        foreach (var ((first, second), count) in shared)
        {
            if (count >= SharedPassages) Join(first, second);
        }

        var numbers = new Dictionary<int, int>();
        return [.. parents.Select((_, piece) => numbers.TryGetValue(Root(piece), out var number) ? number : numbers[Root(piece)] = numbers.Count)];

        int Root(int piece)
        {
            while (parents[piece] != piece) piece = parents[piece] = parents[parents[piece]];
            return piece;
        }

        void Join(int a, int b)
        {
            var (first, second) = (Root(a), Root(b));
            parents[Math.Max(first, second)] = Math.Min(first, second);
        }
    }

    private static IEnumerable<string> Passages(Score piece)
    {
        for (var start = 0; start + PassageLength <= piece.Notes.Count; start++)
        {
            yield return string.Join(' ', Enumerable.Range(start + 1, PassageLength - 1).Select(i =>
                $"{Math.Round((piece.Notes[i].Onset - piece.Notes[start].Onset) / Grid)}:{piece.Notes[i].Key.Midi - piece.Notes[start].Key.Midi}"));
        }
    }
}
