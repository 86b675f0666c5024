using Duomano.Core.Hands;
using Duomano.Evaluation;
using Duomano.Evaluation.Published;
using Duomano.Inference;

namespace Duomano.Cli.Tests;

/// <summary>Which sampler counts as good as the full one.</summary>
public class SamplerTableTests
{
    private static readonly SamplerRow Full = Row(SamplerKind.Ancestral, 1000, 1, 2, 0.5, 80);

    [Fact]
    public void Fewest_is_the_one_with_the_fewest_steps_that_is_nowhere_worse_than_2_percent()
    {
        SamplerTable table = new([Full, Row(SamplerKind.DpmSolver, 50, 0.7, 1.5, 0.5, 90), Row(SamplerKind.DpmSolver, 20, 1.019, 2.03, 0.509, 79), Row(SamplerKind.DpmSolver, 10, 1.03, 2, 0.5, 80)]);
        Assert.Equal(20, table.Fewest.Steps);
        Assert.Contains("dpm++ 50, dpm++ 20; fewest steps with all more of them within: dpm++ 20", table.Conclusion(), StringComparison.Ordinal);
        Assert.StartsWith("dpm++ 20", SamplerTable.ToLine(table.Fewest), StringComparison.Ordinal);
        Assert.Equal([true, true, true, false], table.ToJson().Select(row => row!["within_tolerance"]!.GetValue<bool>()));
    }

    [Fact]
    public void Steps_that_come_out_well_by_chance_do_not_count()
    {
        SamplerTable table = new([Full, Row(SamplerKind.DpmSolver, 50, 1, 2, 0.5, 80), Row(SamplerKind.DpmSolver, 6, 1.3, 2, 0.5, 80), Row(SamplerKind.DpmSolver, 4, 0.6, 1, 0.5, 90)]);
        Assert.True(table.Rows[3].IsWithin(Full, SamplerTable.Tolerance));
        Assert.Equal(50, table.Fewest.Steps);
    }

    [Theory]
    [InlineData(1.05, 2, 0.5, 80)]
    [InlineData(1, 2.1, 0.5, 80)]
    [InlineData(1, 2, 0.52, 80)]
    [InlineData(1, 2, 0.5, 70)]
    public void Any_measure_that_is_worse_rules_it_out(double fid, double fgd, double pd, int matched)
    {
        var row = Row(SamplerKind.Ddim, 50, fid, fgd, pd, matched);
        Assert.False(row.IsWithin(Full, SamplerTable.Tolerance));
        Assert.Equal(1000, new SamplerTable([Full, row]).Fewest.Steps);
    }

    [Fact]
    public void With_several_seeds_their_means_count_and_their_spread_is_shown()
    {
        SamplerRow Seeds(SamplerKind kind, int steps, params double[] fids) => Row(kind, steps, 1, 2, 0.5, 80) with
        {
            Paper = new([.. fids.SelectMany(fid => Row(kind, steps, fid, 2, 0.5, 80).Paper.Runs)], 1, 8, new(1, 1)),
        };
        var full = Seeds(SamplerKind.Ancestral, 1000, 0.9, 1, 1.1);
        Assert.True(Seeds(SamplerKind.DpmSolver, 10, 0.9, 1.01, 1.12).IsWithin(full, SamplerTable.Tolerance));
        Assert.False(Seeds(SamplerKind.DpmSolver, 10, 1.03, 1.03, 1.03).IsWithin(full, SamplerTable.Tolerance));
        Assert.Contains("1.0000 ± 0.1000", SamplerTable.ToLine(full), StringComparison.Ordinal);
    }

    private static SamplerRow Row(SamplerKind kind, int steps, double fid, double fgd, double pd, int matched)
    {
        HandMeasures hand = new(fid, 0.1, pd, 0.1);
        PaperRun run = new(1, new(new PairMeasures(hand, hand), new PairMeasures(hand, hand)), fgd, 1, 4);
        DetectionScore score = new(100, 100, matched);
        return new(kind, steps, new([run], 1, 8, new(1, 1)), [score], [score], false);
    }
}
