using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>Whether single fingers stick up.</summary>
/// <param name="Frames">Frames in which a fingertip of either hand is more than 30 mm above the higher one of its neighbours.</param>
public sealed record RaisedFingertips(AgreementCount Frames)
{
    /// <summary>How much higher than its neighbours a tip may be, metres.</summary>
    public const float Most = 0.030f;

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static RaisedFingertips Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var raised = new bool[clip.FrameCount];
        HandFrames.Visit(clip, (_, frame, points) =>
        {
            foreach (var finger in Fingers.All)
            {
                var neighbour = float.NegativeInfinity;
                if (finger > Finger.Thumb) neighbour = points[HandJoint.Tip(finger - 1)].Y;
                if (finger < Finger.Little) neighbour = MathF.Max(neighbour, points[HandJoint.Tip(finger + 1)].Y);
                raised[frame] |= points[HandJoint.Tip(finger)].Y > neighbour + Most;
            }
        });
        return new(raised.Aggregate(default(AgreementCount), (count, isRaised) => count.With(isRaised)));
    }

    /// <summary>Several motions together.</summary>
    internal static RaisedFingertips Combine(IEnumerable<RaisedFingertips> parts) => parts.Aggregate((a, b) => new(a.Frames + b.Frames));
}
