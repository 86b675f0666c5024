using System.Security.Cryptography;

namespace Duomano.Tests;

/// <summary>What is in a folder, to compare two of them byte for byte.</summary>
internal static class FolderContents
{
    /// <summary>Every file's path below the folder and the hash of its content, in order.</summary>
    public static List<string> Of(string folder) =>
    [
        .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{Path.GetRelativePath(folder, path)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)))}"),
    ];

    /// <summary>Copies a folder's files.</summary>
    /// <returns>The copy.</returns>
    public static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return to;
    }
}
