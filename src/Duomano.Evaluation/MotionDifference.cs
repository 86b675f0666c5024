using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>
/// How far apart two motions of the same frames are, absolute differences along the keyboard (x) and in depth (z) and
/// distances in space, metres, over all frames and both hands.
/// </summary>
/// <param name="WristX">Wrists along the keyboard.</param>
/// <param name="WristZ">Wrists in depth.</param>
/// <param name="FingertipX">Fingertips along the keyboard.</param>
/// <param name="FingertipZ">Fingertips in depth.</param>
/// <param name="Fingertips">Fingertips in space.</param>
public sealed record MotionDifference(Deviation WristX, Deviation WristZ, Deviation FingertipX, Deviation FingertipZ, Deviation Fingertips)
{
    private static readonly int[] Tips = [.. Core.Fingering.Fingers.All.Select(HandJoint.Tip)];

    /// <summary>Nothing compared yet.</summary>
    public static MotionDifference None { get; } = new(default, default, default, default, default);

    /// <summary>Compares two motions.</summary>
    /// <exception cref="ArgumentException">They have not as many frames.</exception>
    public static MotionDifference Measure(TwoHandClip first, TwoHandClip second)
    {
        var (wristX, wristZ, tipX, tipZ, tips) = (default(Deviation), default(Deviation), default(Deviation), default(Deviation), default(Deviation));
        foreach (var (a, b) in Pairs(first, second))
        {
            for (var frame = 0; frame < a.Length; frame += HandJoint.PointCount)
            {
                var wrist = Vector3.Abs(a[frame] - b[frame]);
                (wristX, wristZ) = (wristX.With(wrist.X), wristZ.With(wrist.Z));
                foreach (var tip in Tips)
                {
                    var apart = a[frame + tip] - b[frame + tip];
                    (tipX, tipZ, tips) = (tipX.With(MathF.Abs(apart.X)), tipZ.With(MathF.Abs(apart.Z)), tips.With(apart.Length()));
                }
            }
        }

        return new(wristX, wristZ, tipX, tipZ, tips);
    }

    /// <summary>Both sets of differences together.</summary>
    public static MotionDifference operator +(MotionDifference left, MotionDifference right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(left.WristX + right.WristX, left.WristZ + right.WristZ, left.FingertipX + right.FingertipX, left.FingertipZ + right.FingertipZ, left.Fingertips + right.Fingertips);
    }

    /// <summary>Both sets of differences together.</summary>
    public static MotionDifference Add(MotionDifference left, MotionDifference right) => left + right;

    // Both hands' points of both motions.
    internal static IEnumerable<(Vector3[] First, Vector3[] Second)> Pairs(TwoHandClip first, TwoHandClip second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.FrameCount != second.FrameCount) throw new ArgumentException($"Motions of {first.FrameCount} and {second.FrameCount} frames cannot be compared frame by frame.", nameof(second));
        return HandSides.Both.Select(side => (first.Points(side), second.Points(side)));
    }
}

/// <summary>
/// What of a motion's departure from a reference a changed motion keeps: the departure's share in the changed one's, by least
/// squares. 1 where the change went elsewhere or nowhere, 0 where nothing but the reference is left.
/// </summary>
/// <param name="Kept">Sum of products of both departures, square metres.</param>
/// <param name="Departed">Sum of squares of the first departure, square metres.</param>
public readonly record struct KeptDeparture(double Kept, double Departed)
{
    /// <summary>The share; 1 where there was no departure.</summary>
    public double Share => Departed > 0 ? Kept / Departed : 1;

    /// <summary>Compares points of hands.</summary>
    /// <param name="reference">Where departures begin.</param>
    /// <param name="motion">The motion that departs.</param>
    /// <param name="changed">What became of it.</param>
    /// <param name="points">Which of the 21 points count.</param>
    /// <exception cref="ArgumentException">The motions have not as many frames.</exception>
    public static KeptDeparture Measure(TwoHandClip reference, TwoHandClip motion, TwoHandClip changed, IReadOnlyList<int> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        var sum = default(KeptDeparture);
        foreach (var ((from, departed), (_, kept)) in MotionDifference.Pairs(reference, motion).Zip(MotionDifference.Pairs(reference, changed)))
        {
            for (var frame = 0; frame < from.Length; frame += HandJoint.PointCount)
            {
                foreach (var point in points)
                {
                    var (a, b) = (departed[frame + point] - from[frame + point], kept[frame + point] - from[frame + point]);
                    sum = new(sum.Kept + Vector3.Dot(a, b), sum.Departed + a.LengthSquared());
                }
            }
        }

        return sum;
    }

    /// <summary>Both together.</summary>
    public static KeptDeparture operator +(KeptDeparture left, KeptDeparture right) => new(left.Kept + right.Kept, left.Departed + right.Departed);

    /// <summary>Both together.</summary>
    public static KeptDeparture Add(KeptDeparture left, KeptDeparture right) => left + right;
}
