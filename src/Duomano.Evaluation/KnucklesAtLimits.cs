using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>How much of the time fingers are spread as far as they go, which people's hardly ever are.</summary>
/// <param name="Fingers">Fingers, frame by frame, whose knuckle is within 3° of its limits sideways.</param>
public sealed record KnucklesAtLimits(AgreementCount Fingers)
{
    /// <summary>How near to a limit counts as at it, radians: solvers keep within limits of their own, 2° inside.</summary>
    public const float Near = 3 * MathF.PI / 180;

    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static KnucklesAtLimits Measure(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var count = default(AgreementCount);
        var pose = new HandPose();
        foreach (var side in HandSides.Both)
        {
            var limits = JointLimits.Of(clip.Skeletons[side]);
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                clip.Hands[side].GetPose(frame, pose);
                foreach (var finger in Core.Fingering.Fingers.All)
                {
                    var range = JointLimits.RangeOf(finger, 0).Abduction;
                    var angle = limits.Angles(pose, HandJoint.First(finger)).Abduction;
                    count = count.With(angle < range.Low + Near || angle > range.High - Near);
                }
            }
        }

        return new(count);
    }

    /// <summary>Several motions together.</summary>
    internal static KnucklesAtLimits Combine(IEnumerable<KnucklesAtLimits> parts) => parts.Aggregate((a, b) => new(a.Fingers + b.Fingers));
}
