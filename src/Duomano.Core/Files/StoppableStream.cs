namespace Duomano.Core.Files;

/// <summary>A stream whose reading and writing end when they are told to, so that no reader or writer has to look by itself.</summary>
/// <param name="inner">The stream itself, which whoever opened it closes.</param>
/// <param name="cancellation">From then on the next bytes are refused with an <see cref="OperationCanceledException"/>.</param>
public sealed class StoppableStream(Stream inner, CancellationToken cancellation) : Stream
{
    // What writers do while an exception passes through them, such as flushing, must not throw another one.
    private bool _stopped;

    /// <inheritdoc/>
    public override bool CanRead => inner.CanRead;

    /// <inheritdoc/>
    public override bool CanSeek => inner.CanSeek;

    /// <inheritdoc/>
    public override bool CanWrite => inner.CanWrite;

    /// <inheritdoc/>
    public override long Length => inner.Length;

    /// <inheritdoc/>
    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_stopped) Look();
        inner.Write(buffer);
    }

    /// <inheritdoc/>
    public override void Flush() => inner.Flush();

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        Look();
        return inner.Read(buffer);
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    /// <inheritdoc/>
    public override void SetLength(long value) => inner.SetLength(value);

    private void Look()
    {
        if (!cancellation.IsCancellationRequested) return;
        _stopped = true;
        throw new OperationCanceledException(cancellation);
    }
}
