using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Evaluation.Published;

namespace Duomano.Evaluation.Likeness;

/// <summary>
/// Shapes of hands in the plane of the keys and their speeds, a row a hand and frame in which it plays: fingertips relative
/// to the wrist (10 numbers, cm), how these change in a frame (10), how the wrist moves in a frame (2), and how the fingertips
/// change in a frame after smoothing over three frames (10). The left hand is mirrored.
/// </summary>
public sealed class HandShapes
{
    private const int Coordinates = 10;
    private const int Seen = 2 * Coordinates + 2;
    private const int Width = Seen + Coordinates;
    private const float Centimetres = 100;

    private readonly List<float> _rows = [];

    /// <summary>How many rows there are.</summary>
    public int Count => _rows.Count / Width;

    /// <summary>Adds a motion's shapes.</summary>
    /// <param name="person">Whose notes tell when a hand plays.</param>
    /// <param name="motion">The motion; the person or another one of the same notes.</param>
    public void Add(RecordedEpisode person, RecordedEpisode motion)
    {
        ArgumentNullException.ThrowIfNull(motion);
        Span<float> row = stackalloc float[Width];
        foreach (var side in HandSides.Both)
        {
            var playing = PlayingFrames.Of(person, side);
            for (var frame = 1; frame < playing.Length; frame++)
            {
                if (!playing[frame]) continue;
                var now = motion.Points(frame, side);
                var before = motion.Points(frame - 1, side);
                var earlier = motion.Points(Math.Max(0, frame - 2), side);
                var after = motion.Points(Math.Min(frame + 1, playing.Length - 1), side);
                for (var tip = 0; tip < Coordinates / 2; tip++)
                {
                    var (shape, last) = (Relative(now, tip, side), Relative(before, tip, side));
                    (row[2 * tip], row[2 * tip + 1]) = (shape.X, shape.Y);
                    (row[Coordinates + 2 * tip], row[Coordinates + 2 * tip + 1]) = (shape.X - last.X, shape.Y - last.Y);

                    // Weights of 1, 2, 1 over three frames: what a tracker makes of a finger from one frame to the next is mostly gone.
                    var smoothed = (Relative(after, tip, side) + shape - last - Relative(earlier, tip, side)) / 4;
                    (row[Seen + 2 * tip], row[Seen + 2 * tip + 1]) = (smoothed.X, smoothed.Y);
                }

                var moved = Mirrored(now[0], side) * Centimetres - Mirrored(before[0], side) * Centimetres;
                (row[Seen - 2], row[Seen - 1]) = (moved.X, moved.Y);
                foreach (var value in row) _rows.Add(value);
            }
        }
    }

    /// <summary>Adds another set's rows.</summary>
    public void Add(HandShapes other)
    {
        ArgumentNullException.ThrowIfNull(other);
        _rows.AddRange(other._rows);
    }

    /// <summary>The Fréchet distances between two sets: of shapes, of finger speeds, of both with the wrist's speed, and of smoothed finger speeds; null where a set has no two rows.</summary>
    public static ShapeDistance? Between(HandShapes first, HandShapes second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 || second.Count < 2) return null;
        var (a, b) = (Samples.Rows([.. first._rows], Width), Samples.Rows([.. second._rows], Width));
        return new(Distance(0, Coordinates), Distance(Coordinates, Coordinates), Distance(0, Seen), Distance(Seen, Coordinates));

        double Distance(int from, int count) =>
            FrechetDistance.Between(a.SubMatrix(0, a.RowCount, from, count), b.SubMatrix(0, b.RowCount, from, count));
    }

    private static Vector2 Mirrored(Vector2 point, HandSide side) => side == HandSide.Left ? point with { X = -point.X } : point;

    private static Vector2 Relative(ReadOnlySpan<Vector2> hand, int tip, HandSide side) => (Mirrored(hand[tip + 1], side) - Mirrored(hand[0], side)) * Centimetres;
}

/// <summary>Fréchet distances between hand shapes.</summary>
/// <param name="Shape">Of fingertips relative to the wrist, cm².</param>
/// <param name="FingerSpeed">Of how they change in a frame, cm².</param>
/// <param name="All">Of both and the wrist's movement in a frame, cm².</param>
/// <param name="SmoothedFingerSpeed">Of how they change in a frame after smoothing both motions over three frames, cm².</param>
public sealed record ShapeDistance(double Shape, double FingerSpeed, double All, double SmoothedFingerSpeed);
