namespace Duomano.CommandLine;

/// <summary>Finds what somebody may have meant by a misspelt word.</summary>
internal static class NearestWord
{
    /// <summary>The word that takes the fewest changes, or null where all are too different.</summary>
    /// <param name="typed">What was typed.</param>
    /// <param name="words">What there is.</param>
    public static string? Of(string typed, IEnumerable<string> words)
    {
        var nearest = words.Select(word => (Word: word, Changes: Changes(typed.ToUpperInvariant(), word.ToUpperInvariant()))).OrderBy(found => found.Changes).FirstOrDefault();
        return nearest.Word is not null && nearest.Changes <= Math.Max(1, Math.Min(typed.Length, nearest.Word.Length) / 3) ? nearest.Word : null;
    }

    // Letters put in, left out, replaced or swapped with their neighbour (Damerau 1964, restricted form).
    private static int Changes(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) table[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) table[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var best = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) best = Math.Min(best, table[i - 2, j - 2] + 1);
                table[i, j] = best;
            }
        }

        return table[a.Length, b.Length];
    }
}
