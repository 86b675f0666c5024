namespace Duomano.Core.Jobs;

/// <summary>Parts of a progress from 0 to 1.</summary>
public static class ProgressParts
{
    /// <summary>A part of the work that says of itself how far it is.</summary>
    /// <param name="whole">Is told how far the whole work is; null where nobody asks.</param>
    /// <param name="from">The share of the work that is done when the part begins.</param>
    /// <param name="to">The share that is done when it ends.</param>
    /// <returns>Takes the share of the part that is done, 0 to 1; null where nobody asks.</returns>
    public static IProgress<double>? Part(this IProgress<double>? whole, double from, double to) => whole is null ? null : new PartProgress(whole, from, to);

    private sealed class PartProgress(IProgress<double> whole, double from, double to) : IProgress<double>
    {
        public void Report(double value) => whole.Report(from + (to - from) * value);
    }
}
