using System.Buffers.Binary;
using System.Text.Json;
using Duomano.Core.Files;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">The tensors as float32, in the order of the file's numbers.</param>
/// <param name="Metadata">Free text by name.</param>
public sealed record SafetensorsContent(StateDict Tensors, IReadOnlyDictionary<string, string> Metadata);

/// <summary>
/// Reads and writes safetensors: 8 bytes header length, a JSON header with type, sizes and place of each tensor, then
/// the numbers, little-endian, without gaps. Types F32, F16, BF16, F64, I64, I32 and BOOL are read.
/// </summary>
public static partial class Safetensors
{
    private const int LongestHeader = 100_000_000;
    private const string MetadataName = "__metadata__";

    private static readonly Dictionary<string, ElementType> Types = new(StringComparer.Ordinal)
    {
        ["F32"] = ElementType.Float32,
        ["F16"] = ElementType.Float16,
        ["BF16"] = ElementType.BFloat16,
        ["F64"] = ElementType.Float64,
        ["I64"] = ElementType.Int64,
        ["I32"] = ElementType.Int32,
        ["BOOL"] = ElementType.Bool,
    };

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="prefix">What the names of the tensors that are read begin with; the others are passed over.</param>
    /// <exception cref="UnreadableFileException">The header or the numbers are not as the format wants them.</exception>
    public static SafetensorsContent Read(string path, string prefix = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using var stream = OrdinaryFile.OpenRead(path);
        return Read(stream, path, prefix);
    }

    /// <summary>Reads from a stream that can seek, from its beginning.</summary>
    /// <param name="stream">The file's content.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="prefix">What the names of the tensors that are read begin with; the others are passed over.</param>
    /// <exception cref="UnreadableFileException">The header or the numbers are not as the format wants them.</exception>
    public static SafetensorsContent Read(Stream stream, string path, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(prefix);
        var length = stream.Length;
        if (length < 8) throw new UnreadableFileException(path, "", $"{length} bytes, a safetensors file has at least 8");
        Span<byte> length8 = stackalloc byte[8];
        stream.ReadExactly(length8);
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(length8);
        if (headerLength > Math.Min((ulong)(length - 8), LongestHeader))
        {
            throw new UnreadableFileException(path, "byte 0", $"a header of {headerLength} bytes in a file of {length} (at most {LongestHeader} are read)");
        }

        var header = new byte[(int)headerLength];
        stream.ReadExactly(header);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
        var entries = ReadHeader(header, path, metadata).OrderBy(entry => entry.Begin).ThenBy(entry => entry.End).ToList();

        var tensors = new StateDict();
        long position = 0;
        var data = length - 8 - (long)headerLength;
        foreach (var entry in entries)
        {
            if (entry.Begin != position || entry.End > data)
            {
                throw Fail(path, entry.Name, $"its numbers are at bytes {entry.Begin} to {entry.End}, expected from {position} and within {data}");
            }

            if (!entry.Name.StartsWith(prefix, StringComparison.Ordinal))
            {
                position = entry.End;
                stream.Position = 8 + (long)headerLength + position;
                continue;
            }

            var values = new float[(entry.End - entry.Begin) / Elements.Width(entry.Type)];
            Elements.Read(stream, entry.Type, values);
            tensors[entry.Name] = new TensorData(values, entry.Shape);
            position = entry.End;
        }

        if (position != data) throw new UnreadableFileException(path, "", $"{data - position} bytes after the last tensor");
        return new SafetensorsContent(tensors, metadata);
    }

    private static List<Entry> ReadHeader(byte[] header, string path, Dictionary<string, string> metadata)
    {
        try
        {
            using var document = JsonDocument.Parse(header);
            if (document.RootElement.ValueKind != JsonValueKind.Object) throw new UnreadableFileException(path, "header", "is no JSON object");
            var names = new HashSet<string>(StringComparer.Ordinal);
            var entries = new List<Entry>();
            foreach (var property in document.RootElement.EnumerateObject())
            {
                if (!names.Add(property.Name)) throw Fail(path, property.Name, "is named twice");
                if (property.Name == MetadataName) ReadMetadata(property.Value, path, metadata);
                else entries.Add(ReadEntry(property, path));
            }

            return entries;
        }
        catch (JsonException problem)
        {
            throw new UnreadableFileException(path, $"header line {problem.LineNumber} byte {problem.BytePositionInLine}", "is not JSON", problem);
        }
        catch (InvalidOperationException problem)
        {
            // Text with broken surrogates is found only when it is decoded.
            throw new UnreadableFileException(path, "header", "holds text that is no Unicode", problem);
        }
    }

    private static void ReadMetadata(JsonElement element, string path, Dictionary<string, string> metadata)
    {
        if (element.ValueKind != JsonValueKind.Object) throw Fail(path, MetadataName, "is no JSON object");
        foreach (var item in element.EnumerateObject())
        {
            if (item.Value.ValueKind != JsonValueKind.String) throw Fail(path, MetadataName, $"{FileWords.Quote(item.Name)} is not text");
            if (!metadata.TryAdd(item.Name, item.Value.GetString()!)) throw Fail(path, MetadataName, $"{FileWords.Quote(item.Name)} is named twice");
        }
    }

    private static Entry ReadEntry(JsonProperty property, string path)
    {
        var name = property.Name;
        if (property.Value.ValueKind != JsonValueKind.Object) throw Fail(path, name, "is no JSON object");
        if (!property.Value.TryGetProperty("dtype", out var dtype) || dtype.ValueKind != JsonValueKind.String) throw Fail(path, name, "has no dtype");
        if (!Types.TryGetValue(dtype.GetString()!, out var type))
        {
            throw Fail(path, name, $"has type {FileWords.Quote(dtype.GetString()!)}, read are {string.Join(", ", Types.Keys)}");
        }

        var shape = Integers(property.Value, "shape", path, name);
        if (shape.Length > 64 || shape.Any(size => size > int.MaxValue))
        {
            throw Fail(path, name, $"has sizes {FileWords.Shape(shape.Take(8))}, too large to be read");
        }

        var offsets = Integers(property.Value, "data_offsets", path, name);
        if (offsets.Length != 2 || offsets[1] < offsets[0])
        {
            throw Fail(path, name, $"has data_offsets {FileWords.Shape(offsets.Take(8))}, expected [begin, end]");
        }


        var bytes = offsets[1] - offsets[0];
        var count = shape.Contains(0) ? 0 : shape.Aggregate((Int128)1, (product, size) => product > long.MaxValue ? product : product * size);
        if (count * Elements.Width(type) != bytes)
        {
            throw Fail(path, name, $"{FileWords.Shape(shape)} of {dtype.GetString()} takes {count * Elements.Width(type)} bytes, the header gives it {bytes}");
        }

        if (count > Array.MaxLength) throw Fail(path, name, $"has {count} values, at most {Array.MaxLength} are read");
        return new Entry(name, type, Array.ConvertAll(shape, size => (int)size), offsets[0], offsets[1]);
    }

    private static long[] Integers(JsonElement element, string key, string path, string name)
    {
        if (!element.TryGetProperty(key, out var array) || array.ValueKind != JsonValueKind.Array) throw Fail(path, name, $"has no {key}");
        return
        [
            .. array.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var value) && value >= 0
                ? value
                : throw Fail(path, name, $"{key} holds {FileWords.Quote(item.GetRawText())}, not a whole number from 0")),
        ];
    }

    private static UnreadableFileException Fail(string path, string name, string problem) => new(path, $"tensor {FileWords.Quote(name)}", problem);

    private sealed record Entry(string Name, ElementType Type, int[] Shape, long Begin, long End);
}
