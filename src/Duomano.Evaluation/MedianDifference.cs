using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>How far apart two motions are in the middle of all frames and both hands, absolute differences along each axis of the piano frame, metres.</summary>
/// <param name="Fingertips">Of fingertip pads.</param>
/// <param name="Wrists">Of wrists.</param>
public readonly record struct MedianDifference(Vector3 Fingertips, Vector3 Wrists)
{
    /// <summary>Compares the frames that both have.</summary>
    /// <param name="first">A motion.</param>
    /// <param name="second">Another one of as many frames a second.</param>
    /// <exception cref="ArgumentException">They have not.</exception>
    public static MedianDifference Measure(TwoHandClip first, TwoHandClip second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (Math.Abs(first.Fps - second.Fps) > 1e-6) throw new ArgumentException($"Motions of {first.Fps} and {second.Fps} frames a second cannot be compared frame by frame.", nameof(second));
        var (tips, wrists) = (new List<Vector3>(), new List<Vector3>());
        foreach (var side in HandSides.Both)
        {
            var (a, b) = (first.Points(side), second.Points(side));
            for (var from = 0; from < Math.Min(a.Length, b.Length); from += HandJoint.PointCount)
            {
                wrists.Add(Vector3.Abs(a[from] - b[from]));
                foreach (var finger in Core.Fingering.Fingers.All) tips.Add(Vector3.Abs(a[from + HandJoint.Tip(finger)] - b[from + HandJoint.Tip(finger)]));
            }
        }

        return new(Middle(tips), Middle(wrists));
    }

    private static Vector3 Middle(List<Vector3> values) => values.Count == 0 ? default : new(Median(values.Select(value => value.X)), Median(values.Select(value => value.Y)), Median(values.Select(value => value.Z)));

    private static float Median(IEnumerable<float> values)
    {
        float[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
