namespace Duomano.Core.Music;

/// <summary>
/// Deals pieces out to folds of about equal size so that all parts of a song (<see cref="SongGroups"/>) are in one fold.
/// The same pieces always get the same folds.
/// </summary>
public static class SongFolds
{
    /// <summary>How many folds there usually are.</summary>
    public const int UsualCount = 5;

    /// <summary>The fold that is usually held out for tests: the last one.</summary>
    public const int HeldOut = UsualCount - 1;

    /// <summary>Deals pieces out: the song with the most parts first, each to the fold with the fewest pieces so far.</summary>
    /// <param name="pieces">The pieces.</param>
    /// <param name="count">How many folds.</param>
    /// <returns>For each piece its fold, from 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There would be no fold.</exception>
    public static int[] Of(IReadOnlyList<Score> pieces, int count = UsualCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var groups = SongGroups.Of(pieces);
        var sizes = new int[count];
        var folds = new Dictionary<int, int>();
        foreach (var group in groups.GroupBy(group => group).OrderByDescending(group => group.Count()).ThenBy(group => group.Key))
        {
            var fold = Array.IndexOf(sizes, sizes.Min());
            folds[group.Key] = fold;
            sizes[fold] += group.Count();
        }

        return [.. groups.Select(group => folds[group])];
    }
}
