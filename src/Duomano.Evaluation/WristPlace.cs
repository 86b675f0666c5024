using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>Whether wrists stay outside the keyboard.</summary>
/// <param name="OverKeys">Hands, frame by frame, whose wrist is behind the white keys' front edge.</param>
public sealed record WristPlace(AgreementCount OverKeys)
{
    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static WristPlace Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var count = default(AgreementCount);
        HandFrames.Visit(clip, (_, _, points) => count = count.With(points[HandJoint.Wrist].Z < 0));
        return new(count);
    }

    /// <summary>Several motions together.</summary>
    internal static WristPlace Combine(IEnumerable<WristPlace> parts) => parts.Aggregate((a, b) => new(a.OverKeys + b.OverKeys));
}
