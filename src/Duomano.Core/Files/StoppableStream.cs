namespace Duomano.Core.Files;

/// <summary>A stream whose writing ends when it is told to, so that no writer has to look by itself.</summary>
internal sealed class StoppableStream(Stream inner, CancellationToken cancellation) : Stream
{
    // What writers do while an exception passes through them, such as flushing, must not throw another one.
    private bool _stopped;

    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => inner.CanSeek;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => inner.Length;

    public override long Position
    {
        get => inner.Position;
        set => inner.Position = value;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (!_stopped && cancellation.IsCancellationRequested)
        {
            _stopped = true;
            throw new OperationCanceledException(cancellation);
        }

        inner.Write(buffer);
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);

    public override void SetLength(long value) => inner.SetLength(value);
}
