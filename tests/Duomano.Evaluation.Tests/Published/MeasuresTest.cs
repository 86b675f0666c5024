using CsCheck;
using Duomano.Core.Numerics;
using Duomano.Evaluation.Published;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Tests.Evaluation.Published;

/// <summary>What the measures' names promise.</summary>
public sealed class MeasuresTest
{
    [Fact]
    public void FrechetDistanceOfIndependentAxesIsThatOfTheirDeviations() => Gen.Select(Gen.Double[-3, 3].Array[3], Gen.Double[0.1, 3].Array[6]).Sample((apart, deviations) =>
    {
        var (first, second) = (Diagonal(new double[3], deviations[..3]), Diagonal(apart, deviations[3..]));
        var expected = apart.Sum(value => value * value) + deviations[..3].Zip(deviations[3..], (a, b) => (a - b) * (a - b)).Sum();
        Assert.Equal(expected, FrechetDistance.Between(first, second), 1e-9);
        Assert.Equal(expected, FrechetDistance.Between(second, first), 1e-9);
    }, iter: 50);

    [Fact]
    public void FewerSamplesThanDimensionsAreNoObstacle()
    {
        var samples = Wandering(4, 30, 1);
        Assert.Equal(0, FrechetDistance.Between(samples, samples), 1e-9);
        var moved = samples.Clone();
        moved.SetColumn(0, moved.Column(0) + 2);
        Assert.Equal(4, FrechetDistance.Between(samples, moved), 1e-9);
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(samples, samples.SubMatrix(0, 1, 0, 30)));
        Assert.Throws<ArgumentException>(() => FrechetDistance.Between(samples, samples.SubMatrix(0, 4, 0, 20)));
    }

    [Fact]
    public void OneBatchGivesOrdinaryPrincipalComponents()
    {
        var samples = Wandering(60, 8, 2);
        var found = IncrementalPca.Fit(samples, 3, samples.RowCount);
        var centred = samples - Matrix<double>.Build.Dense(60, 1, 1) * found.Mean.ToRowMatrix();
        var spread = (centred.TransposeThisAndMultiply(centred) / 59).Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(spread.EigenValues[7 - i].Real, found.ExplainedVariance[i], 1e-9);
            Assert.Equal(1, Math.Abs(spread.EigenVectors.Column(7 - i).DotProduct(found.Components.Row(i))), 1e-9);
        }

        // Few batches lose little.
        var incremental = IncrementalPca.Fit(samples, 3, 16);
        Assert.Equal(60, incremental.SampleCount);
        Assert.InRange(incremental.ExplainedVariance[0] / found.ExplainedVariance[0], 0.9, 1.0001);
        Assert.Throws<ArgumentException>(() => IncrementalPca.Fit(samples.SubMatrix(0, 2, 0, 8), 3, 16));
    }

    [Fact]
    public void ClustersFarApartAreFound()
    {
        var random = new SeededRandom(3);
        var points = Matrix<double>.Build.Dense(90, 2, (i, j) => 10 * (i % 3) * (j == 0 ? 1 : -1) + random.NextGaussian() * 0.1);
        var labels = KMeans.Cluster(points, 3, new(1));
        Assert.Equal(3, labels.Distinct().Count());
        Assert.All(Enumerable.Range(0, 90), i => Assert.Equal(labels[i % 3], labels[i]));
        Assert.InRange(KMeans.Inertia(points, labels), 0, 90 * 2 * 0.02);
        var mixture = GaussianMixture.Fit(points, labels, 3);
        Assert.All(mixture.Weights, weight => Assert.Equal(1.0 / 3, weight, 1e-6));
        Assert.True(mixture.Converged);
    }

    [Fact]
    public void PointsAllAlikeStillFillTheirClusters()
    {
        var labels = KMeans.Cluster(Matrix<double>.Build.Dense(20, 2, 1), 13, new(1));
        Assert.Equal(13, labels.Distinct().Count());
        Assert.Throws<ArgumentException>(() => KMeans.Cluster(Matrix<double>.Build.Dense(20, 2, 1), new int[20], 13));
    }

    [Fact]
    public void DistancesOfMixturesAreDistances()
    {
        var (a, b) = (Wandering(240, 48, 4), Wandering(240, 48, 5));
        Assert.Equal(0, WassersteinOfMixtures.Measure(a, a), 1e-6);
        Assert.Equal(0, WassersteinOfMixtures.Reference(a, a), 1e-9);
        Assert.InRange(WassersteinOfMixtures.Reference(a, b), 0.01, 1);
        // All frames moved by one vector: every Gaussian moves as far. The published bases do not see it.
        var moved = a + 1;
        Assert.Equal(Math.Sqrt(48), WassersteinOfMixtures.Measure(a, moved), 1e-2);
        Assert.Equal(0, WassersteinOfMixtures.Reference(a, moved), 1e-6);
        Assert.Throws<ArgumentException>(() => WassersteinOfMixtures.Measure(a.SubMatrix(0, 12, 0, 48), b));
    }

    [Fact]
    public void PositionsAreComparedInSpace()
    {
        var here = Matrix<double>.Build.Dense(5, 3, 1);
        var there = Matrix<double>.Build.Dense(5, 3, (_, j) => 1 + new[] { 3, 4, 12 }[j]);
        Assert.Equal(5, PositionDistance.Reference(here, there), 1e-12);
        Assert.Equal(13, PositionDistance.Measure(here, there), 1e-12);
        Assert.Throws<ArgumentException>(() => PositionDistance.Measure(here, there.SubMatrix(0, 4, 0, 3)));
    }

    [Fact]
    public void AccelerationIsTheSecondDerivative()
    {
        // x = t² along one axis, at 30 frames a second: 2 rad/s².
        var squares = Matrix<double>.Build.Dense(30, 48, (t, j) => j == 7 ? t * t / 900.0 : 0);
        var even = Matrix<double>.Build.Dense(30, 48, (t, _) => t);
        Assert.Equal(2, Smoothness.Acceleration(squares, 30), 1e-9);
        Assert.Equal(0, Smoothness.Acceleration(even, 30), 1e-9);
        Assert.Equal(2, Smoothness.Measure(squares, even, 30), 1e-9);
        // The published one takes an even movement for an acceleration.
        Assert.True(Smoothness.ReferenceAcceleration(even) > 1);
        Assert.Throws<ArgumentException>(() => Smoothness.Acceleration(even.SubMatrix(0, 2, 0, 48), 30));
    }

    [Fact]
    public void NumbersThatAreNoneAreRefused()
    {
        Assert.Throws<ArgumentException>(() => Samples.Rows([1, 2, float.NaN], 3));
        Assert.Throws<ArgumentException>(() => Samples.Rows([1, 2, 3, 4], 3));
    }

    // Two samples an axis, at ±deviation of the unit covariance: a diagonal covariance exactly.
    private static Matrix<double> Diagonal(double[] mean, double[] deviations)
    {
        var count = 2 * mean.Length;
        return Matrix<double>.Build.Dense(count, mean.Length, (i, j) => mean[j] + (i / 2 == j ? (i % 2 * 2 - 1) * deviations[j] * Math.Sqrt((count - 1) / 2.0) : 0));
    }

    private static Matrix<double> Wandering(int rows, int columns, long seed)
    {
        var random = new SeededRandom(seed);
        var samples = Matrix<double>.Build.Dense(rows, columns);
        for (var j = 0; j < columns; j++)
        {
            var (value, step) = (0.0, random.Uniform(0.005, 0.05));
            for (var i = 0; i < rows; i++) samples[i, j] = value += random.NextGaussian() * step;
        }

        return samples;
    }
}
