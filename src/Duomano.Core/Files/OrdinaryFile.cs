using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Duomano.Core.Files;

/// <summary>
/// Files on disk, as opposed to named pipes, devices and sockets: opening a pipe waits for whoever writes into it, a device may
/// never end, and a file that is renamed onto one takes its place.
/// </summary>
public static class OrdinaryFile
{
    // Of Linux's statx, which is the same on every processor: the size of its answer and the place of the mode in it.
    private const int AnswerLength = 256;
    private const int ModeOffset = 28;
    private const int CurrentFolder = -100;
    private const uint TypeOnly = 1;

    /// <summary>What a path leads to where it is neither a file nor a folder.</summary>
    /// <param name="path">The path; links are followed.</param>
    /// <returns>"a named pipe", "a device" or "a socket"; null for files, folders, what does not exist, and systems other than Linux.</returns>
    public static string? OtherKind(string path)
    {
        if (!OperatingSystem.IsLinux() || string.IsNullOrEmpty(path)) return null;
        var answer = new byte[AnswerLength];
        try
        {
            if (Statx(CurrentFolder, path, 0, TypeOnly, answer) != 0) return null;
        }
        catch (EntryPointNotFoundException)
        {
            // A C library from before 2018.
            return null;
        }

        return (BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(ModeOffset)) & 0xF000) switch
        {
            0x1000 => "a named pipe",
            0x2000 or 0x6000 => "a device",
            0xC000 => "a socket",
            _ => null,
        };
    }

    /// <summary>Opens a file to read.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <exception cref="UnreadableFileException">It is a named pipe, a device or a socket.</exception>
    public static FileStream OpenRead(string path)
    {
        Check(path);
        return File.OpenRead(path);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <exception cref="UnreadableFileException">It is a named pipe, a device or a socket.</exception>
    public static string ReadAllText(string path)
    {
        Check(path);
        return File.ReadAllText(path);
    }

    /// <summary>Reads the lines of a file's text.</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <exception cref="UnreadableFileException">It is a named pipe, a device or a socket.</exception>
    public static string[] ReadAllLines(string path)
    {
        Check(path);
        return File.ReadAllLines(path);
    }

    /// <summary>Fails where a path leads to what is no file; files, folders and what does not exist pass.</summary>
    /// <param name="path">The path, as the user named it.</param>
    /// <exception cref="UnreadableFileException">It is a named pipe, a device or a socket.</exception>
    public static void Check(string path)
    {
        if (OtherKind(path) is { } kind) throw new UnreadableFileException(path, "", $"is {kind}, where a file is needed");
    }

    [DllImport("libc", EntryPoint = "statx", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, [MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags, uint mask, byte[] answer);
}
