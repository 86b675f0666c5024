using Duomano.Core.Hands;
using Duomano.Evaluation.Published;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Tests.Evaluation.Published;

/// <summary>The steps of the distance of mixtures, from the published clusterings on.</summary>
[Trait("Category", "Reference")]
public sealed class MixturesTest_Reference
{
    private const string Folder = "metrics/mw2_debug";

    /// <summary>Folders such as left_seq0.</summary>
    public static TheoryData<string> Cases => [.. Directory.GetDirectories(Golden.Path(Folder)).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void PrincipalComponents(string name)
    {
        var (_, real, generated) = Sequence(name);
        foreach (var (which, frames) in new[] { ("real", real), ("fake", generated) })
        {
            var pca = Reduce(frames);
            PublishedSequences.AssertClose($"mw2_debug/{name}/pca_{which}", pca.Transform(frames));
            if (!Golden.Has($"{Folder}/{name}/pca_components_{which}.npy")) continue;
            PublishedSequences.AssertClose($"mw2_debug/{name}/pca_components_{which}", pca.Components);
            PublishedSequences.AssertClose($"mw2_debug/{name}/pca_mean_{which}", pca.Mean.ToRowMatrix());
            PublishedSequences.AssertClose($"mw2_debug/{name}/pca_explained_variance_{which}", pca.ExplainedVariance.ToRowMatrix());
            PublishedSequences.AssertClose($"mw2_debug/{name}/pca_singular_values_{which}", pca.SingularValues.ToRowMatrix());
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void MixturesFromTheGivenClusters(string name)
    {
        var (found, real, generated) = Sequence(name);
        foreach (var (which, frames) in new[] { ("real", real), ("fake", generated) })
        {
            var mixture = Fit(name, which, frames);
            PublishedSequences.AssertClose($"mw2_debug/{name}/gmm_weights_{which}", Vector<double>.Build.DenseOfEnumerable(mixture.Weights).ToRowMatrix());
            PublishedSequences.AssertClose($"mw2_debug/{name}/gmm_means_{which}", Matrix<double>.Build.DenseOfRowVectors(mixture.Means));
            PublishedSequences.AssertClose($"mw2_debug/{name}/gmm_covariances_{which}", mixture.Covariances.Aggregate((all, next) => all.Stack(next)));
            var fit = found.GetProperty($"gmm_{which}");
            Assert.Equal(fit.GetProperty("n_iter").GetInt32(), mixture.Iterations);
            Assert.Equal(fit.GetProperty("converged").GetBoolean(), mixture.Converged);
            Assert.Equal(fit.GetProperty("lower_bound").GetDouble(), mixture.LogLikelihood, 1e-3);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void DistancesFromTheGivenClusters(string name)
    {
        var (found, real, generated) = Sequence(name);
        var (first, second) = (Fit(name, "real", real), Fit(name, "fake", generated));
        var (rows, columns) = FakeFirst(name, first, second);
        PublishedSequences.AssertClose($"mw2_debug/{name}/cost_unnormalized", WassersteinOfMixtures.MeanDistances(rows, columns));
        var expected = found.GetProperty("MW").GetDouble();
        Assert.Equal(expected, WassersteinOfMixtures.OfMeans(first, second), 2e-4);
        Assert.Equal(expected, WassersteinOfMixtures.OfMeans(second, first), 2e-4);
    }

    // The plan need not be the only optimal one; its cost is unique and no plan with these amounts may be cheaper.
    [Theory]
    [MemberData(nameof(Cases))]
    public void TransportOfTheGivenAmounts(string name)
    {
        var cost = PublishedSequences.Matrix($"mw2_debug/{name}/cost_unnormalized");
        var plan = PublishedSequences.Matrix($"mw2_debug/{name}/transport_plan");
        var found = OptimalTransport.Solve([.. plan.RowSums()], [.. plan.ColumnSums()], cost);
        Assert.Equal(plan.PointwiseMultiply(cost).RowSums().Sum(), found.Cost, 1e-6);
    }

    // The published clustering is where Lloyd's iteration has come to rest.
    [Theory]
    [MemberData(nameof(Cases))]
    public void TheGivenClustersAreAtRest(string name)
    {
        var (_, real, generated) = Sequence(name);
        foreach (var (which, frames) in new[] { ("real", real), ("fake", generated) })
        {
            var labels = Labels(name, which);
            Assert.Equal(labels, KMeans.Cluster(Reduce(frames).Transform(frames), labels, WassersteinOfMixtures.Components));
        }
    }

    private static IncrementalPca Reduce(Matrix<double> frames) => IncrementalPca.Fit(frames, WassersteinOfMixtures.Dimensions, WassersteinOfMixtures.BatchSize);

    private static GaussianMixture Fit(string name, string which, Matrix<double> frames) =>
        GaussianMixture.Fit(Reduce(frames).Transform(frames), Labels(name, which), WassersteinOfMixtures.Components);

    private static int[] Labels(string name, string which) =>
        Array.ConvertAll(Golden.Array($"{Folder}/{name}/kmeans_labels_{which}.npy").Integers, label => (int)label);

    private static (GaussianMixture, GaussianMixture) FakeFirst(string name, GaussianMixture real, GaussianMixture fake)
    {
        // The plan's row sums are one side's shares.
        var rows = PublishedSequences.Matrix($"mw2_debug/{name}/transport_plan").RowSums();
        return rows.Zip(fake.Weights, (a, b) => Math.Abs(a - b)).Max() < 1e-4 ? (fake, real) : (real, fake);
    }

    private static (System.Text.Json.JsonElement Found, Matrix<double> Real, Matrix<double> Generated) Sequence(string name)
    {
        var parts = name.Split("_seq");
        return PublishedSequences.Poses(parts[0] == "left" ? HandSide.Left : HandSide.Right).ElementAt(int.Parse(parts[1]));
    }
}
