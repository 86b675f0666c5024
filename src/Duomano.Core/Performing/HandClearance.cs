using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>Keeps two hands that play at the same place from passing through one another: one goes above, one below.</summary>
internal static class HandClearance
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

    // Encounters with less than this between them are one, seconds.
    private const double Apart = 1;

    /// <summary>Shifts both paths; for as long as hands meet, the one whose keys lie deeper goes above.</summary>
    /// <param name="paths">The wrists' paths.</param>
    /// <param name="strokes">What each hand plays.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    public static void Apply(PerHand<WristPath> paths, PerHand<List<Stroke>> strokes, int frames, double fps)
    {
        var shares = new double[frames];
        for (var i = 0; i < frames; i++)
        {
            var (left, right) = (HandMirror.Point(paths.Left.Position(i)), paths.Right.Position(i));
            shares[i] = Math.Clamp((Near - (right.X - left.X)) / Depth, 0, 1);
        }

        if (!Array.Exists(shares, share => share > 0)) return;
        var above = Above(shares, Deeper(strokes, frames, fps), (int)Math.Round(Apart * fps));
        var (weights, strength) = (new double[frames], PathSmoother.Strength(ChangesUpTo, fps));
        Array.Fill(weights, 1);
        var raised = PerHand.Create(upper => PathSmoother.Solve([.. shares.Select((share, i) => above[i] == upper ? share : 0)], weights, strength));
        foreach (var side in HandSides.Both)
        {
            paths[side].Shift(raised[side], AboveY, AboveZ);
            paths[side].Shift(raised[side.Other()], BelowY, BelowZ);
        }
    }

    // How much deeper in the keys the left hand's strokes lie than the right hand's, metres, at their frames.
    private static double[] Deeper(PerHand<List<Stroke>> strokes, int frames, double fps)
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

        return deeper;
    }

    private static HandSide?[] Above(double[] shares, double[] deeper, int apart)
    {
        var above = new HandSide?[shares.Length];
        for (var start = 0; start < shares.Length; start++)
        {
            if (shares[start] <= 0) continue;
            var (last, sum) = (start, 0.0);
            for (var i = start; i < shares.Length && i - last <= apart; i++)
            {
                if (shares[i] <= 0) continue;
                last = i;
                sum += deeper[i];
            }

            Array.Fill(above, sum >= 0 ? HandSide.Right : HandSide.Left, start, last - start + 1);
            start = last;
        }

        return above;
    }
}
