using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using Duomano.Inference.Onnx;

namespace Duomano.Training.Running;

/// <summary>
/// A training's figures as TensorBoard reads them: an event file (TFRecord framing, each record an Event message with masked
/// CRC-32C checksums). Every session writes a file of its own; one that goes on from a checkpoint begins with a mark
/// by which TensorBoard forgets the steps that are done again.
/// </summary>
internal sealed class EventLog(string folder) : IDisposable
{
    private const uint MaskDelta = 0xa282ead8;
    private const int SessionStart = 1;

    private FileStream? _file;
    private int? _resumedAfter;

    /// <summary>Says that steps after this one will come again.</summary>
    public void CutBack(int lastStep) => _resumedAfter = lastStep;

    /// <summary>Adds figures of a step.</summary>
    public void Scalars(int step, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        var summary = new ProtoMessage();
        foreach (var (tag, value) in values) summary.Message(1, new ProtoMessage().Text(1, tag).Single(2, (float)value));
        Add(step, 5, summary);
    }

    /// <summary>Adds a picture (PNG).</summary>
    public void Picture(int step, string tag, byte[] png, int width, int height)
    {
        const int Rgb = 3;
        var image = new ProtoMessage().Integer(1, height).Integer(2, width).Integer(3, Rgb).Bytes(4, png);
        Add(step, 5, new ProtoMessage().Message(1, new ProtoMessage().Text(1, tag).Message(4, image)));
    }

    /// <summary>Makes what was added visible to others.</summary>
    public void Flush() => _file?.Flush();

    public void Dispose()
    {
        _file?.Dispose();
        _file = null;
    }

    /// <summary>CRC-32C as TFRecord files keep it: rotated and shifted, so that checksums of checksums are no trouble.</summary>
    internal static uint MaskedChecksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes) crc = BitOperations.Crc32C(crc, value);
        crc = ~crc;
        return ((crc >> 15) | (crc << 17)) + MaskDelta;
    }

    private void Add(int step, int field, ProtoMessage content)
    {
        if (_file is null) Open();
        Write(Event(step).Message(field, content));
    }

    private void Open()
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString("D10", CultureInfo.InvariantCulture);
        var number = Directory.EnumerateFiles(folder, "events.out.tfevents.*").Count();
        _file = new FileStream(Path.Combine(folder, $"events.out.tfevents.{time}.duomano.{number:D4}"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1 << 16);
        Write(Event(0).Text(3, "brain.Event:2"));
        if (_resumedAfter is { } last && number > 0) Write(Event(last + 1).Message(7, new ProtoMessage().Integer(1, SessionStart)));
    }

    private static ProtoMessage Event(int step) => new ProtoMessage().Double(1, DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0).Integer(2, step);

    private void Write(ProtoMessage message)
    {
        var content = message.ToArray();
        Span<byte> head = stackalloc byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(head, (ulong)content.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(head[8..], MaskedChecksum(head[..8]));
        Span<byte> tail = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(tail, MaskedChecksum(content));
        _file!.Write(head);
        _file.Write(content);
        _file.Write(tail);
    }
}
