using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>How far apart two motions' wrists are, mean over the frames, metres.</summary>
/// <param name="Hands">Each hand's.</param>
public sealed record WristDistance(PerHand<double> Hands)
{
    /// <summary>Mean of both hands.</summary>
    public double Mean => (Hands.Left + Hands.Right) / 2;

    /// <summary>Compares two motions.</summary>
    /// <param name="first">One motion.</param>
    /// <param name="second">The other one, with as many frames at the same rate.</param>
    /// <exception cref="ArgumentException">They have not, or have no frames.</exception>
    public static WristDistance Measure(TwoHandClip first, TwoHandClip second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.FrameCount != second.FrameCount || first.Fps != second.Fps)
        {
            throw new ArgumentException($"Motions of {first.FrameCount} frames at {first.Fps} fps and {second.FrameCount} frames at {second.Fps} fps cannot be compared frame by frame.", nameof(second));
        }

        if (first.FrameCount == 0) throw new ArgumentException("A motion without frames has no wrists.", nameof(first));
        return new(first.Hands.Zip(second.Hands, (a, b) =>
            Enumerable.Range(0, a.FrameCount).Average(frame => (double)Vector3.Distance(a.Wrist(frame), b.Wrist(frame)))));
    }
}
