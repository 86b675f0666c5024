using System.IO.Compression;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Duomano.Core.Files;

namespace Duomano.Formats.MusicXml;

/// <summary>
/// The bytes of a score: plain XML, or a compressed file (.mxl), a ZIP archive whose META-INF/container.xml names the score.
/// Document type definitions are skipped and nothing outside the file is opened.
/// </summary>
internal sealed class MusicXmlBytes
{
    /// <summary>Longer files are refused; engraved books of an hour take less.</summary>
    public const int LargestFile = 64 << 20;

    // What an archive unpacks to.
    private const int LargestScore = 256 << 20;
    private const int MostEntries = 10_000;
    private const string Container = "META-INF/container.xml";

    private readonly byte[] _file;

    private MusicXmlBytes(byte[] file, string path, string? entry, byte[] score)
    {
        _file = file;
        Path = path;
        Entry = entry;
        Score = score;
    }

    /// <summary>The file, as the user named it.</summary>
    public string Path { get; }

    /// <summary>Name of the score inside the archive; null where the file is the score itself.</summary>
    public string? Entry { get; }

    /// <summary>The score's XML as bytes.</summary>
    public byte[] Score { get; }

    public static bool IsArchive(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    public static MusicXmlBytes Read(Stream stream, string path)
    {
        var file = BoundedBytes.ReadAll(stream, path, LargestFile);
        if (file.Length == 0) throw new UnreadableFileException(path, "", "the file is empty");
        if (!IsArchive(file)) return new(file, path, null, file);
        try
        {
            using var archive = new ZipArchive(new MemoryStream(file), ZipArchiveMode.Read);
            if (archive.Entries.Count > MostEntries) throw new UnreadableFileException(path, "", $"an archive of {archive.Entries.Count} files, expected a compressed MusicXML file (.mxl)");
            var entry = ScoreEntry(archive, path);
            return new(file, path, entry.FullName, Unpack(entry, path));
        }
        catch (Exception error) when (error is InvalidDataException or NotSupportedException or EndOfStreamException or ArgumentException or IOException)
        {
            throw new UnreadableFileException(path, "", $"the ZIP archive cannot be read ({error.Message.TrimEnd('.')}), expected a compressed MusicXML file (.mxl)", error);
        }
    }

    /// <summary>Parses the score; elements know their line and column.</summary>
    public XDocument Parse() => Parse(Score, Entry is null ? Path : $"{Path}: {FileWords.Line(Entry)}");

    /// <summary>The same file with another text of the score; the archive's other files are kept.</summary>
    /// <param name="stream">Where to write.</param>
    /// <param name="score">The new XML.</param>
    /// <param name="compressed">Whether to write an archive.</param>
    public void Write(Stream stream, byte[] score, bool compressed)
    {
        if (!compressed)
        {
            stream.Write(score);
            return;
        }

        using var memory = new MemoryStream();
        using (var target = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            if (Entry is null)
            {
                Add(target, "META-INF/container.xml", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<container><rootfiles><rootfile full-path=\"score.musicxml\"/></rootfiles></container>\n"u8, default);
                Add(target, "score.musicxml", score, default);
            }
            else
            {
                using var source = new ZipArchive(new MemoryStream(_file), ZipArchiveMode.Read);
                foreach (var entry in source.Entries) Add(target, entry.FullName, entry.FullName == Entry ? score : Unpack(entry, Path), entry.LastWriteTime);
            }
        }

        memory.Position = 0;
        memory.CopyTo(stream);
    }

    private static void Add(ZipArchive archive, string name, ReadOnlySpan<byte> bytes, DateTimeOffset time)
    {
        // The format's specification asks for a "mimetype" entry to be stored as it is.
        var entry = archive.CreateEntry(name, name == "mimetype" ? CompressionLevel.NoCompression : CompressionLevel.Optimal);
        entry.LastWriteTime = time.Year is >= 1980 and <= 2107 ? time : new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
        using var content = entry.Open();
        content.Write(bytes);
    }

    private static ZipArchiveEntry ScoreEntry(ZipArchive archive, string path)
    {
        if (archive.Entries.FirstOrDefault(entry => entry.FullName.Equals(Container, StringComparison.OrdinalIgnoreCase)) is { } container)
        {
            // The first root file is the score; others are its renderings.
            var named = Parse(Unpack(container, path), $"{path}: {Container}").Descendants().FirstOrDefault(element => element.Name.LocalName == "rootfile")?.Attribute("full-path")?.Value;
            if (named is not null && archive.Entries.FirstOrDefault(entry => entry.FullName == named) is { } found) return found;
        }

        return archive.Entries.FirstOrDefault(entry => IsScoreName(entry.FullName))
            ?? throw new UnreadableFileException(path, "", "the ZIP archive holds no .musicxml or .xml file, expected a compressed MusicXML file (.mxl)");
    }

    private static bool IsScoreName(string name) =>
        !name.StartsWith("META-INF/", StringComparison.OrdinalIgnoreCase) && !name.StartsWith("__MACOSX/", StringComparison.Ordinal)
        && (name.EndsWith(".musicxml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".xml", StringComparison.OrdinalIgnoreCase));

    // The size that an archive states is not trusted.
    private static byte[] Unpack(ZipArchiveEntry entry, string path)
    {
        using var content = entry.Open();
        return BoundedBytes.ReadAll(content, $"{path}: {FileWords.Line(entry.FullName)}", LargestScore);
    }

    // Some files have empty lines before the declaration, where XML allows nothing; what comes after keeps its place.
    private static string WithoutLateDeclaration(string text)
    {
        var at = text.Length - text.AsSpan().TrimStart().Length;
        var end = at == 0 ? -1 : text.IndexOf("?>", at, StringComparison.Ordinal);
        return end < 0 || string.CompareOrdinal(text, at, "<?xml", 0, 5) != 0 ? text : string.Concat(string.Concat(text[..(end + 2)].Select(c => c == '\n' ? c : ' ')), text.AsSpan(end + 2));
    }

    private static XDocument Parse(byte[] bytes, string path)
    {
        var settings = new XmlReaderSettings { DtdProcessing = DtdProcessing.Ignore, XmlResolver = null, CloseInput = false, MaxCharactersFromEntities = 1 << 20 };
        try
        {
            using var text = new StringReader(WithoutLateDeclaration(XmlText.Decode(bytes).Text));
            using var reader = XmlReader.Create(text, settings);
            return XDocument.Load(reader, LoadOptions.SetLineInfo);
        }
        catch (XmlException error)
        {
            throw new UnreadableFileException(path, error.LineNumber > 0 ? $"line {error.LineNumber}" : "", $"is not well-formed XML ({Short(error.Message)})", error);
        }
        catch (DecoderFallbackException error)
        {
            throw new UnreadableFileException(path, "", "holds bytes that its character encoding does not have", error);
        }
    }

    // The exception's text ends with the place, which is told before.
    private static string Short(string message) => FileWords.Line(message.Split(" Line ", 2)[0].TrimEnd('.'));
}
