using System.Globalization;

namespace Duomano.Core.Jobs;

/// <summary>One of several runs that share the work on many pieces, each on its own machine or not.</summary>
public sealed record Shard
{
    /// <summary>The most shards that work is split into.</summary>
    public const int Most = 100_000;

    /// <summary>Names one shard.</summary>
    /// <param name="index">Which one, from 1.</param>
    /// <param name="count">Of how many.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such shard.</exception>
    public Shard(int index, int count)
    {
        if (count is < 1 or > Most) throw new ArgumentOutOfRangeException(nameof(count), count, $"Work is split into 1 to {Most} shards.");
        if (index < 1 || index > count) throw new ArgumentOutOfRangeException(nameof(index), index, $"A shard of {count} is 1 to {count}.");
        (Index, Count) = (index, count);
    }

    /// <summary>All of the work.</summary>
    public static Shard Whole { get; } = new(1, 1);

    /// <summary>Which shard, from 1.</summary>
    public int Index { get; }

    /// <summary>Of how many.</summary>
    public int Count { get; }

    /// <summary>
    /// Reads "I/N", "auto" (a Slurm array: SLURM_ARRAY_TASK_ID, _MIN, _STEP and _COUNT) or "auto/N" (the same, or a
    /// Kubernetes indexed job: JOB_COMPLETION_INDEX, of N).
    /// </summary>
    /// <param name="text">What was given.</param>
    /// <param name="environment">Gives an environment variable, or null.</param>
    /// <exception cref="ArgumentException">It names no shard.</exception>
    public static Shard Parse(string text, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(environment);
        var parts = text.Split('/');
        int? count = parts.Length == 2 ? Number(parts[1], text) : null;
        if (parts.Length is 0 or > 2) throw Unknown(text);
        if (parts[0] != "auto") return count is { } given ? new(Number(parts[0], text), given) : throw Unknown(text);

        int? Variable(string name) => environment(name) is { Length: > 0 } value
            ? int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw new ArgumentException($"{name} is '{value}', expected a whole number.")
            : null;

        if (Variable("SLURM_ARRAY_TASK_ID") is { } task)
        {
            var of = count ?? Variable("SLURM_ARRAY_TASK_COUNT") ?? throw new ArgumentException("SLURM_ARRAY_TASK_COUNT is not set; say --shard auto/N.");
            var (first, step) = (Variable("SLURM_ARRAY_TASK_MIN") ?? 1, Math.Max(1, Variable("SLURM_ARRAY_TASK_STEP") ?? 1));
            return new((task - first) / step + 1, of);
        }

        if (Variable("JOB_COMPLETION_INDEX") is { } completion)
        {
            return new(completion + 1, count ?? throw new ArgumentException("A Kubernetes job does not tell how many completions it has; say --shard auto/N."));
        }

        throw new ArgumentException("--shard auto: neither SLURM_ARRAY_TASK_ID nor JOB_COMPLETION_INDEX is set; say --shard I/N.");
    }

    /// <summary>"I/N".</summary>
    public override string ToString() => $"{Index}/{Count}";

    /// <summary>
    /// Deals pieces to shards: the longest first, each to the shard that has the least to do so far. Every shard
    /// deals all of them in the same way and takes its own.
    /// </summary>
    /// <param name="seconds">Lengths of all pieces, or any other measure of the work that they are.</param>
    /// <returns>This shard's pieces, the longest first.</returns>
    public int[] Deal(IReadOnlyList<double> seconds)
    {
        ArgumentNullException.ThrowIfNull(seconds);
        var order = Enumerable.Range(0, seconds.Count).OrderByDescending(i => seconds[i]).ThenBy(i => i);
        if (Count == 1) return [.. order];
        var loads = new PriorityQueue<int, (double Load, int Shard)>(Enumerable.Range(1, Count).Select(shard => (shard, (0.0, shard))));
        var own = new List<int>();
        foreach (var i in order)
        {
            loads.TryDequeue(out var shard, out var load);
            loads.Enqueue(shard, (load.Load + seconds[i], shard));
            if (shard == Index) own.Add(i);
        }

        return [.. own];
    }

    private static int Number(string digits, string text) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw Unknown(text);

    private static ArgumentException Unknown(string text) => new($"--shard is I/N (1/8 to 8/8), auto or auto/N, not '{text}'.");
}
