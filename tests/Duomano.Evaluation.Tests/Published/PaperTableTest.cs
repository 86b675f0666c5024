using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Evaluation.Published;

namespace Duomano.Tests.Evaluation.Published;

/// <summary>Means and spreads of the paper's table.</summary>
public sealed class PaperTableTest
{
    [Fact]
    public void FiguresAreMeansOverTheSeedsWithTheirDeviation()
    {
        var table = new PaperTable([Run(1, 2, 10), Run(2, 4, 20)], 7, 8, new(100, 200));
        Assert.Equal(new Spread(3, Math.Sqrt(2)), table.Of(HandSide.Left, reference: true, hand => hand.Fid));
        Assert.Equal(new Spread(30, Math.Sqrt(200)), table.Of(HandSide.Left, reference: false, hand => hand.Fid));
        Assert.Equal(new Spread(4, Math.Sqrt(2)), table.Of(HandSide.Right, reference: true, hand => hand.Fid));
        Assert.Equal(new Spread(3.5, Math.Sqrt(2)), table.Of(null, reference: true, hand => hand.Fid));
        Assert.Equal(15, table.GestureDistance!.Value.Mean);
        var lines = table.ToText().TrimEnd().Split('\n');
        Assert.Equal(7, lines.Length);
        Assert.Contains("3.0000 ± 1.4142", lines[1], StringComparison.Ordinal);
        Assert.Contains(" 300 ", lines[3], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(lines[0].Length, line.Length));
        var json = table.ToJson();
        Assert.Equal(3.5, json["reference"]!["together"]!["fid"]!["mean"]!.GetValue<double>());
        Assert.Equal(15, json["fgd"]!["mean"]!.GetValue<double>());
    }

    [Fact]
    public void WithoutAnAutoencoderThereIsNoGestureDistance()
    {
        var table = new PaperTable([Run(1, 2, null)], 7, 8, new(1, 1));
        Assert.Null(table.GestureDistance);
        Assert.Null(table.ToJson()["fgd"]);
        Assert.Null(table.ToJson()["selection_score"]);
        Assert.Equal(0, table.Of(null, reference: true, hand => hand.Fid)!.Value.Deviation);
        Assert.DoesNotContain("±", table.ToText(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Spread.Of([]));
    }

    [Fact]
    public void FramesInWhichTheHandWasNotSeenCountInTheReferenceOnly()
    {
        var (real, generated) = (Motion(1, lost: 20), Motion(2, lost: 0));
        var found = PairMeasures.Measure(real, generated, 30);
        Assert.True(found.Reference.Fid > 100, "the reference takes what stands in frames that were not seen");
        var (whole, other) = (Part(Motion(1, lost: 0), 20), Part(generated, 20));
        var expected = PairMeasures.Measure(whole, other, 30).Ours!.Value;
        Assert.Equal(expected.Fid, found.Ours!.Value.Fid, 1e-9);
        Assert.Equal(expected.Wgd, found.Ours!.Value.Wgd, 1e-9);
        Assert.Equal(expected.PositionDistance, found.Ours!.Value.PositionDistance, 1e-9);
        Assert.Equal(expected.Smooth, found.Ours!.Value.Smooth, 1e-9);
        Assert.Null(PairMeasures.Measure(Motion(1, lost: 50), generated, 30).Ours);
        var table = new PaperTable([new(1, new(PairMeasures.Measure(Motion(1, lost: 50), generated, 30), found), null, null, 5)], 1, 2, new(1, 1));
        Assert.Null(table.Of(HandSide.Left, reference: false, hand => hand.Fid));
        Assert.Null(table.Of(null, reference: false, hand => hand.Fid));
        Assert.NotNull(table.Of(HandSide.Right, reference: false, hand => hand.Fid));
        Assert.Null(table.ToJson()["ours"]!["left"]!["fid"]);
    }

    // Rows of 52 numbers; the first frames were not seen and hold nonsense.
    private static HandMotion Motion(long seed, int lost)
    {
        var random = new SeededRandom(seed);
        var rows = new float[60 * 52];
        for (var i = 0; i < rows.Length; i++) rows[i] = (float)(0.3 * random.NextGaussian() + Math.Sin(i % 52 + i / 520.0));
        for (var i = 0; i < lost * 52; i++) rows[i] = 9 * (i % 3);
        for (var frame = 0; frame < 60; frame++) rows[frame * 52] = frame < lost ? 0.5f : 1;
        return HandMotion.FromRows(rows, 52);
    }

    private static HandMotion Part(HandMotion motion, int first) => new(motion.Positions[(first * 3)..], motion.Pose[(first * 48)..]);

    private static PaperRun Run(long seed, double figure, double? gestureDistance)
    {
        static HandMeasures All(double value) => new(value, value, value, value);
        return new(seed, new(new(All(figure), All(figure * 10)), new(All(figure + 1), All(figure * 10 + 1))), gestureDistance, gestureDistance, 5);
    }
}
