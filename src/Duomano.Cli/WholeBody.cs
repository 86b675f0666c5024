using Duomano.Core.Body;
using Duomano.Core.Motion;

namespace Duomano.Cli;

/// <summary>A body that plays a clip.</summary>
/// <param name="Motion">How it moves, in the piano frame.</param>
/// <param name="Scale">How many times as large as in its file it is beside the piano.</param>
internal sealed record WholeBody(BodyMotion Motion, float Scale)
{
    /// <summary>An average one whose hands are the clip's.</summary>
    /// <param name="clip">What it plays.</param>
    /// <param name="style">How much of the body plays along.</param>
    public static WholeBody Average(TwoHandClip clip, BodyStyle style)
    {
        var (body, hands) = AverageBody.With(clip.Skeletons);
        return new(SeatedPianist.Play(body, hands, clip, style), 1);
    }
}
