using System.Security.Cryptography;
using System.Text;
using Duomano.Core.Files;

namespace Duomano.Cli.Folders;

/// <summary>What a file is, to find out later whether it is still the same.</summary>
/// <param name="File">Its path from the folder that it belongs to, with slashes.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">The hash of its content, in small letters.</param>
internal sealed record FileDigest(string File, long Bytes, string Sha256)
{
    /// <summary>Reads a file.</summary>
    /// <param name="name">What it is called from now on.</param>
    /// <param name="path">Where it is.</param>
    /// <exception cref="UnreadableFileException">It is a named pipe, a device or a socket.</exception>
    public static FileDigest Of(string name, string path)
    {
        using var stream = OrdinaryFile.OpenRead(path);
        return new(name, stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>Whether the file lies in a folder as it was.</summary>
    public bool IsIn(string folder) =>
        new FileInfo(PathIn(folder)) is { Exists: true, Length: var bytes } && bytes == Bytes && Of(File, PathIn(folder)) == this;

    /// <summary>Whether a file of this name and length lies in a folder; its content is not read.</summary>
    public bool SeemsIn(string folder) => new FileInfo(PathIn(folder)) is { Exists: true, Length: var bytes } && bytes == Bytes;

    /// <summary>The hash of texts and of all that files and the files of folders hold, in small letters.</summary>
    /// <param name="texts">Texts in an order that does not change.</param>
    /// <param name="paths">Files and folders.</param>
    public static string Together(IEnumerable<string> texts, IEnumerable<string> paths)
    {
        var files = paths.SelectMany(path => Directory.Exists(path) ? Directory.EnumerateFiles(path).Order(StringComparer.Ordinal).ToArray() : [path]);
        var lines = texts.Concat(files.Select(path => Of(Path.GetFileName(path), path)).Select(file => $"{file.File} {file.Sha256}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', lines))));
    }

    private string PathIn(string folder) => Path.Combine(folder, File);
}
