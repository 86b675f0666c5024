namespace Duomano.Inference.Windows;

/// <summary>
/// As many compiled models as threads, each serving one window at a time. Which worker gets a window changes nothing in
/// the result: every worker is the same, computes on one thread, and results are joined in the windows' order.
/// </summary>
/// <typeparam name="TWorker">What computes.</typeparam>
internal sealed class Workers<TWorker> : IDisposable
    where TWorker : IDisposable
{
    private readonly TWorker[] _workers;

    /// <summary>Makes the workers.</summary>
    /// <param name="count">How many.</param>
    /// <param name="make">Makes one.</param>
    public Workers(int count, Func<TWorker> make) => _workers = [.. Enumerable.Range(0, count).Select(_ => make())];

    /// <summary>Does all of some numbered jobs.</summary>
    /// <param name="jobs">How many.</param>
    /// <param name="work">Does one with the worker it is given.</param>
    public void Run(int jobs, Action<TWorker, int> work)
    {
        var next = -1;
        Parallel.For(0, Math.Min(jobs, _workers.Length), new ParallelOptions { MaxDegreeOfParallelism = _workers.Length }, worker =>
        {
            for (var job = Interlocked.Increment(ref next); job < jobs; job = Interlocked.Increment(ref next)) work(_workers[worker], job);
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in _workers) worker.Dispose();
    }
}
