namespace Duomano.Evaluation.Published;

/// <summary>The paper's measures of one hand in both forms.</summary>
/// <param name="Reference">In the published code's arithmetic, to be compared with published tables; over all frames, seen or not.</param>
/// <param name="Ours">In the arithmetic that the names promise, over the frames in which the hand was seen; null where they are too few.</param>
public readonly record struct PairMeasures(HandMeasures Reference, HandMeasures? Ours)
{
    /// <summary>Compares a generated motion with the real one.</summary>
    /// <param name="real">What was annotated.</param>
    /// <param name="generated">As many frames.</param>
    /// <param name="fps">Frames a second.</param>
    /// <exception cref="ArgumentException">The lengths differ or are below 13 frames.</exception>
    public static PairMeasures Measure(HandMotion real, HandMotion generated, double fps)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        if (real.FrameCount != generated.FrameCount) throw new ArgumentException($"{real.FrameCount} and {generated.FrameCount} frames cannot be compared.", nameof(generated));
        var (pose, other) = (real.PoseRows(), generated.PoseRows());
        var (positions, otherPositions) = (real.PositionRows(), generated.PositionRows());
        var fid = FrechetDistance.Between(other, pose);
        var reference = new HandMeasures(
            fid, WassersteinOfMixtures.Reference(pose, other), PositionDistance.Reference(positions, otherPositions), Smoothness.Reference(pose, other));

        var seen = real.Seen;
        var enough = seen.Count(frame => frame) >= WassersteinOfMixtures.Components && Enumerable.Range(0, seen.Count).Any(frame => Smoothness.HasAcceleration(seen, frame));
        if (!enough) return new(reference, null);
        var (seenPose, seenOther) = (pose.Where(seen), other.Where(seen));
        return new(reference, new HandMeasures(
            ReferenceEquals(seenPose, pose) ? fid : FrechetDistance.Between(seenOther, seenPose),
            WassersteinOfMixtures.Measure(seenPose, seenOther),
            PositionDistance.Measure(positions.Where(seen), otherPositions.Where(seen)),
            Smoothness.Measure(pose, other, fps, seen)));
    }

    /// <summary>The mean over windows; those in which the hand was hardly seen do not count in our form.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static PairMeasures Average(IReadOnlyCollection<PairMeasures> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        HandMeasures[] ours = [.. all.Select(one => one.Ours).OfType<HandMeasures>()];
        return new(HandMeasures.Average([.. all.Select(one => one.Reference)]), ours.Length == 0 ? null : HandMeasures.Average(ours));
    }
}
