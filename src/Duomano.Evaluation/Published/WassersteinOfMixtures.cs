using Duomano.Core.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// WGD: how far apart the Gaussian mixtures are that fit the frames of two sequences, each first reduced to ten principal
/// components: the Wasserstein distance with Gaussians as places and their shares as amounts (Delon and Desolneux 2020,
/// "A Wasserstein-type distance in the space of Gaussian mixture models").
/// </summary>
public static class WassersteinOfMixtures
{
    /// <summary>Gaussians in each mixture.</summary>
    public const int Components = 13;

    /// <summary>Principal components that frames are reduced to.</summary>
    public const int Dimensions = 10;

    /// <summary>Frames a batch of the published principal components.</summary>
    public const int BatchSize = 16;

    /// <summary>
    /// The published arithmetic: each sequence is reduced by its own incremental principal components, so that the two
    /// point clouds lie in unrelated bases; the cost is the distance between the Gaussians' means over the largest of these
    /// distances. From 0 to 1, no unit. The published seeding of k-means is a library's and is not reproduced.
    /// </summary>
    /// <param name="real">[frames, 48], at least 13 frames.</param>
    /// <param name="generated">[frames, 48], at least 13 frames.</param>
    public static double Reference(Matrix<double> real, Matrix<double> generated)
    {
        var mixtures = new[] { real, generated }.Select(frames => Fit(IncrementalPca.Fit(frames, Dimensions, BatchSize).Transform(frames))).ToArray();
        return OfMeans(mixtures[0], mixtures[1]);
    }

    /// <summary>
    /// What the name promises: one basis for both sequences, and as cost the squared Wasserstein distance between the
    /// Gaussians with their covariances; its root is a distance in radians.
    /// </summary>
    /// <param name="real">[frames, 48], at least 13 frames.</param>
    /// <param name="generated">[frames, 48], at least 13 frames.</param>
    public static double Measure(Matrix<double> real, Matrix<double> generated)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        var both = real.Stack(generated);
        var basis = IncrementalPca.Fit(both, Dimensions, both.RowCount);
        return Between(Fit(basis.Transform(real)), Fit(basis.Transform(generated)));
    }

    /// <summary>A mixture of <see cref="Components"/> Gaussians from a k-means clustering that is always seeded alike.</summary>
    /// <param name="points">[points, D], at least 13.</param>
    /// <exception cref="ArgumentException">There are fewer.</exception>
    public static GaussianMixture Fit(Matrix<double> points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.RowCount < Components) throw new ArgumentException($"{Components} Gaussians need at least as many frames, not {points.RowCount}.", nameof(points));
        return GaussianMixture.Fit(points, KMeans.Cluster(points, Components, new SeededRandom(0, "k-means")), Components);
    }

    /// <summary>The published distance of mixtures: Euclidean between the means, over the largest, transported.</summary>
    public static double OfMeans(GaussianMixture first, GaussianMixture second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var cost = MeanDistances(first, second);
        var largest = cost.Enumerate().Max();
        return largest == 0 ? 0 : OptimalTransport.Solve(first.Weights, second.Weights, cost / largest).Cost;
    }

    /// <summary>The 2-Wasserstein-type distance of mixtures (equation 4.4 of the paper: the root of the transported squared distances).</summary>
    public static double Between(GaussianMixture first, GaussianMixture second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        var (a, b) = (Gaussians(first), Gaussians(second));
        var cost = Matrix<double>.Build.Dense(a.Length, b.Length, (i, j) => FrechetDistance.Between(a[i], b[j]));
        return Math.Sqrt(OptimalTransport.Solve(first.Weights, second.Weights, cost).Cost);
    }

    /// <summary>[components, components] Euclidean distances between the means of two mixtures.</summary>
    internal static Matrix<double> MeanDistances(GaussianMixture first, GaussianMixture second) =>
        Matrix<double>.Build.Dense(first.Means.Count, second.Means.Count, (i, j) => (first.Means[i] - second.Means[j]).L2Norm());

    private static Gaussian[] Gaussians(GaussianMixture mixture) =>
        [.. mixture.Means.Zip(mixture.Covariances, (mean, covariance) => new Gaussian(mean, covariance.Cholesky().Factor.Transpose()))];
}
