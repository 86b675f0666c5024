namespace Duomano.Core.Files;

/// <summary>
/// A file is not what it should be (<see cref="InvalidDataException"/> would be the base if it were not sealed). The message is one line for people: the file, the place in it, what was found and
/// what was expected.
/// </summary>
public sealed class UnreadableFileException : FormatException
{
    /// <summary>Makes the message "path: place: problem".</summary>
    /// <param name="path">The file, as the user named it.</param>
    /// <param name="place">Where in it, such as "byte 14", "track 2" or "array 'left_pose'"; empty for the whole file.</param>
    /// <param name="problem">What was found and what was expected.</param>
    /// <param name="inner">The cause, if another exception told it.</param>
    public UnreadableFileException(string path, string place, string problem, Exception? inner = null)
        : base(string.IsNullOrEmpty(place) ? $"{path}: {problem}" : $"{path}: {place}: {problem}", inner)
    {
        Path = path;
        Place = place;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Where in it.</summary>
    public string Place { get; }
}
