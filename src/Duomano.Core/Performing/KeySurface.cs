using Duomano.Core.Keyboard;

namespace Duomano.Core.Performing;

/// <summary>The height that keeps an unused finger clear of the resting keys, whichever key it is over.</summary>
internal static class KeySurface
{
    // The rise to the black keys' level begins this far before their front ends, metres.
    private const float Ramp = 0.014f;

    /// <summary>A smooth height over the depth of the keyboard, at or above every key's top, metres.</summary>
    public static float Height(float z)
    {
        var share = Math.Clamp((-z - (PianoKey.BlackFront - Ramp)) / Ramp, 0, 1);
        return PianoKey.BlackHeight * share * share * (3 - 2 * share);
    }
}
