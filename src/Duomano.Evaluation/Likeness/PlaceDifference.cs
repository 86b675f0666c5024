using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation.Likeness;

/// <summary>
/// How far two motions' hands are apart in the plane of the keys, absolute differences along the keyboard (x) and in depth
/// (z), metres, over the frames in which the hand plays.
/// </summary>
/// <param name="WristX">Wrists along the keyboard.</param>
/// <param name="WristZ">Wrists in depth.</param>
/// <param name="FingertipX">Fingertips along the keyboard.</param>
/// <param name="FingertipZ">Fingertips in depth.</param>
public sealed record PlaceDifference(Deviation WristX, Deviation WristZ, Deviation FingertipX, Deviation FingertipZ)
{
    // A hand that plays for fewer frames is not compared.
    private const int FewestFrames = 20;

    /// <summary>Nothing compared yet.</summary>
    public static PlaceDifference None { get; } = new(default, default, default, default);

    /// <summary>Compares a motion with the person who played the same notes.</summary>
    /// <param name="person">Whose notes tell when a hand plays.</param>
    /// <param name="other">As many frames at the same rate.</param>
    /// <exception cref="ArgumentException">The frames differ.</exception>
    public static PlaceDifference Measure(RecordedEpisode person, RecordedEpisode other)
    {
        ArgumentNullException.ThrowIfNull(person);
        ArgumentNullException.ThrowIfNull(other);
        if (person.FrameCount != other.FrameCount) throw new ArgumentException($"{person.FrameCount} and {other.FrameCount} frames cannot be compared one by one.", nameof(other));
        var sum = None;
        foreach (var side in HandSides.Both)
        {
            var playing = PlayingFrames.Of(person, side);
            if (playing.Count(plays => plays) < FewestFrames) continue;
            for (var frame = 0; frame < playing.Length; frame++)
            {
                if (playing[frame]) sum += Between(person.Points(frame, side), other.Points(frame, side));
            }
        }

        return sum;
    }

    /// <summary>Compares two hands' wrist and fingertips.</summary>
    internal static PlaceDifference Between(ReadOnlySpan<Vector2> first, ReadOnlySpan<Vector2> second)
    {
        var (x, z) = (default(Deviation), default(Deviation));
        for (var i = 1; i < first.Length; i++)
        {
            x = x.With(MathF.Abs(first[i].X - second[i].X));
            z = z.With(MathF.Abs(first[i].Y - second[i].Y));
        }

        return new(default(Deviation).With(MathF.Abs(first[0].X - second[0].X)), default(Deviation).With(MathF.Abs(first[0].Y - second[0].Y)), x, z);
    }

    /// <summary>Both sets of differences together.</summary>
    public static PlaceDifference operator +(PlaceDifference left, PlaceDifference right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.WristX + right.WristX, left.WristZ + right.WristZ, left.FingertipX + right.FingertipX, left.FingertipZ + right.FingertipZ);
    }

    /// <summary>Both sets of differences together.</summary>
    public static PlaceDifference Add(PlaceDifference left, PlaceDifference right) => left + right;
}
