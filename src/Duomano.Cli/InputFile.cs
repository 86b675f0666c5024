using Duomano.Core.Files;

namespace Duomano.Cli;

/// <summary>Files that a command is to read.</summary>
internal static class InputFile
{
    /// <summary>Fails unless there is such a file.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <returns>The path.</returns>
    /// <exception cref="ArgumentException">It is a folder.</exception>
    /// <exception cref="FileNotFoundException">There is none.</exception>
    /// <exception cref="UnreadableFileException">It is a named pipe, a device or a socket.</exception>
    public static string Check(string path)
    {
        if (Directory.Exists(path)) throw new ArgumentException($"{path}: is a folder, where a file is needed.");
        OrdinaryFile.Check(path);
        return File.Exists(path) ? path : throw new FileNotFoundException($"{path}: there is no such file.");
    }

    /// <summary>The same for files that may be left out.</summary>
    public static string? CheckIfGiven(string? path) => path is null ? null : Check(path);
}
