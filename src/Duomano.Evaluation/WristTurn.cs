using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>How hands turn about the vertical axis, told from the direction from the wrist to the middle finger's knuckle.</summary>
/// <param name="Largest">Farthest from straight into the keys, radians.</param>
/// <param name="Fast">Hands, frame by frame, that have turned faster than 400° a second since the frame before.</param>
public sealed record WristTurn(double Largest, AgreementCount Fast)
{
    /// <summary>From this speed on a turn is fast, radians a second.</summary>
    public const double FastTurn = 400 * Math.PI / 180;

    // A hand that points up or down has no direction in the plane: the horizontal share of its length at least.
    private const float LeastLength = 0.2f;

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static WristTurn Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var (largest, before, fast) = (0.0, default(double?), default(AgreementCount));
        HandFrames.Visit(clip, (_, frame, points) =>
        {
            if (frame == 0) before = null;
            var ahead = points[HandJoint.First(Core.Fingering.Finger.Middle)] - points[HandJoint.Wrist];
            double? turn = new Vector2(ahead.X, ahead.Z).Length() > LeastLength * ahead.Length() ? Math.Atan2(-ahead.X, -ahead.Z) : null;
            if (turn is { } now)
            {
                largest = Math.Max(largest, Math.Abs(now));
                if (before is { } last) fast = fast.With(Math.Abs(Math.IEEERemainder(now - last, 2 * Math.PI)) * clip.Fps > FastTurn);
            }

            before = turn;
        });
        return new(largest, fast);
    }

    /// <summary>Several motions together.</summary>
    internal static WristTurn Combine(IEnumerable<WristTurn> parts) => parts.Aggregate((a, b) => new(Math.Max(a.Largest, b.Largest), a.Fast + b.Fast));
}
