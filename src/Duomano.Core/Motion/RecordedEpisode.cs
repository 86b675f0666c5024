using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Motion;

/// <summary>
/// A stretch of a person's playing as a camera above the keyboard sees it: places of both wrists and of the ten fingertips
/// in the plane of the keys, without heights, and the notes with the hands and fingers that played them.
/// </summary>
public sealed class RecordedEpisode
{
    /// <summary>Points of a hand in a frame: the wrist, then the fingertips from the thumb to the little finger.</summary>
    public const int PointCount = 6;

    private readonly Vector2[] _points;

    /// <summary>Puts an episode together.</summary>
    /// <param name="points">[frames × 2 × 6] places, left hand first: X to the treble, Y towards the player, as x and z of the piano frame, metres.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="notes">The notes, times from the first frame on.</param>
    /// <param name="source">Number of the recording that the episode was cut from.</param>
    /// <exception cref="ArgumentException">The points do not fill whole frames, or the rate is not positive.</exception>
    public RecordedEpisode(Vector2[] points, double fps, IEnumerable<Note> notes, int source)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(notes);
        if (points.Length % (2 * PointCount) != 0) throw new ArgumentException($"{points.Length} points do not fill frames of {2 * PointCount}.", nameof(points));
        if (!(fps > 0 && double.IsFinite(fps))) throw new ArgumentOutOfRangeException(nameof(fps), fps, "A frame rate is positive and finite.");
        _points = points;
        Fps = fps;
        Notes = [.. notes];
        Score = new(Notes);
        Source = source;
    }

    /// <summary>Frames a second.</summary>
    public double Fps { get; }

    /// <summary>The notes in the recording's own order.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>The notes, with hand and, where known, finger.</summary>
    public Score Score { get; }

    /// <summary>Number of the recording that the episode was cut from.</summary>
    public int Source { get; }

    /// <summary>Number of frames.</summary>
    public int FrameCount => _points.Length / (2 * PointCount);

    /// <summary>The wrist and the five fingertips of a hand in a frame, thumb first; x and z of the piano frame, metres.</summary>
    public ReadOnlySpan<Vector2> Points(int frame, HandSide side) => _points.AsSpan((frame * 2 + (int)side) * PointCount, PointCount);
}
