using Duomano.Core.Hands;

namespace Duomano.Inference.Motion;

/// <summary>
/// The noise that wrists are drawn from. People's wrists depart together from where their notes put them, since one body sways
/// behind both: where both hands' noise is partly the same there, drawn wrists do so, too.
/// </summary>
public static class WristNoise
{
    private const int Axes = 3;

    /// <summary>Gives the right wrist some of the left one's noise; along the keyboard with the other sign, as the left hand is drawn mirrored.</summary>
    /// <param name="left">[windows, channels, frames], the pose's channels and then the wrist's.</param>
    /// <param name="right">Alike; changed in place.</param>
    /// <param name="channels">48 and 3.</param>
    /// <param name="frames">Frames of a window.</param>
    /// <param name="correlation">How far both are the same, 0 for not at all to 1.</param>
    /// <exception cref="ArgumentException">The arrays are no such windows.</exception>
    public static void Share(ReadOnlySpan<float> left, Span<float> right, int channels, int frames, float correlation)
    {
        if (channels != HandJoint.PoseLength + Axes || left.Length != right.Length || left.Length % (channels * frames) != 0)
        {
            throw new ArgumentException($"{left.Length} and {right.Length} numbers are not equal windows of {HandJoint.PoseLength + Axes} channels and {frames} frames.", nameof(right));
        }

        var own = MathF.Sqrt(1 - correlation * correlation);
        for (var window = 0; window < left.Length; window += channels * frames)
        {
            for (var axis = 0; axis < Axes; axis++)
            {
                var same = axis == 0 ? -correlation : correlation;
                var first = window + (HandJoint.PoseLength + axis) * frames;
                for (var i = first; i < first + frames; i++) right[i] = same * left[i] + own * right[i];
            }
        }
    }
}
