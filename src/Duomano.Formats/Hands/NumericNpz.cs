using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;
using Duomano.Core.Files;
using Duomano.Core.Files.Pickles;
using Duomano.Formats.Motion;

namespace Duomano.Formats.Hands;

/// <summary>
/// The arrays of a .npz file at their full precision, those of any number type; an object (such as a sparse matrix) is a pickle
/// there, and read as one.
/// </summary>
internal static partial class NumericNpz
{
    private const int MostEntries = 100;
    private const int LargestArray = 64 << 20;

    public static Dictionary<string, Func<NumericArray>> Read(byte[] file, string name)
    {
        var entries = new Dictionary<string, Func<NumericArray>>(StringComparer.Ordinal);
        try
        {
            using var zip = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            foreach (var entry in zip.Entries.Take(MostEntries).Where(entry => entry.FullName.EndsWith(".npy", StringComparison.Ordinal)))
            {
                var key = entry.FullName[..^4];
                using var content = entry.Open();
                var bytes = BoundedBytes.ReadAll(content, $"{name}: {FileWords.Quote(key)}", LargestArray);
                entries[key] = () => ReadArray(bytes, name, key);
            }
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException or IOException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableFileException(name, "", "not a readable .npz file (a zip archive of .npy arrays)", error);
        }

        return entries;
    }

    private static NumericArray ReadArray(byte[] bytes, string path, string key)
    {
        UnreadableFileException Error(string problem) => new(path, FileWords.Quote(key), problem);

        if (bytes.Length < 12 || bytes[0] != 0x93 || !bytes.AsSpan(1, 5).SequenceEqual("NUMPY"u8) || bytes[6] is < 1 or > 3) throw Error("not a NumPy array of version 1 to 3");
        var start = bytes[6] == 1 ? 10 : 12;
        var length = bytes[6] == 1 ? BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(8)) : BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8));
        if (length > bytes.Length - start) throw Error("it ends in its header");
        var match = HeaderPattern().Match(Encoding.Latin1.GetString(bytes, start, (int)length));
        if (!match.Success) throw Error("a header without type, order and shape");
        byte[] content = bytes[(start + (int)length)..];
        if (match.Groups["type"].Value == "|O")
        {
            // An object stands in an array of no axes, which is pickled as a whole.
            return PickledNumbers.Of(new PickleMachine(content, path, FileWords.Quote(key), new NumpyGlobals()).Run());
        }

        var type = NumpyType.Parse(match.Groups["type"].Value) ?? throw Error($"numbers of type {FileWords.Quote(match.Groups["type"].Value)}");
        var sizes = match.Groups["shape"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var shape = new int[sizes.Length];
        Int128 count = 1;
        for (var i = 0; i < sizes.Length; i++)
        {
            if (!int.TryParse(sizes[i], System.Globalization.NumberStyles.None, null, out shape[i])) throw Error($"a shape of ({match.Groups["shape"].Value})");
            count *= shape[i];
            if (count > LargestArray) throw Error($"a shape of ({match.Groups["shape"].Value}), too many numbers");
        }

        if (content.Length < count * type.Width) throw Error($"it ends within its {count} numbers");
        var values = type.Read(content.AsSpan(0, (int)count * type.Width));
        return new(shape, match.Groups["order"].Value == "True" && shape.Length > 1 ? NpyArray.FromFortran(values, shape) : values);
    }

    [GeneratedRegex("""^\{'descr': '(?<type>[^']{1,8})', 'fortran_order': (?<order>True|False), 'shape': \((?<shape>[0-9, ]{0,60})\),? *\}""")]
    private static partial Regex HeaderPattern();
}
