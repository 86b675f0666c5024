using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>Half the thickness of a hand's parts, metres.</summary>
public sealed class HandThickness
{
    // An adult's, of the three bones from the thumb to the little finger: the mean of breadth and depth, as ring sizes and the
    // usual tables of joint breadths give them.
    private static readonly float[][] Adult =
    [
        [0.0110f, 0.0095f, 0.0080f],
        [0.0085f, 0.0078f, 0.0068f],
        [0.0086f, 0.0079f, 0.0069f],
        [0.0082f, 0.0075f, 0.0066f],
        [0.0074f, 0.0067f, 0.0059f],
    ];

    private readonly float[][] _fingers;

    private HandThickness(float palm, float[][] fingers) => (Palm, _fingers) = (palm, fingers);

    /// <summary>An adult's.</summary>
    public static HandThickness Usual { get; } = new(0.0110f, Adult);

    /// <summary>The palm's.</summary>
    public float Palm { get; }

    /// <summary>A finger's.</summary>
    /// <param name="finger">Which finger.</param>
    /// <param name="bone">0 for the bone next to the palm to 2 for the fingertip.</param>
    public float Of(Finger finger, int bone) => _fingers[(int)finger - 1][bone];

    /// <summary>The same of a hand of another size.</summary>
    public HandThickness Times(float size) => With((_, _, radius) => size * radius, size * Palm);

    /// <summary>The same with other fingers.</summary>
    /// <param name="radius">What a finger's bone has, given what it has here.</param>
    /// <param name="palm">The palm's.</param>
    public HandThickness With(Func<Finger, int, float, float> radius, float palm)
    {
        ArgumentNullException.ThrowIfNull(radius);
        return new(palm, [.. Fingers.All.Select(finger => (float[])[.. _fingers[(int)finger - 1].Select((value, bone) => radius(finger, bone, value))])]);
    }
}
