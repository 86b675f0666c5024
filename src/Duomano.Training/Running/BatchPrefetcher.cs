using System.Threading.Channels;

namespace Duomano.Training.Running;

/// <summary>Makes the batches of consecutive steps ahead of time on a background thread.</summary>
/// <typeparam name="TBatch">What a batch is.</typeparam>
public sealed class BatchPrefetcher<TBatch> : IDisposable
{
    private readonly Channel<TBatch> _ready;
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _maker;

    /// <summary>Starts making batches.</summary>
    /// <param name="prepare">Makes the batch of a step.</param>
    /// <param name="firstStep">The first step asked for.</param>
    /// <param name="endStep">The step after the last one.</param>
    /// <param name="ahead">How many batches wait at most.</param>
    public BatchPrefetcher(Func<int, TBatch> prepare, int firstStep, int endStep, int ahead)
    {
        ArgumentNullException.ThrowIfNull(prepare);
        ArgumentOutOfRangeException.ThrowIfLessThan(ahead, 1);
        _ready = Channel.CreateBounded<TBatch>(ahead);
        _maker = Task.Factory.StartNew(
            () => Make(prepare, firstStep, endStep), _stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>The next step's batch; waits until it is made. What the maker threw is thrown here.</summary>
    public TBatch Next()
    {
        try
        {
            return _ready.Reader.ReadAsync().AsTask().GetAwaiter().GetResult();
        }
        catch (ChannelClosedException closed) when (closed.InnerException is { } cause)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(cause);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        try
        {
            _maker.Wait();
        }
        catch (AggregateException stopped) when (stopped.InnerExceptions.All(cause => cause is OperationCanceledException))
        {
            // Stopping it early is what was asked for.
        }

        _stop.Dispose();
    }

    private void Make(Func<int, TBatch> prepare, int firstStep, int endStep)
    {
        try
        {
            for (var step = firstStep; step < endStep && !_stop.IsCancellationRequested; step++)
            {
                _ready.Writer.WriteAsync(prepare(step), _stop.Token).AsTask().GetAwaiter().GetResult();
            }

            _ready.Writer.TryComplete();
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            _ready.Writer.TryComplete();
        }
#pragma warning disable CA1031 // whatever went wrong is told to the reader
        catch (Exception problem)
#pragma warning restore CA1031
        {
            _ready.Writer.TryComplete(problem);
        }
    }
}
