using Duomano.Core.Hands;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Playing;

/// <summary>The height that keeps an unused finger clear of the resting keys, whichever key it is over.</summary>
internal static class KeySurface
{
    // The rise to the black keys' level begins this far before their front ends, metres.
    private const float Ramp = 0.014f;

    /// <summary>How far above another key a passing pad stays, metres.</summary>
    public const float Clearance = 0.002f;

    // How far beside the pad keys are looked for, metres.
    private const float PadHalfWidth = 0.003f;

    /// <summary>The lowest height at which a pad presses no key but its own.</summary>
    /// <param name="x">Metres, in the frame of a right hand.</param>
    /// <param name="z">Metres.</param>
    /// <param name="hand">The hand; a left hand's keyboard is mirrored.</param>
    /// <param name="own">The key that the finger is about to press or has just let go.</param>
    public static float Lowest(float x, float z, HandSide hand, PianoKey? own)
    {
        var sign = hand == HandSide.Left ? -1 : 1;
        var lowest = float.NegativeInfinity;
        foreach (var side in (ReadOnlySpan<float>)[-PadHalfWidth, 0, PadHalfWidth])
        {
            if (PianoKey.Under(sign * (x + side), z) is { } key && key != own) lowest = MathF.Max(lowest, key.TopY + (side == 0 ? Clearance : 0));
        }

        return lowest;
    }

    /// <summary>A smooth height over the depth of the keyboard, at or above every key's top, metres.</summary>
    public static float Height(float z)
    {
        var share = Math.Clamp((-z - (PianoKey.BlackFront - Ramp)) / Ramp, 0, 1);
        return PianoKey.BlackHeight * share * share * (3 - 2 * share);
    }
}
