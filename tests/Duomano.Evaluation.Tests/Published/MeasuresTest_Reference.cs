using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Evaluation.Published;

namespace Duomano.Tests.Evaluation.Published;

/// <summary>The measures of sequences against what the published code found.</summary>
[Trait("Category", "Reference")]
public sealed class MeasuresTest_Reference
{
    public static TheoryData<HandSide> Hands => [.. HandSides.Both];

    [Theory]
    [MemberData(nameof(Hands))]
    public void FrechetDistances(HandSide side)
    {
        foreach (var (found, real, generated) in PublishedSequences.Poses(side))
        {
            var distance = FrechetDistance.Between(generated, real);
            Near(found, "fid", distance, 2e-3);
            Near(found, "fid_float64", distance, 1e-6);
        }
    }

    [Fact]
    public void FrechetDistanceOfFullRank()
    {
        var (generated, real) = (PublishedSequences.Matrix("frechet_full_rank_generated"), PublishedSequences.Matrix("frechet_full_rank_real"));
        var found = PublishedSequences.Result("frechet_full_rank");
        Near(found, "FID2", GestureDistance.Frechet(real, generated), 1e-4, relative: true);
        Near(found, "FID2_independent_float64", GestureDistance.Frechet(real, generated), 1e-9, relative: true);
        Near(found, "F_dist", GestureDistance.MeanDifference(real, generated), 1e-4, relative: true);
    }

    [Fact]
    public void GestureDistances()
    {
        var (real, generated) = (PublishedSequences.Matrix("features_real"), PublishedSequences.Matrix("features_fake"));
        Near(PublishedSequences.Aggregate, "FID2", GestureDistance.Frechet(real, generated), 1e-4, relative: true);
        Near(PublishedSequences.Aggregate, "F_dist", GestureDistance.MeanDifference(real, generated), 1e-4, relative: true);
    }

    [Theory]
    [MemberData(nameof(Hands))]
    public void PositionDistances(HandSide side)
    {
        foreach (var (found, real, generated) in PublishedSequences.Positions(side)) Near(found, "dist", PositionDistance.Reference(real, generated), 1e-4);
    }

    [Theory]
    [MemberData(nameof(Hands))]
    public void Accelerations(HandSide side)
    {
        foreach (var (found, real, generated) in PublishedSequences.Poses(side))
        {
            Near(found, "acceleration_real", Smoothness.ReferenceAcceleration(real), 1e-4);
            Near(found, "acceleration_fake", Smoothness.ReferenceAcceleration(generated), 1e-4);
            Near(found, "smooth", Smoothness.Reference(real, generated), 1e-4);
            Near(found, "acceleration_2_mean_real", Smoothness.SummedSecondDifferences(real).Average(), 1e-4);
            Near(found, "acceleration_2_mean_fake", Smoothness.SummedSecondDifferences(generated).Average(), 1e-4);
        }

        var file = $"metrics/{side.Name()}_acceleration_2_fake_seq0.npy";
        var second = Smoothness.SummedSecondDifferences(PublishedSequences.Poses(side).First().Generated);
        Golden.AssertClose(file, [.. second.Select(value => (float)value)], [second.Count]);
    }

    // Another k-means stream than the library's: only the spread over its random states can be expected.
    [Theory]
    [MemberData(nameof(Hands))]
    public void DistancesOfMixturesWithOwnSeeding(HandSide side)
    {
        foreach (var (found, real, generated) in PublishedSequences.Poses(side))
        {
            double[] states = [.. found.GetProperty("MW_random_state_0_to_9").EnumerateArray().Select(value => value.GetDouble())];
            Assert.InRange(WassersteinOfMixtures.Reference(real, generated), states.Min() - 0.03, states.Max() + 0.03);
        }
    }

    [Fact]
    public void SelectionScore()
    {
        var found = PublishedSequences.Aggregate;
        var hands = PerHand.Create(side => Averages(found.GetProperty(side.Name())));
        var score = Duomano.Evaluation.Published.SelectionScore.Of(hands, found.GetProperty("FID2").GetDouble());
        Assert.Equal(PublishedSequences.Result("selection_score").GetDouble(), score, 1e-12);
    }

    private static HandMeasures Averages(JsonElement found) => new(
        found.GetProperty("fid").GetDouble(), found.GetProperty("MW").GetDouble(), found.GetProperty("dist").GetDouble(), found.GetProperty("smooth").GetDouble());

    private static void Near(JsonElement found, string name, double actual, double tolerance, bool relative = false)
    {
        var expected = found.GetProperty(name).GetDouble();
        var apart = Math.Abs(expected - actual) / (relative ? Math.Abs(expected) : 1);
        Assert.True(apart <= tolerance, $"{name} is {actual}, not {expected}: {apart:g3} apart, {tolerance:g3} allowed.");
    }
}
