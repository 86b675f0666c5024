using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// The Fréchet distance between Gaussians, squared: ‖μ₁ − μ₂‖² + tr Σ₁ + tr Σ₂ − 2 tr (Σ₁Σ₂)^½ (Dowson and Landau 1982;
/// as a measure of generated data Heusel et al. 2017). FID is that of the frames of two sequences, FGD that of the features
/// of two sets of sequences. The last trace is the sum of the singular values of R₁R₂ᵀ with Σ = RᵀR, which is exact for
/// singular covariances as well and is real without rounding imaginary parts away.
/// </summary>
public static class FrechetDistance
{
    /// <summary>Between the Gaussians that fit two sets of samples (divisor n − 1).</summary>
    /// <param name="first">[samples, D], at least two.</param>
    /// <param name="second">[samples, D], at least two.</param>
    /// <exception cref="ArgumentException">There are fewer, or their widths differ.</exception>
    public static double Between(Matrix<double> first, Matrix<double> second) => Between(Gaussian.Of(first), Gaussian.Of(second));

    /// <summary>Between two Gaussians.</summary>
    /// <exception cref="ArgumentException">They have not equally many dimensions.</exception>
    public static double Between(Gaussian first, Gaussian second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (first.Mean.Count != second.Mean.Count) throw new ArgumentException($"{first.Mean.Count} and {second.Mean.Count} dimensions cannot be compared.", nameof(second));
        var apart = (first.Mean - second.Mean).L2Norm();
        var common = first.Root.TransposeAndMultiply(second.Root).Svd(computeVectors: false).S.Sum();
        // Of equal distributions rounding may leave a little less than nothing.
        return Math.Max(0, apart * apart + SquaredNorm(first.Root) + SquaredNorm(second.Root) - 2 * common);
    }

    // The trace of RᵀR.
    private static double SquaredNorm(Matrix<double> root) => root.PointwiseMultiply(root).RowSums().Sum();
}
