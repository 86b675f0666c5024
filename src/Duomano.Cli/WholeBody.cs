using Duomano.Core.Body;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Cli;

/// <summary>A body that plays a clip.</summary>
/// <param name="Motion">How it moves, in the piano frame.</param>
/// <param name="Scale">How many times as large as in its file it is beside the piano.</param>
internal sealed record WholeBody(BodyMotion Motion, float Scale)
{
    // Feet that hang more than this above the floor are seen to, metres.
    private const float Hanging = 0.03f;

    /// <summary>Whether its feet stand on the floor: those of small characters whose hands are large do not.</summary>
    public bool FeetReach
    {
        get
        {
            if (Motion.FrameCount == 0 || !Motion.Humanoid.Has("hips")) return true;
            var at = Motion.Positions(0);
            return HandSides.Both.Select(side => HumanoidBones.Limb(side, "Foot")).Where(Motion.Humanoid.Has)
                .All(foot => at[foot].Y + SeatedPianist.Floor < Motion.Humanoid[foot].Y - Motion.Humanoid.Ground + Hanging);
        }
    }

    /// <summary>An average one whose hands are the clip's.</summary>
    /// <param name="clip">What it plays.</param>
    /// <param name="style">How much of the body plays along.</param>
    public static WholeBody Average(TwoHandClip clip, BodyStyle style)
    {
        var (body, hands) = AverageBody.With(clip.Skeletons);
        return new(SeatedPianist.Play(body, hands, clip, style), 1);
    }
}
