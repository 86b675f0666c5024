using Duomano.Core.Hands;

namespace Duomano.Core.Performing;

/// <summary>
/// Where two hands come near each other, told from their strokes alone, and which of them then goes above the other.
/// </summary>
internal sealed class Meeting
{
    // Hands whose middles are nearer than the first begin to meet, and do so wholly at the second, metres.
    private const double Near = 0.17;
    private const double Close = 0.05;
    private const double ChangesUpTo = 0.8;

    // A hand is expected at its keys this long before it plays them, seconds.
    private const double Before = 0.4;

    private readonly double[] _shares;
    private readonly HandSide?[] _above;

    public Meeting(PerHand<List<Stroke>> strokes, NaturalPosture posture, int frames, double fps)
    {
        var middles = strokes.Map(own => Middle(own, posture, frames, fps));
        var shares = new double[frames];
        var weights = new double[frames];
        for (var i = 0; i < frames; i++)
        {
            weights[i] = 1;
            if (strokes.Left.Count > 0 && strokes.Right.Count > 0) shares[i] = Math.Clamp((Near - middles.Right[i] - middles.Left[i]) / (Near - Close), 0, 1);
        }

        _shares = PathSmoother.Solve(shares, weights, PathSmoother.Strength(ChangesUpTo, fps));
        _above = Above(strokes, frames, fps);
    }

    /// <summary>How much the hands meet at a frame, 0 to 1.</summary>
    public float Share(int frame) => (float)Math.Clamp(_shares[frame], 0, 1);

    /// <summary>The hand that goes above while they meet.</summary>
    public HandSide AboveAt(int frame) => _above[frame] ?? HandSide.Right;

    // The hand's middle finger across the keyboard, as the strokes around a moment ask for it.
    private static double[] Middle(List<Stroke> strokes, NaturalPosture posture, int frames, double fps)
    {
        var (sums, weights) = (new double[frames], new double[frames]);
        var middle = posture.Pad(Fingering.Finger.Middle).X;
        foreach (var stroke in strokes)
        {
            var x = stroke.Place.X - posture.Pad(stroke.Finger).X + middle;
            var first = Math.Max(0, (int)((stroke.Press - Before) * fps));
            var last = Math.Min(frames - 1, (int)(stroke.Release * fps));
            for (var i = first; i <= last; i++) (sums[i], weights[i]) = (sums[i] + x, weights[i] + 1);
        }

        for (var i = 0; i < frames; i++)
        {
            if (weights[i] > 1) (sums[i], weights[i]) = (sums[i] / weights[i], 1);
        }

        return PathSmoother.Solve(sums, weights, PathSmoother.Strength(1, fps));
    }

    // For as long as hands meet, the one whose keys lie deeper stays above.
    private HandSide?[] Above(PerHand<List<Stroke>> strokes, int frames, double fps)
    {
        var deeper = new double[frames];
        foreach (var side in HandSides.Both)
        {
            foreach (var stroke in strokes[side])
            {
                var frame = Math.Clamp((int)(stroke.Press * fps), 0, frames - 1);
                deeper[frame] += (side == HandSide.Left ? 1 : -1) * (stroke.Place.PreferredZ(stroke.Finger) + 0.04);
            }
        }

        var above = new HandSide?[frames];
        for (var start = 0; start < frames; start++)
        {
            if (Share(start) <= 0) continue;
            var (end, sum) = (start, 0.0);
            for (; end < frames && Share(end) > 0; end++) sum += deeper[end];
            Array.Fill(above, sum >= 0 ? HandSide.Right : HandSide.Left, start, end - start);
            start = end;
        }

        return above;
    }
}
