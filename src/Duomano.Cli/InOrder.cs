namespace Duomano.Cli;

/// <summary>Work on many things at once whose results come out one by one, in the things' order.</summary>
internal static class InOrder
{
    /// <summary>Works on everything and hands each result on as soon as it and all before it are there.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="threads">How many things are worked on at the same time.</param>
    /// <param name="work">Makes a result; the first one that fails ends everything.</param>
    /// <param name="report">Gets the results in order, never two at a time.</param>
    /// <param name="cancellation">Starts nothing more.</param>
    public static void Run<TItem, TResult>(IReadOnlyList<TItem> items, int threads, Func<TItem, TResult> work, Action<TResult> report, CancellationToken cancellation)
    {
        var waiting = new Dictionary<int, TResult>();
        var (next, reported, failed) = (-1, 0, false);
        var reporting = new Lock();
        void Work()
        {
            while (!Volatile.Read(ref failed) && !cancellation.IsCancellationRequested && Interlocked.Increment(ref next) is var i && i < items.Count)
            {
                try
                {
                    var result = work(items[i]);
                    lock (reporting)
                    {
                        waiting[i] = result;
                        while (!failed && waiting.Remove(reported, out var ready))
                        {
                            reported++;
                            report(ready);
                        }
                    }
                }
                catch
                {
                    Volatile.Write(ref failed, true);
                    throw;
                }
            }
        }

        var workers = Enumerable.Range(0, Math.Min(threads, Math.Max(1, items.Count))).Select(_ => Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        // The first reason is enough, in its own voice.
        Task.WhenAll(workers).GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
    }
}
