using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Duomano.Server;

/// <summary>Tells clients of all jobs on one connection: browsers open only a few to a server. Who reads slowly misses what is overtaken.</summary>
internal sealed class JobFeed
{
    private const string Changed = "job";
    private const string Gone = "gone";

    private readonly Lock _lock = new();
    private readonly List<Watcher> _watchers = [];

    /// <summary>A job has changed, or is no longer known.</summary>
    public void Tell(JobView view, bool gone = false)
    {
        lock (_lock)
        {
            foreach (var watcher in _watchers) watcher.Add(view, gone);
        }
    }

    /// <summary>All jobs as they are now and at every change.</summary>
    /// <param name="now">Tells the jobs there are.</param>
    /// <param name="stopping">Ends the stream in order.</param>
    /// <param name="cancellation">Whoever reads has gone.</param>
    public async IAsyncEnumerable<SseItem<JobView>> WatchAsync(Func<IEnumerable<JobView>> now, CancellationToken stopping, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var watcher = new Watcher();
        lock (_lock) _watchers.Add(watcher);

        // What has been told since is newer.
        foreach (var view in now()) watcher.Begin(view);
        await using var ending = stopping.Register(watcher.End);
        try
        {
            while (await watcher.WaitAsync(cancellation))
            {
                foreach (var (view, gone) in watcher.Take()) yield return new(view, gone ? Gone : Changed);
            }
        }
        finally
        {
            lock (_lock) _watchers.Remove(watcher);
        }
    }

    // Keeps the last that is to be told of each job, in the order in which they changed first.
    private sealed class Watcher
    {
        private readonly Lock _lock = new();
        private readonly OrderedDictionary<string, (JobView View, bool Gone)> _waiting = [];
        private readonly Channel<bool> _bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

        public void Add(JobView view, bool gone)
        {
            lock (_lock)
            {
                // What has gone does not come back: a change may be told a moment late.
                if (_waiting.TryGetValue(view.Id, out var before) && before.Gone) return;
                _waiting[view.Id] = (view, gone);
            }

            _bell.Writer.TryWrite(true);
        }

        public void Begin(JobView view)
        {
            lock (_lock) _waiting.TryAdd(view.Id, (view, false));
            _bell.Writer.TryWrite(true);
        }

        public void End() => _bell.Writer.TryComplete();

        public async Task<bool> WaitAsync(CancellationToken cancellation)
        {
            if (!await _bell.Reader.WaitToReadAsync(cancellation)) return false;
            _bell.Reader.TryRead(out _);
            return true;
        }

        public List<(JobView View, bool Gone)> Take()
        {
            lock (_lock)
            {
                List<(JobView, bool)> taken = [.. _waiting.Values];
                _waiting.Clear();
                return taken;
            }
        }
    }
}
