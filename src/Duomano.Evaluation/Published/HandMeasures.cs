namespace Duomano.Evaluation.Published;

/// <summary>The paper's measures of one hand: of a sequence, or averaged over sequences.</summary>
/// <param name="Fid">Fréchet distance between the frames of the pose; see <see cref="FrechetDistance"/>.</param>
/// <param name="Wgd">Distance of Gaussian mixtures; see <see cref="WassersteinOfMixtures"/>.</param>
/// <param name="PositionDistance">Distance of the positions, metres; see <see cref="Published.PositionDistance"/>.</param>
/// <param name="Smooth">Difference of accelerations; see <see cref="Smoothness"/>.</param>
public readonly record struct HandMeasures(double Fid, double Wgd, double PositionDistance, double Smooth)
{
    /// <summary>The mean of several.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static HandMeasures Average(IReadOnlyCollection<HandMeasures> all)
    {
        ArgumentNullException.ThrowIfNull(all);
        if (all.Count == 0) throw new ArgumentException("There is nothing to average.", nameof(all));
        return new(all.Average(one => one.Fid), all.Average(one => one.Wgd), all.Average(one => one.PositionDistance), all.Average(one => one.Smooth));
    }
}
