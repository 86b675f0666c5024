using Duomano.Core.Numerics;

namespace Duomano.Corpus.Layout;

/// <summary>The three parts of a data set.</summary>
public enum CorpusSplit
{
    /// <summary>To learn from.</summary>
    Train,

    /// <summary>To choose by.</summary>
    Valid,

    /// <summary>To report on.</summary>
    Test,
}

/// <summary>Relations between splits and files.</summary>
public static class CorpusSplits
{
    /// <summary>All three.</summary>
    public static IReadOnlyList<CorpusSplit> All { get; } = [CorpusSplit.Train, CorpusSplit.Valid, CorpusSplit.Test];

    /// <summary>"train", "valid" or "test".</summary>
    public static string Name(this CorpusSplit split) => split switch
    {
        CorpusSplit.Train => "train",
        CorpusSplit.Valid => "valid",
        CorpusSplit.Test => "test",
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "There is no such split."),
    };

    /// <summary>The file that lists a split.</summary>
    public static string ListFile(this CorpusSplit split) => $"{split.Name()}.txt";

    /// <summary>
    /// Deals works out: where a work goes depends on its name and the seed, not on what else is there, except that no
    /// split that is wanted stays empty while there are works enough.
    /// </summary>
    /// <param name="works">Names of the works.</param>
    /// <param name="seed">The corpus's seed.</param>
    /// <param name="validShare">Share of the works wanted for validation.</param>
    /// <param name="testShare">Share of the works wanted for testing.</param>
    internal static Dictionary<string, CorpusSplit> Deal(IEnumerable<string> works, long seed, double validShare, double testShare)
    {
        var lots = works.Distinct(StringComparer.Ordinal)
            .Select(work => (Work: work, Lot: new SeededRandom(seed, $"split/{work}").NextDouble()))
            .OrderBy(entry => entry.Lot).ThenBy(entry => entry.Work, StringComparer.Ordinal)
            .ToArray();
        var test = lots.Count(entry => entry.Lot < testShare);
        var valid = lots.Count(entry => entry.Lot < testShare + validShare) - test;
        if (lots.Length >= 3)
        {
            if (test == 0 && testShare > 0) (test, valid) = (1, Math.Max(0, valid));
            if (valid == 0 && validShare > 0) valid = 1;
        }

        return lots.Select((entry, i) => (entry.Work, Split: i < test ? CorpusSplit.Test : i < test + valid ? CorpusSplit.Valid : CorpusSplit.Train))
            .ToDictionary(entry => entry.Work, entry => entry.Split, StringComparer.Ordinal);
    }
}
