using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>The fastest movements: what a mean hides. Speeds are those from one frame to the next.</summary>
/// <param name="Wrist">Of wrists, m/s.</param>
/// <param name="Fingertip">Of fingertips, m/s.</param>
/// <param name="FingertipInHand">Of fingertips relative to the wrist, m/s.</param>
public sealed record Speeds(SpeedDistribution Wrist, SpeedDistribution Fingertip, SpeedDistribution FingertipInHand)
{
    /// <summary>The share of movements that a reported speed is not exceeded by.</summary>
    public const double Share = 0.999;

    private const double Step = 0.01;

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static Speeds Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var speeds = Empty();
        var before = new Vector3[HandJoint.PointCount];
        HandFrames.Visit(clip, (_, frame, points) =>
        {
            if (frame > 0)
            {
                var wrist = points[HandJoint.Wrist] - before[HandJoint.Wrist];
                speeds.Wrist.Add(wrist.Length() * clip.Fps);
                foreach (var finger in Fingers.All)
                {
                    var tip = points[HandJoint.Tip(finger)] - before[HandJoint.Tip(finger)];
                    speeds.Fingertip.Add(tip.Length() * clip.Fps);
                    speeds.FingertipInHand.Add((tip - wrist).Length() * clip.Fps);
                }
            }

            points.CopyTo(before);
        });
        return speeds;
    }

    /// <summary>Several motions together.</summary>
    internal static Speeds Combine(IEnumerable<Speeds> parts)
    {
        var all = Empty();
        foreach (var part in parts)
        {
            all.Wrist.Add(part.Wrist);
            all.Fingertip.Add(part.Fingertip);
            all.FingertipInHand.Add(part.FingertipInHand);
        }

        return all;
    }

    private static Speeds Empty() => new(new(Step), new(Step), new(Step));
}
