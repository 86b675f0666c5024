using System.Numerics;

namespace Duomano.Core.Performing;

/// <summary>
/// How resting fingers go along with those that reach for keys: neighbours share tendons and skin, so that a finger that
/// goes sideways or forward takes the next one most of the way with it, and the one beyond less.
/// </summary>
internal static class Following
{
    // By how many fingers apart; the thumb goes its own way.
    private static readonly float[] Shares = [0, 0.80f, 0.55f, 0.35f];

    /// <summary>Where the five fingers' resting places move to.</summary>
    /// <param name="pulls">From each finger's resting pad to where its keys draw it, thumb first, metres.</param>
    /// <param name="commitments">How much each belongs to its key, 0 to 1.</param>
    /// <param name="moved">Receives the resting places' moves, in the keyboard's plane.</param>
    public static void Find(ReadOnlySpan<Vector3> pulls, ReadOnlySpan<float> commitments, Span<Vector3> moved)
    {
        moved[0] = default;
        for (var finger = 1; finger < 5; finger++)
        {
            var (sum, weight) = (Vector3.Zero, 0f);
            for (var other = 1; other < 5; other++)
            {
                if (other == finger) continue;
                var share = Shares[Math.Abs(other - finger)];
                sum += share * pulls[other];
                weight += share * commitments[other];
            }

            moved[finger] = sum / MathF.Max(1, weight);
        }
    }
}
