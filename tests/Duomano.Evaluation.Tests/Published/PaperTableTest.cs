using Duomano.Core.Hands;
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
        Assert.Equal(0, table.Of(null, reference: true, hand => hand.Fid).Deviation);
        Assert.DoesNotContain("±", table.ToText(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Spread.Of([]));
    }

    private static PaperRun Run(long seed, double figure, double? gestureDistance)
    {
        static HandMeasures All(double value) => new(value, value, value, value);
        return new(seed, new(new(All(figure), All(figure * 10)), new(All(figure + 1), All(figure * 10 + 1))), gestureDistance, gestureDistance, 5);
    }
}
