using System.IO.Compression;
using Duomano.Core.Files;

namespace Duomano.Networks.Checkpoints;

/// <summary>The zip archive of a PyTorch file: data.pkl and data/0, data/1 … under one top folder, all uncompressed.</summary>
internal sealed class TorchArchive : IDisposable
{
    // A description of some thousand tensors takes a few hundred kilobytes.
    private const long LongestPickle = 64 << 20;

    private readonly string _path;
    private readonly ZipArchive _zip;
    private readonly ZipArchiveEntry _pickle;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Key, ElementType Type), float[]> _storages = [];

    public TorchArchive(Stream stream, string path)
    {
        _path = path;
        Length = stream.Length;
        try
        {
            _zip = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in _zip.Entries)
            {
                if (!_entries.TryAdd(entry.FullName, entry)) throw Fail(FileWords.Quote(entry.FullName), "is in the archive twice");
            }
        }
        catch (Exception problem) when (problem is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw new UnreadableFileException(path, "", "is not a whole zip archive, as PyTorch (1.6 and later) writes them", problem);
        }

        var pickles = _zip.Entries.Where(entry => entry.FullName == "data.pkl" || entry.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)).ToList();
        if (pickles.Count != 1) throw Fail("", $"a PyTorch archive holds one data.pkl, this one {pickles.Count}");
        _pickle = pickles[0];
        Top = _pickle.FullName[..^"data.pkl".Length];
        if (_entries.TryGetValue(Top + "byteorder", out var order) && order.Length is > 0 and < 16
            && System.Text.Encoding.ASCII.GetString(Bytes(order)) != "little")
        {
            throw Fail("byteorder", "only little-endian numbers are read");
        }
    }

    /// <summary>Size of the whole file in bytes.</summary>
    public long Length { get; }

    /// <summary>The folder of everything, with a slash; empty if there is none.</summary>
    private string Top { get; }

    public byte[] Pickle()
    {
        if (_pickle.Length > LongestPickle) throw Fail("data.pkl", $"{_pickle.Length} bytes, at most {LongestPickle} are read");
        return Bytes(_pickle);
    }

    /// <summary>Bytes of a storage; null if there is none of that name.</summary>
    public long? StorageLength(string key) => _entries.TryGetValue($"{Top}data/{key}", out var entry) ? entry.Length : null;

    /// <summary>A storage's numbers; the caller has checked the count against <see cref="StorageLength"/>.</summary>
    public float[] Storage(string key, ElementType type, long count)
    {
        if (_storages.TryGetValue((key, type), out var known)) return known;
        var entry = _entries[$"{Top}data/{key}"];
        if (count > Array.MaxLength) throw Fail($"data/{FileWords.Quote(key)}", $"{count} values, at most {Array.MaxLength} are read");
        CheckStored(entry);
        var values = new float[count];
        Fill(entry, content => Elements.Read(content, type, values));
        return _storages[(key, type)] = values;
    }

    public void Dispose() => _zip.Dispose();

    private byte[] Bytes(ZipArchiveEntry entry)
    {
        CheckStored(entry);
        var bytes = new byte[entry.Length];
        Fill(entry, content => content.ReadExactly(bytes));
        return bytes;
    }

    private void CheckStored(ZipArchiveEntry entry)
    {
        // Stored entries cannot be larger than the file, so no declared size has to be believed.
        if (entry.CompressedLength != entry.Length || entry.Length > Length)
        {
            throw Fail(FileWords.Quote(entry.FullName), $"takes {entry.CompressedLength} bytes for {entry.Length}, PyTorch stores uncompressed");
        }
    }

    private void Fill(ZipArchiveEntry entry, Action<Stream> read)
    {
        try
        {
            using var content = entry.Open();
            read(content);
        }
        catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException or NotSupportedException)
        {
            throw Fail(FileWords.Quote(entry.FullName), $"is damaged or ends before its {entry.Length} bytes", problem);
        }
    }

    private UnreadableFileException Fail(string place, string problem, Exception? inner = null) => new(_path, place, problem, inner);
}
