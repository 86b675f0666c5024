namespace Duomano.Server;

/// <summary>
/// The folder of one running server. A lock file in it is held open as long as the process lives, so a later server can tell
/// and delete what a killed one has left behind.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    private const string LockName = "lock";

    private readonly FileStream _lock;

    private WorkFolder(string path, FileStream lockFile, bool isKept)
    {
        Path = path;
        _lock = lockFile;
        IsKept = isKept;
    }

    public string Path { get; }

    /// <summary>Whether the next server is to find what lies in it.</summary>
    public bool IsKept { get; }

    public static WorkFolder Open(string parent)
    {
        Own(parent);
        foreach (var folder in Directory.GetDirectories(parent).Where(IsOfServer)) DeleteIfDead(folder);
        var path = System.IO.Path.Combine(parent, Guid.NewGuid().ToString("N"));
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return new(path, Hold(path), isKept: false);
    }

    /// <summary>Opens a folder whose jobs stay.</summary>
    /// <exception cref="InvalidOperationException">Another server has it open, or it cannot be used.</exception>
    public static WorkFolder OpenKept(string path)
    {
        var whole = System.IO.Path.GetFullPath(path);
        try
        {
            // One that is there may be a link, and has the rights that its owner gave it.
            if (!Directory.Exists(whole))
            {
                if (OperatingSystem.IsWindows()) Directory.CreateDirectory(whole);
                else Directory.CreateDirectory(whole, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            return new(whole, Hold(whole), isKept: true);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InvalidOperationException($"{path}: this user may not write there, so no jobs can be kept in it.", error);
        }
        catch (IOException error)
        {
            throw new InvalidOperationException(File.Exists(System.IO.Path.Combine(whole, LockName)) ? $"{path}: another server keeps its jobs there." : $"{path}: no jobs can be kept there: {error.Message}", error);
        }
    }

    /// <summary>Folders of jobs, of this server and of those before it.</summary>
    public IEnumerable<string> JobFolders => Directory.GetDirectories(Path).Where(IsOfServer);

    public string ForJob(string id) => Directory.CreateDirectory(System.IO.Path.Combine(Path, id)).FullName;

    public static void DeleteFile(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It goes with its folder.
        }
    }

    public static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Somebody is still reading a file; the next server deletes it.
        }
    }

    public void Dispose()
    {
        _lock.Dispose();
        if (!IsKept) Delete(Path);
    }

    // Folders for temporary files are everybody's: what lies there under our name may be somebody else's, or lead elsewhere.
    private static void Own(string folder)
    {
        var trimmed = System.IO.Path.TrimEndingDirectorySeparator(folder);
        if (new FileInfo(trimmed).LinkTarget is not null) throw new InvalidOperationException($"{folder}: is a link, and the folder for uploads may not be one.");
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        const UnixFileMode Mine = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        Directory.CreateDirectory(folder, Mine);
        try
        {
            File.SetUnixFileMode(folder, Mine);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new InvalidOperationException($"{folder}: belongs to somebody else, so uploads may not lie there.", error);
        }
    }

    // Nothing else is deleted, and no link is followed.
    private static bool IsOfServer(string folder) => Guid.TryParseExact(System.IO.Path.GetFileName(folder), "N", out _) && new FileInfo(folder).LinkTarget is null;

    private static void DeleteIfDead(string folder)
    {
        // A folder without a lock may have just been made by a server that starts at this moment.
        var lockPath = System.IO.Path.Combine(folder, LockName);
        if (!File.Exists(lockPath) && Directory.GetCreationTimeUtc(folder) > DateTime.UtcNow.AddMinutes(-1)) return;
        try
        {
            Hold(folder).Dispose();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return;
        }

        Delete(folder);
    }

    private static FileStream Hold(string folder) => new(System.IO.Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
}
