using Duomano.Core.Jobs;
using Duomano.Core.Music;

namespace Duomano.Server;

/// <summary>Makes motion from an uploaded file; the program that starts the server knows how.</summary>
public interface IMotionMaker
{
    /// <summary>Looks at a file before it is queued, as far as that takes no time. Only one call runs at a time.</summary>
    /// <param name="input">The upload.</param>
    /// <exception cref="Core.Files.UnreadableFileException">It cannot be used.</exception>
    void Inspect(JobInput input);

    /// <summary>Makes the motion. Only one call runs at a time.</summary>
    /// <param name="input">The upload.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The file cannot be used.</exception>
    MadeMotion Make(JobInput input, IProgress<JobProgress> progress, CancellationToken cancellation);
}

/// <summary>An upload.</summary>
/// <param name="Path">Where it lies; the name is the server's, not the sender's.</param>
/// <param name="Name">What the sender called it, without folders and ending; for titles and messages only.</param>
/// <param name="Kind">What its first bytes say it is.</param>
/// <param name="MostSeconds">Longest music that is worked on.</param>
/// <param name="MostNotes">Most notes that are worked on.</param>
public sealed record JobInput(string Path, string Name, MusicKind Kind, double MostSeconds, int MostNotes);

/// <summary>Finished motion, to be written in any format.</summary>
public sealed record MadeMotion
{
    /// <summary>What the piece is called.</summary>
    public required string Title { get; init; }

    /// <summary>Length, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Number of notes.</summary>
    public required int Notes { get; init; }

    /// <summary>Endings it can be written with, such as ".glb"; ".html" is the page that is shown.</summary>
    public required IReadOnlyList<string> Endings { get; init; }

    /// <summary>Writes it to a path with one of the endings, unless it is stopped before.</summary>
    public required Action<string, CancellationToken> Write { get; init; }
}
