using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>A normal distribution, its covariance Σ given by a root.</summary>
/// <param name="Mean">[D].</param>
/// <param name="Root">[any number of rows, D] matrix R with Σ = RᵀR; there is one for singular covariances, too.</param>
public sealed record Gaussian(Vector<double> Mean, Matrix<double> Root)
{
    /// <summary>The one with the mean and the covariance (divisor n − 1) of samples.</summary>
    /// <param name="samples">At least two rows.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static Gaussian Of(Matrix<double> samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (samples.RowCount < 2) throw new ArgumentException($"A covariance takes at least 2 samples, not {samples.RowCount}.", nameof(samples));
        var mean = samples.Mean();
        return new(mean, (samples.Minus(mean) / Math.Sqrt(samples.RowCount - 1)).Condensed());
    }
}
