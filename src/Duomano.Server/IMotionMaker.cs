using Duomano.Core.Jobs;
using Duomano.Core.Music;

namespace Duomano.Server;

/// <summary>Makes motion from an uploaded file; the program that starts the server knows how.</summary>
public interface IMotionMaker
{
    /// <summary>The styles of playing that can be asked for, the usual one first; none where there is no choice.</summary>
    IReadOnlyList<string> Styles { get; }

    /// <summary>Looks at a file before it is queued, as far as that takes no time. Only one call runs at a time.</summary>
    /// <param name="input">The upload, with what the sender wants done with a video.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What will be done with it where it has moving pictures; null where it has none.</returns>
    /// <exception cref="Core.Files.UnreadableFileException">It cannot be used.</exception>
    VideoUse? Inspect(JobInput input, CancellationToken cancellation);

    /// <summary>Makes the motion. Only one call runs at a time.</summary>
    /// <param name="input">The upload, with what <see cref="Inspect"/> found out about it.</param>
    /// <param name="progress">Told what is being done and how far it is.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <exception cref="Core.Files.UnreadableFileException">The file cannot be used.</exception>
    MadeMotion Make(JobInput input, IProgress<JobProgress> progress, CancellationToken cancellation);

    /// <summary>Motion that was made before and kept (<see cref="MadeMotion.Keep"/>), to be written in further formats. May be called while others are made.</summary>
    /// <param name="input">What it was made from.</param>
    /// <param name="folder">Where it was kept.</param>
    /// <exception cref="Core.Files.UnreadableFileException">What lies there cannot be read.</exception>
    MadeMotion Restore(JobInput input, string folder);
}

/// <summary>What is done with a video.</summary>
public enum VideoUse
{
    /// <summary>The hands in its pictures are watched; its notes are heard in its sound.</summary>
    Watch,

    /// <summary>Only its sound is listened to.</summary>
    Listen,
}

/// <summary>An upload.</summary>
/// <param name="Path">Where it lies; the name is the server's, not the sender's.</param>
/// <param name="Name">What the sender called it, without folders and ending; for titles and messages only.</param>
/// <param name="Kind">What its first bytes say it is.</param>
/// <param name="MostSeconds">Longest music that is worked on.</param>
/// <param name="MostNotes">Most notes that are worked on.</param>
public sealed record JobInput(string Path, string Name, MusicKind Kind, double MostSeconds, int MostNotes)
{
    /// <summary>What is to be done with it, or will be, if it has moving pictures; null where nobody said or there are none.</summary>
    public VideoUse? Video { get; init; }

    /// <summary>In which of the maker's styles it is to be played; null for the usual one.</summary>
    public string? Style { get; init; }
}

/// <summary>Finished motion, to be written in any format.</summary>
public sealed record MadeMotion
{
    /// <summary>What the piece is called.</summary>
    public required string Title { get; init; }

    /// <summary>Length, seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Number of notes.</summary>
    public required int Notes { get; init; }

    /// <summary>What was found out on the way, a line a subject, such as "left hand: seen in 98 % of the frames".</summary>
    public IReadOnlyList<string> Report { get; init; } = [];

    /// <summary>Files that the upload left and nothing needs any more.</summary>
    public IReadOnlyList<string> Unneeded { get; init; } = [];

    /// <summary>Writes into a folder what <see cref="IMotionMaker.Restore"/> needs besides the upload and what lies beside that.</summary>
    public required Action<string, CancellationToken> Keep { get; init; }

    /// <summary>Endings it can be written with, such as ".glb"; ".html" is the page that is shown.</summary>
    public required IReadOnlyList<string> Endings { get; init; }

    /// <summary>Writes it to a path with one of the endings, unless it is stopped before.</summary>
    public required Action<string, CancellationToken> Write { get; init; }
}
