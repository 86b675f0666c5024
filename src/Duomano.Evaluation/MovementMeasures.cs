using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>What tells a person's movement from a puppet's beside the bounds that <see cref="PhysicalMeasures"/> are about.</summary>
/// <param name="Turn">How hands turn.</param>
/// <param name="Place">Whether wrists stay outside the keyboard.</param>
/// <param name="Bones">Whether bones pass through keys.</param>
/// <param name="Knuckles">How long knuckles are at their limits.</param>
/// <param name="Raised">Whether single fingers stick up.</param>
/// <param name="Speeds">The fastest movements.</param>
public sealed record MovementMeasures(WristTurn Turn, WristPlace Place, BonesInKeys Bones, KnucklesAtLimits Knuckles, RaisedFingertips Raised, Speeds Speeds)
{
    /// <summary>Measures a motion.</summary>
    /// <param name="clip">The motion.</param>
    public static MovementMeasures Measure(TwoHandClip clip) => new(
        WristTurn.Measure(clip), WristPlace.Measure(clip), BonesInKeys.Measure(clip), KnucklesAtLimits.Measure(clip), RaisedFingertips.Measure(clip), Speeds.Measure(clip));

    /// <summary>Several motions together.</summary>
    internal static MovementMeasures Combine(IReadOnlyList<MovementMeasures> parts) => new(
        WristTurn.Combine(parts.Select(part => part.Turn)), WristPlace.Combine(parts.Select(part => part.Place)), BonesInKeys.Combine(parts.Select(part => part.Bones)),
        KnucklesAtLimits.Combine(parts.Select(part => part.Knuckles)), RaisedFingertips.Combine(parts.Select(part => part.Raised)), Speeds.Combine(parts.Select(part => part.Speeds)));

    /// <summary>The figures in the order in which they are shown.</summary>
    internal IEnumerable<ReportFigure> Figures()
    {
        const string Group = "movement";
        yield return new(Group, "largest_turn", Turn.Largest * 180 / Math.PI, "°");
        yield return new(Group, "fast_turns", Turn.Fast.Agreeing, "");
        yield return new(Group, "wrists_over_keys", Place.OverKeys.Agreeing, "");
        yield return new(Group, "bones_in_keys", Bones.Frames.Share, "share");
        yield return new(Group, "deepest_bone", Bones.Deepest, "m");
        yield return new(Group, "knuckles_at_limits", Knuckles.Fingers.Share, "share");
        yield return new(Group, "raised_fingertips", Raised.Frames.Share, "share");
        yield return new(Group, "wrist_speed_p999", Speeds.Wrist.Percentile(Speeds.Share), "m/s");
        yield return new(Group, "fingertip_speed_p999", Speeds.Fingertip.Percentile(Speeds.Share), "m/s");
        yield return new(Group, "fingertip_in_hand_speed_p999", Speeds.FingertipInHand.Percentile(Speeds.Share), "m/s");
    }
}
