using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>How precisely weights are written.</summary>
public enum SafetensorsPrecision
{
    /// <summary>Four bytes a number, exact.</summary>
    Float32,

    /// <summary>Two bytes a number, rounded to nearest even; at most ±65504.</summary>
    Float16,
}

public static partial class Safetensors
{
    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="tensors">What to write; their order is kept.</param>
    /// <param name="metadata">Free text by name.</param>
    /// <param name="precision">How numbers are stored.</param>
    /// <param name="cancellation">Ends it; then there is no file.</param>
    /// <exception cref="ArgumentException">A tensor has the metadata's name, or a number does not fit the precision.</exception>
    public static void Write(
        string path, StateDict tensors, IReadOnlyDictionary<string, string>? metadata = null, SafetensorsPrecision precision = SafetensorsPrecision.Float32,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        if (!Enum.IsDefined(precision)) throw new ArgumentOutOfRangeException(nameof(precision), precision, "Written are float32 and float16.");
        if (tensors.Names.Contains(MetadataName)) throw new ArgumentException($"No tensor can be called '{MetadataName}'.", nameof(tensors));
        WholeFile.Write(path, stream => Write(stream, tensors, metadata, precision), cancellation);
    }

    private static void Write(Stream stream, StateDict tensors, IReadOnlyDictionary<string, string>? metadata, SafetensorsPrecision precision)
    {
        var width = precision == SafetensorsPrecision.Float16 ? 2 : 4;
        var header = Header(tensors, metadata, precision, width);
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
        stream.Write(prefix);
        header.WriteTo(stream);

        var buffer = new byte[1 << 16];
        foreach (var name in tensors.Names)
        {
            var values = tensors[name].Values.AsSpan();
            while (values.Length > 0)
            {
                var count = Math.Min(values.Length, buffer.Length / width);
                for (var i = 0; i < count; i++)
                {
                    if (width == 4) BinaryPrimitives.WriteSingleLittleEndian(buffer.AsSpan(4 * i), values[i]);
                    else BinaryPrimitives.WriteHalfLittleEndian(buffer.AsSpan(2 * i), ToHalf(values[i], name));
                }

                stream.Write(buffer, 0, count * width);
                values = values[count..];
            }
        }
    }

    private static MemoryStream Header(StateDict tensors, IReadOnlyDictionary<string, string>? metadata, SafetensorsPrecision precision, int width)
    {
        var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataName);
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }

            long position = 0;
            foreach (var name in tensors.Names)
            {
                var tensor = tensors[name];
                json.WriteStartObject(name);
                json.WriteString("dtype", precision == SafetensorsPrecision.Float16 ? "F16" : "F32");
                json.WriteStartArray("shape");
                foreach (var size in tensor.Shape) json.WriteNumberValue(size);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(position);
                json.WriteNumberValue(position += tensor.Values.LongLength * width);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        // Spaces up to a multiple of eight keep the numbers aligned.
        while (header.Length % 8 != 0) header.WriteByte((byte)' ');
        header.Position = 0;
        return header;
    }

    private static Half ToHalf(float value, string name)
    {
        var half = (Half)value;
        return Half.IsInfinity(half) && float.IsFinite(value)
            ? throw new ArgumentException($"'{name}' holds {value}, float16 reaches ±65504.")
            : half;
    }
}
