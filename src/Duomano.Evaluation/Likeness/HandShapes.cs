using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Evaluation.Published;

namespace Duomano.Evaluation.Likeness;

/// <summary>
/// Shapes of hands in the plane of the keys and their speeds, a row a hand and frame in which it plays: fingertips relative
/// to the wrist (10 numbers, cm), how these change in a frame (10), how the wrist moves in a frame (2). The left hand is
/// mirrored.
/// </summary>
public sealed class HandShapes
{
    private const int Coordinates = 10;
    private const int Width = 2 * Coordinates + 2;
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
                for (var tip = 0; tip < Coordinates / 2; tip++)
                {
                    var (shape, last) = (Relative(now, tip, side), Relative(before, tip, side));
                    (row[2 * tip], row[2 * tip + 1]) = (shape.X, shape.Y);
                    (row[Coordinates + 2 * tip], row[Coordinates + 2 * tip + 1]) = (shape.X - last.X, shape.Y - last.Y);
                }

                var moved = Mirrored(now[0], side) * Centimetres - Mirrored(before[0], side) * Centimetres;
                (row[^2], row[^1]) = (moved.X, moved.Y);
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

    /// <summary>The Fréchet distances between two sets: of shapes, of finger speeds, and of both with the wrist's speed; null where a set has no two rows.</summary>
    public static ShapeDistance? Between(HandShapes first, HandShapes second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Count < 2 || second.Count < 2) return null;
        var (a, b) = (Samples.Rows([.. first._rows], Width), Samples.Rows([.. second._rows], Width));
        return new(Distance(0, Coordinates), Distance(Coordinates, Coordinates), Distance(0, Width));

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
public sealed record ShapeDistance(double Shape, double FingerSpeed, double All);
