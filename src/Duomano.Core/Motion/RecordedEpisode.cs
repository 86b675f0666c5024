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

    /// <summary>Joints of a hand's fingers in a frame, where they are known: knuckle, middle and outermost joint of each finger, from the thumb on.</summary>
    public const int JointCount = 15;

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

    /// <summary>The same with other notes.</summary>
    /// <param name="notes">The notes, times from the first frame on.</param>
    public RecordedEpisode WithNotes(IEnumerable<Note> notes) => new(_points, Fps, notes, Source) { Joints = Joints, Trust = Trust, TipAhead = TipAhead };

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

    /// <summary>[frames × 2 × 15] places of the fingers' joints, laid out and measured as the points are; null where they were not recorded.</summary>
    public Vector2[]? Joints
    {
        get;
        init => field = value is null || value.Length == FrameCount * 2 * JointCount ? value : throw new ArgumentException($"{FrameCount} frames have {FrameCount * 2 * JointCount} joints, not {value.Length}.", nameof(Joints));
    }

    /// <summary>[frames × 2] how far a hand's places in a frame can be believed: 1 where it was seen well, 0 where it was not seen; null for 1 everywhere.</summary>
    public float[]? Trust
    {
        get;
        init => field = value is null || value.Length == FrameCount * 2 ? value : throw new ArgumentException($"{FrameCount} frames have {FrameCount * 2} hands, not {value.Length}.", nameof(Trust));
    }

    /// <summary>How far what was seen as a fingertip is in front of its pad, along the finger, metres.</summary>
    public float TipAhead { get; init; }

    /// <summary>The joints of a hand's fingers in a frame; none where they were not recorded.</summary>
    public ReadOnlySpan<Vector2> JointsOf(int frame, HandSide side) => Joints.AsSpan(Joints is null ? 0 : (frame * 2 + (int)side) * JointCount, Joints is null ? 0 : JointCount);

    /// <summary>How far a hand's places in a frame can be believed.</summary>
    public float TrustOf(int frame, HandSide side) => Trust is null ? 1 : Trust[frame * 2 + (int)side];

    /// <summary>The wrist and the five fingertips of a hand in a frame, thumb first; x and z of the piano frame, metres.</summary>
    public ReadOnlySpan<Vector2> Points(int frame, HandSide side) => _points.AsSpan((frame * 2 + (int)side) * PointCount, PointCount);
}
