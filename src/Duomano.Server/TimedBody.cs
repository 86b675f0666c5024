using System.Buffers;
using System.IO.Pipelines;

namespace Duomano.Server;

/// <summary>
/// A request's body that ends with an <see cref="OperationCanceledException"/> when time is up. Reads are ended by the reader
/// itself: one that is left to a token stays in progress, and the web server cannot get rid of the rest of the body then.
/// </summary>
internal sealed class TimedBody : IDisposable
{
    private readonly PipeReader _reader;
    private readonly CancellationTokenSource _limit;
    private readonly CancellationTokenRegistration _registration;

    /// <summary>Begins to count the time.</summary>
    /// <param name="reader">The body.</param>
    /// <param name="most">How long it may take.</param>
    public TimedBody(PipeReader reader, TimeSpan most)
    {
        _reader = reader;
        _limit = new(most);
        _registration = _limit.Token.Register(reader.CancelPendingRead);
    }

    /// <summary>Fills a buffer as far as the body goes.</summary>
    /// <returns>The bytes read, fewer than the buffer takes only at the end.</returns>
    public async Task<int> FillAsync(Memory<byte> buffer)
    {
        var count = 0;
        while (count < buffer.Length && await ReadAsync(buffer[count..]) is > 0 and var read) count += read;
        return count;
    }

    /// <summary>Reads what there is, at least a byte.</summary>
    /// <returns>The bytes read; 0 at the end.</returns>
    public async Task<int> ReadAsync(Memory<byte> buffer)
    {
        for (; ; )
        {
            var result = await _reader.ReadAsync(CancellationToken.None);
            var available = result.Buffer.Slice(0, Math.Min(buffer.Length, result.Buffer.Length));
            var count = (int)available.Length;
            available.CopyTo(buffer.Span);
            _reader.AdvanceTo(available.End);
            if (result.IsCanceled) throw new OperationCanceledException("The upload took too long.", _limit.Token);

            // Between the pieces of a body of unknown length a read may bring nothing.
            if (count > 0 || result.IsCompleted) return count;
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        _limit.Dispose();
    }
}
