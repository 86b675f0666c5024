namespace Duomano.Core.Files;

/// <summary>Writes files that appear whole or not at all: beside the target first, then renamed.</summary>
public static class WholeFile
{
    private const int MostKept = 30;

    /// <summary>Writes through a stream; if the writer throws, the target is left as it was.</summary>
    /// <param name="path">The file to make or replace; its folder is made if missing.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="cancellation">Ends it at the next bytes that are written; then the target is left as it was.</param>
    public static void Write(string path, Action<Stream> write, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(write);
        WriteBeside(path, beside =>
        {
            using var file = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite);
            using var stream = new StoppableStream(file, cancellation);
            write(stream);
            cancellation.ThrowIfCancellationRequested();
        });
    }

    /// <summary>Like <see cref="Write"/> for writers that want a path, such as another program.</summary>
    /// <param name="path">The file to make or replace.</param>
    /// <param name="write">Gets a path in the same folder, with the same extension, to write to.</param>
    public static void WriteBeside(string path, Action<string> write)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(write);
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var beside = Path.Combine(folder, $".{Beginning(Path.GetFileNameWithoutExtension(path))}.{Environment.ProcessId}-{Guid.NewGuid():N}{Path.GetExtension(path)}");
        try
        {
            write(beside);
            File.Move(beside, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException && error.Message.Contains(beside, StringComparison.Ordinal))
        {
            // Nobody asked for the file beside it.
            throw new IOException(error.Message.Replace(beside, path, StringComparison.Ordinal), error);
        }
        finally
        {
            File.Delete(beside);
        }
    }

    // A name that is as long as names can be has no room for more; a letter takes up to four bytes.
    private static string Beginning(string name) => name.Length <= MostKept ? name : name[..(char.IsHighSurrogate(name[MostKept - 1]) ? MostKept - 1 : MostKept)];
}
