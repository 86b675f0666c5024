using System.Text;
using Duomano.Core.Files;

namespace Duomano.CommandLine;

/// <summary>Looks at the files a command is to write before any work is done.</summary>
internal static class OutputCheck
{
    // So many links may lead to a file.
    private const int MostLinks = 40;

    // Of the usual file systems: bytes of UTF-8, or letters on Windows.
    private const int LongestName = 255;

    private static readonly StringComparer SamePath = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>Fails unless all outputs can be made and none of them would destroy what the command reads.</summary>
    /// <param name="outputs">Files to write, as the user named them; null where nothing was named.</param>
    /// <param name="inputs">Files and folders that are read; of a model's folder every file that is there is kept.</param>
    /// <exception cref="ArgumentException">An output cannot be made, is an input, or is named twice.</exception>
    public static void Check(IEnumerable<string?> outputs, params IEnumerable<string?> inputs)
    {
        (string Named, string Place)[] kept = [.. inputs.OfType<string>().Where(path => path.Length > 0).Select(path => (path, Resolve(path)))];
        var seen = new HashSet<string>(SamePath);
        foreach (var output in outputs.OfType<string>())
        {
            CanBeMade(output);
            var place = Resolve(output);
            if (!seen.Add(place)) throw new ArgumentException($"{output}: is to be written twice.");
            foreach (var (named, input) in kept)
            {
                if (SamePath.Equals(place, input)) throw new ArgumentException($"{output}: is read as well; writing it would destroy it, so another name is needed.");
                if (Directory.Exists(input) && File.Exists(place) && IsIn(place, input)) throw new ArgumentException($"{output}: is a file of {named}, which is read; another name is needed.");
            }
        }
    }

    /// <summary>Where a file really lies, with all links to it and to the folders above it followed.</summary>
    internal static string Resolve(string path) => Resolve(Path.GetFullPath(path), MostLinks);

    /// <summary>Whether a folder is another one or lies in it, with all links followed.</summary>
    /// <param name="outer">The folder that may hold the other one; a file holds nothing.</param>
    /// <param name="inner">The other one, which need not be there.</param>
    public static bool Holds(string outer, string inner)
    {
        var (place, within) = (Resolve(outer), Resolve(inner));
        return Directory.Exists(place) && (SamePath.Equals(place, within) || IsIn(within, place));
    }

    private static string Resolve(string path, int links)
    {
        if (Path.GetDirectoryName(path) is not { } folder || links == 0) return path;
        var place = Path.Combine(Resolve(folder, links), Path.GetFileName(path));
        var target = new FileInfo(place).LinkTarget;
        return target is null ? place : Resolve(Path.GetFullPath(target, Path.GetDirectoryName(place)!), links - 1);
    }

    private static bool IsIn(string place, string folder) => !Path.GetRelativePath(folder, place).StartsWith("..", StringComparison.Ordinal);

    private static void CanBeMade(string output)
    {
        if (string.IsNullOrWhiteSpace(output)) throw new ArgumentException("An output needs a name.");
        if (Directory.Exists(output) || Path.EndsInDirectorySeparator(output)) throw new ArgumentException($"{output}: is a folder, where the name of a file is needed.");
        if (OrdinaryFile.OtherKind(output) is { } kind) throw new ArgumentException($"{output}: is {kind}, where the name of a file is needed.");
        var name = Path.GetFileName(output);
        if ((OperatingSystem.IsWindows() ? name.Length : Encoding.UTF8.GetByteCount(name)) > LongestName) throw new ArgumentException($"{output}: cannot be made, since its name is longer than {LongestName} bytes.");
        var folder = Path.GetDirectoryName(Path.GetFullPath(output))!;

        // A folder that is missing is made later; here it is enough that it can be.
        while (!Directory.Exists(folder))
        {
            if (File.Exists(folder)) throw new ArgumentException($"{output}: cannot be made, since {folder} is a file and no folder.");
            folder = Path.GetDirectoryName(folder) ?? throw new ArgumentException($"{output}: cannot be made, since there is no {Path.GetPathRoot(Path.GetFullPath(output))}.");
        }

        try
        {
            using var probe = new FileStream(Path.Combine(folder, $".duomano-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ArgumentException($"{output}: cannot be made, since nothing can be written in the folder {folder}.", error);
        }
    }
}
