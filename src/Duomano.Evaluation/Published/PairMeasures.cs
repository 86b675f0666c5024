namespace Duomano.Evaluation.Published;

/// <summary>The paper's measures of one hand in both forms.</summary>
/// <param name="Reference">In the published code's arithmetic, to be compared with published tables.</param>
/// <param name="Ours">In the arithmetic that the names promise.</param>
public readonly record struct PairMeasures(HandMeasures Reference, HandMeasures Ours)
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
        var (pose, other) = (real.PoseRows(), generated.PoseRows());
        var (positions, otherPositions) = (real.PositionRows(), generated.PositionRows());
        var fid = FrechetDistance.Between(other, pose);
        return new(
            new(fid, WassersteinOfMixtures.Reference(pose, other), PositionDistance.Reference(positions, otherPositions), Smoothness.Reference(pose, other)),
            new(fid, WassersteinOfMixtures.Measure(pose, other), PositionDistance.Measure(positions, otherPositions), Smoothness.Measure(pose, other, fps)));
    }

    /// <summary>The mean of several.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static PairMeasures Average(IReadOnlyCollection<PairMeasures> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        return new(HandMeasures.Average([.. all.Select(one => one.Reference)]), HandMeasures.Average([.. all.Select(one => one.Ours)]));
    }
}
