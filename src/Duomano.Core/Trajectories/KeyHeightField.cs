using Duomano.Core.Hands;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Trajectories;

/// <summary>Height of the keys at a place, metres, and by how much it grows along x and z.</summary>
internal readonly record struct KeySlope(float Height, float AlongX, float AlongZ);

/// <summary>
/// The resting keys as a landscape with slopes in place of the black keys' walls, so that a pad near one can be told to
/// rise or to keep away.
/// </summary>
internal static class KeyHeightField
{
    // The slopes reach this far from a black key's sides, and this many times as far before its front end, metres.
    private const float Reach = 0.004f;
    private const float FrontStretch = 3;

    // The way up to the black keys for a finger that plays nothing, metres.
    private const float Ramp = 0.014f;

    private static readonly float[] BlackCenters = [.. PianoKey.All.Where(key => key.IsBlack).Select(key => key.CenterX)];

    /// <summary>At or above every key's top at a depth of the keyboard.</summary>
    public static KeySlope At(float z)
    {
        if (z > -PianoKey.BlackFront + Ramp || z < PianoKey.BackZ) return default;
        var share = MathF.Min(1, (-z - PianoKey.BlackFront + Ramp) / Ramp);
        return new(PianoKey.BlackHeight * Smooth(share), 0, -PianoKey.BlackHeight * Steepness(share) / Ramp);
    }

    /// <summary>At a place of a right hand's keyboard (a left hand's is mirrored).</summary>
    public static KeySlope At(float x, float z, HandSide hand)
    {
        if (z > -PianoKey.BlackFront + Reach * FrontStretch || z < PianoKey.BackZ) return default;
        var mirror = hand == HandSide.Left ? -1 : 1;
        var aside = x * mirror - Nearest(x * mirror);
        var beside = MathF.Max(0, MathF.Abs(aside) - PianoKey.BlackWidth / 2);
        var before = MathF.Max(0, z + PianoKey.BlackFront) / FrontStretch;
        var distance = MathF.Sqrt(beside * beside + before * before);
        if (distance >= Reach) return default;
        var share = 1 - distance / Reach;
        if (distance < 1e-6f) return new(PianoKey.BlackHeight, 0, 0);
        var steepness = PianoKey.BlackHeight * Steepness(share) / Reach / distance;
        return new(PianoKey.BlackHeight * Smooth(share), -steepness * beside * MathF.Sign(aside) * mirror, -steepness * before / FrontStretch);
    }

    private static float Nearest(float x)
    {
        var index = Array.BinarySearch(BlackCenters, x);
        if (index < 0) index = ~index;
        if (index == BlackCenters.Length || (index > 0 && x - BlackCenters[index - 1] < BlackCenters[index] - x)) index--;
        return BlackCenters[index];
    }

    private static float Smooth(float share) => share * share * (3 - 2 * share);

    private static float Steepness(float share) => 6 * share * (1 - share);
}
