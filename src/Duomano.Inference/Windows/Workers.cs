namespace Duomano.Inference.Windows;

/// <summary>
/// At most as many compiled models as threads, each serving one window at a time and made when there is a window for it:
/// compiling takes longer than many a window. Which worker gets a window changes nothing in
/// the result: every worker is the same, computes on one thread, and results are joined in the windows' order.
/// </summary>
/// <typeparam name="TWorker">What computes.</typeparam>
internal sealed class Workers<TWorker> : IDisposable
    where TWorker : IDisposable
{
    private readonly Lazy<TWorker>[] _workers;

    /// <summary>Plans workers; none is made yet.</summary>
    /// <param name="count">How many at most.</param>
    /// <param name="make">Makes one; may be called by several threads at once.</param>
    public Workers(int count, Func<TWorker> make) => _workers = [.. Enumerable.Range(0, count).Select(_ => new Lazy<TWorker>(make))];

    /// <summary>Makes the first one already now.</summary>
    public void Prepare() => _ = _workers[0].Value;

    /// <summary>Does all of some numbered jobs.</summary>
    /// <param name="jobs">How many.</param>
    /// <param name="work">Does one with the worker it is given.</param>
    /// <param name="cancellation">Begins no further job.</param>
    public void Run(int jobs, Action<TWorker, int> work, CancellationToken cancellation = default)
    {
        var next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = _workers.Length, CancellationToken = cancellation };
        Parallel.For(0, Math.Min(jobs, _workers.Length), options, worker =>
        {
            for (var job = Interlocked.Increment(ref next); job < jobs; job = Interlocked.Increment(ref next))
            {
                cancellation.ThrowIfCancellationRequested();
                work(_workers[worker].Value, job);
            }
        });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var worker in _workers.Where(worker => worker.IsValueCreated)) worker.Value.Dispose();
    }
}
