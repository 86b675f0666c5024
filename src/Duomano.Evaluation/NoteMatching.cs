using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>When a predicted note counts as a true one.</summary>
public sealed record NoteMatchingRule
{
    /// <summary>Onsets within 50 ms.</summary>
    public static NoteMatchingRule Onset { get; } = new();

    /// <summary>Onsets within 50 ms, ends within 50 ms or a fifth of the true note's length, whichever is more.</summary>
    public static NoteMatchingRule OnsetAndOffset { get; } = new() { OffsetRatio = 0.2 };

    /// <summary>The same, and velocities within a tenth of their range.</summary>
    public static NoteMatchingRule OnsetOffsetAndVelocity { get; } = new() { OffsetRatio = 0.2, VelocityTolerance = 0.1 };

    /// <summary>Greatest distance of onsets, seconds.</summary>
    public double OnsetTolerance { get; init => field = Checked(value); } = 0.05;

    /// <summary>Greatest distance of ends, times the true note's length; null where ends do not matter.</summary>
    public double? OffsetRatio { get; init => field = value is null ? null : Checked(value.Value); }

    /// <summary>The distance of ends that is always allowed, seconds.</summary>
    public double OffsetMinimum { get; init => field = Checked(value); } = 0.05;

    /// <summary>Greatest distance of velocities, times the range of the true ones; null where they do not matter.</summary>
    public double? VelocityTolerance { get; init => field = value is null ? null : Checked(value.Value); }

    private static double Checked(double value) =>
        value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A tolerance is finite and at least 0.");
}

/// <summary>
/// Which predicted notes are true ones: the same key, one to one, as many as possible, by the rule that transcriptions
/// are measured by (Raffel et al. 2014, "mir_eval", section on transcription; velocities as in Hawthorne et al. 2018,
/// "Onsets and Frames": fitted to the true ones by a straight line over the matched notes first).
/// </summary>
public static class NoteMatching
{
    // Distances are compared after rounding to a tenth of a millisecond, as the published rule has it.
    private const int Decimals = 4;

    /// <summary>Counts the matches.</summary>
    /// <param name="truth">The notes that are played.</param>
    /// <param name="predicted">The notes that were found.</param>
    /// <param name="rule">When two notes match; null for onsets only.</param>
    public static DetectionScore Measure(IReadOnlyList<Note> truth, IReadOnlyList<Note> predicted, NoteMatchingRule? rule = null) =>
        new(truth.Count, predicted.Count, Match(truth, predicted, rule).Count);

    /// <summary>Finds the matches.</summary>
    /// <param name="truth">The notes that are played.</param>
    /// <param name="predicted">The notes that were found.</param>
    /// <param name="rule">When two notes match; null for onsets only.</param>
    /// <returns>Pairs of indices, by the true note's.</returns>
    public static IReadOnlyList<(int Truth, int Predicted)> Match(IReadOnlyList<Note> truth, IReadOnlyList<Note> predicted, NoteMatchingRule? rule = null)
    {
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentNullException.ThrowIfNull(predicted);
        rule ??= NoteMatchingRule.Onset;
        var partners = BipartiteMatching.Find(Candidates(truth, predicted, rule), predicted.Count);
        var pairs = new List<(int Truth, int Predicted)>();
        for (var i = 0; i < partners.Length; i++)
        {
            if (partners[i] >= 0) pairs.Add((i, partners[i]));
        }

        return rule.VelocityTolerance is { } tolerance ? SimilarlyLoud(truth, predicted, pairs, tolerance) : pairs;
    }

    private static List<int>[] Candidates(IReadOnlyList<Note> truth, IReadOnlyList<Note> predicted, NoteMatchingRule rule)
    {
        var byKey = Enumerable.Range(0, predicted.Count).GroupBy(i => predicted[i].Key)
            .ToDictionary(group => group.Key, group => group.OrderBy(i => predicted[i].Onset).ToArray());
        var candidates = new List<int>[truth.Count];
        for (var i = 0; i < truth.Count; i++)
        {
            candidates[i] = [];
            if (!byKey.TryGetValue(truth[i].Key, out var sameKey)) continue;
            var first = FirstNotBefore(predicted, sameKey, truth[i].Onset - rule.OnsetTolerance - 1e-3);
            for (var j = first; j < sameKey.Length; j++)
            {
                var other = predicted[sameKey[j]];
                if (other.Onset > truth[i].Onset + rule.OnsetTolerance + 1e-3) break;
                if (Fits(truth[i], other, rule)) candidates[i].Add(sameKey[j]);
            }

            var onset = truth[i].Onset;
            candidates[i].Sort((a, b) => Math.Abs(predicted[a].Onset - onset).CompareTo(Math.Abs(predicted[b].Onset - onset)));
        }

        return candidates;
    }

    private static int FirstNotBefore(IReadOnlyList<Note> notes, int[] sorted, double time)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (notes[sorted[middle]].Onset < time) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private static bool Fits(in Note truth, in Note predicted, NoteMatchingRule rule)
    {
        if (Distance(truth.Onset, predicted.Onset) > rule.OnsetTolerance) return false;
        return rule.OffsetRatio is not { } ratio
            || Distance(truth.Offset, predicted.Offset) <= Math.Max(ratio * truth.Duration, rule.OffsetMinimum);
    }

    private static double Distance(double a, double b) => Math.Round(Math.Abs(a - b), Decimals);

    private static List<(int Truth, int Predicted)> SimilarlyLoud(
        IReadOnlyList<Note> truth, IReadOnlyList<Note> predicted, List<(int Truth, int Predicted)> pairs, double tolerance)
    {
        if (pairs.Count == 0) return pairs;
        double lowest = truth.Min(note => note.Velocity);
        var range = Math.Max(1, truth.Max(note => note.Velocity) - lowest);
        double[] wanted = [.. pairs.Select(pair => (truth[pair.Truth].Velocity - lowest) / range)];
        double[] found = [.. pairs.Select(pair => (double)predicted[pair.Predicted].Velocity)];

        // Least squares; equal velocities leave the slope open, and then the mean fits best.
        var (meanFound, meanWanted) = (found.Average(), wanted.Average());
        var variance = found.Sum(value => (value - meanFound) * (value - meanFound));
        var covariance = found.Zip(wanted, (a, b) => (a - meanFound) * (b - meanWanted)).Sum();
        var slope = variance == 0 ? 0 : covariance / variance;
        return [.. pairs.Where((_, i) => Math.Abs(meanWanted + slope * (found[i] - meanFound) - wanted[i]) <= tolerance)];
    }
}
