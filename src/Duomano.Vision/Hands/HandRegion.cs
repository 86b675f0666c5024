using System.Numerics;

namespace Duomano.Vision.Hands;

/// <summary>A square of a picture that is turned so that the hand in it points upwards.</summary>
/// <param name="Centre">Its middle, pixels from the picture's top left.</param>
/// <param name="Size">Its side, pixels.</param>
/// <param name="Turn">How far it is turned clockwise, radians.</param>
public readonly record struct HandRegion(Vector2 Centre, float Size, float Turn)
{
    // The palm's points and the fingers' first joints tell where a hand is; fingertips come and go.
    private static readonly int[] Steady = [0, 1, 2, 3, 5, 6, 9, 10, 13, 14, 17, 18];

    // The square is this much larger than those points' box, and moved towards the fingers by this share of it.
    private const float Room = 2, Ahead = 0.1f;

    /// <summary>Where a hand is to be looked at again that was seen a moment ago, as MediaPipe's hand tracking does it (Zhang et al. 2020).</summary>
    /// <param name="points">Its 21 points, pixels.</param>
    public static HandRegion Around(IReadOnlyList<Vector2> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var knuckles = ((points[5] + points[13]) / 2 + points[9]) / 2;
        var way = knuckles - points[0];
        var turn = MathF.Atan2(way.X, -way.Y);
        var upright = Matrix3x2.CreateRotation(-turn);
        var (low, high) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        foreach (var point in Steady)
        {
            var at = Vector2.Transform(points[point], upright);
            (low, high) = (Vector2.Min(low, at), Vector2.Max(high, at));
        }

        var box = high - low;
        var middle = (low + high) / 2 - new Vector2(0, Ahead * box.Y);
        return new(Vector2.Transform(middle, Matrix3x2.CreateRotation(turn)), Room * MathF.Max(box.X, box.Y), turn);
    }

    /// <summary>What a hand covers of what is behind it: less than the square in which it is looked at.</summary>
    /// <param name="points">Its 21 points, pixels.</param>
    public static HandRegion Covered(IReadOnlyList<Vector2> points)
    {
        const float Share = 0.65f;
        var around = Around(points);
        return around with { Size = Share * around.Size };
    }

    /// <summary>The picture's place of a place in the square, which goes from 0 to 1 to the right and down.</summary>
    public Vector2 ToPicture(Vector2 place) => Centre + Size * Vector2.Transform(place - new Vector2(0.5f), Matrix3x2.CreateRotation(Turn));

    /// <summary>Whether a place of the picture is in the square.</summary>
    public bool Contains(Vector2 place)
    {
        var away = Vector2.Transform(place - Centre, Matrix3x2.CreateRotation(-Turn));
        return Math.Abs(away.X) < Size / 2 && Math.Abs(away.Y) < Size / 2;
    }
}
