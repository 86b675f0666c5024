using Duomano.Core.Hands;

namespace Duomano.Core.Performing;

/// <summary>Keeps two hands that play at the same place from passing through one another: one goes above, one below.</summary>
internal static class GivingWay
{
    // Wrists nearer than this across the keyboard begin to give way, and have done so wholly this much nearer, metres.
    private const double Near = 0.105;
    private const double Depth = 0.09;

    // Metres up (y) and towards the player (z).
    private const float AboveY = 0.030f;
    private const float AboveZ = -0.022f;
    private const float BelowY = -0.012f;
    private const float BelowZ = 0.014f;

    private const double ChangesUpTo = 1.2;

    /// <summary>Shifts both paths; the hand that lies deeper in the keys where they meet goes above.</summary>
    public static void Apply(PerHand<WristPath> paths, int frames, double fps)
    {
        var shares = new double[frames];
        var weights = new double[frames];
        var deeper = 0.0;
        var met = false;
        for (var i = 0; i < frames; i++)
        {
            var (left, right) = (HandMirror.Point(paths.Left.Position(i)), paths.Right.Position(i));
            var share = Math.Clamp((Near - (right.X - left.X)) / Depth, 0, 1);
            (shares[i], weights[i]) = (share, 1);
            deeper += share * (left.Z - right.Z);
            met |= share > 0;
        }

        if (!met) return;
        var smooth = PathSmoother.Solve(shares, weights, PathSmoother.Strength(ChangesUpTo, fps));
        var above = deeper >= 0 ? HandSide.Right : HandSide.Left;
        paths[above].Shift(smooth, AboveY, AboveZ);
        paths[above.Other()].Shift(smooth, BelowY, BelowZ);
    }
}
