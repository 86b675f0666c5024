using Duomano.Core.Playing;

namespace Duomano.Core.Contact;

/// <summary>How fingers are put on keys.</summary>
public sealed record ContactOptions
{
    private readonly int _threads = 1;

    /// <summary>The usual way.</summary>
    public static ContactOptions Default { get; } = new();

    /// <summary>How high fingers are lifted before strokes, how long keys are held and how exact strokes' moments are; the hands are the clip's.</summary>
    public PerformanceStyle Style { get; init; } = PerformanceStyle.Neutral;

    /// <summary>Threads to compute with, at least 1: both hands can be moved at once. The result does not depend on it.</summary>
    public int Threads
    {
        get => _threads;
        init => _threads = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(Threads), value, "There is at least one thread.");
    }
}
