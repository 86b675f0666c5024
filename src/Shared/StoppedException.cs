namespace Duomano.CommandLine;

/// <summary>The work was stopped by whoever began it, after some of it had been done; the message says what is there and what is not.</summary>
internal sealed class StoppedException : OperationCanceledException
{
    private const int MostNamed = 10;

    /// <summary>Tells of several files that were to be written.</summary>
    /// <param name="written">Those that are whole.</param>
    /// <param name="missing">Those that are not there, or are as they were before.</param>
    public StoppedException(IReadOnlyCollection<string> written, IReadOnlyCollection<string> missing)
        : this(written.Count == 0 ? "nothing was written." : $"written: {Names(written)}; not written: {(missing.Count == 0 ? "nothing else" : Names(missing))}.")
    {
    }

    /// <summary>Tells what is left of the work.</summary>
    /// <param name="left">A sentence without its beginning.</param>
    public StoppedException(string left)
        : base($"Stopped; {left}")
    {
    }

    private static string Names(IReadOnlyCollection<string> paths) =>
        string.Join(", ", paths.Take(MostNamed)) + (paths.Count > MostNamed ? $" and {paths.Count - MostNamed} more" : "");
}
