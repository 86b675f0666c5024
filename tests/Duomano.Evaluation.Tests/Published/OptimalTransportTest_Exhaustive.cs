using CsCheck;
using Duomano.Evaluation.Published;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Tests.Evaluation.Published;

/// <summary>Transport of whole numbers of units against all ways of bringing unit after unit.</summary>
public sealed class OptimalTransportTest_Exhaustive
{
    private const int Units = 6;

    private static readonly Gen<(int[] From, int[] To, int[] Costs)> Problems =
        Gen.Select(Gen.Int[1, 4], Gen.Int[1, 4]).SelectMany((sources, sinks) => Gen.Select(
            Gen.Int[0, sources - 1].Array[Units], Gen.Int[0, sinks - 1].Array[Units], Gen.Int[0, 9].Array[sources * sinks]));

    [Fact]
    public void NoWayIsCheaper() => Problems.Sample(problem =>
    {
        var (supply, demand, cost) = Build(problem);
        var plan = OptimalTransport.Solve(supply, demand, cost);
        AssertIsPlan(plan, supply, demand, cost);
        Assert.Equal(Cheapest(problem.From, problem.To, cost, 0, 0), plan.Cost, 1e-9);
    }, iter: 300);

    // Of any amounts: duality proves a plan optimal. Along every arc in use it cannot be improved by a cycle of two arcs.
    [Fact]
    public void PlansOfAnyAmountsAreKeptAndCannotBeImproved() =>
        Gen.Select(Gen.Double[0, 1].Array[5], Gen.Double[0, 1].Array[7], Gen.Double[0, 1].Array[35]).Where(p => p.Item1.Sum() > 0.1 && p.Item2.Sum() > 0.1).Sample((supply, demand, costs) =>
        {
            var cost = Matrix<double>.Build.DenseOfRowMajor(5, 7, costs);
            var plan = OptimalTransport.Solve(supply, demand, cost);
            AssertIsPlan(plan, supply, [.. demand.Select(amount => amount * supply.Sum() / demand.Sum())], cost);
            AssertNoCheaperCycle(plan.Amounts, cost);
        }, iter: 200);

    [Fact]
    public void SwappingSidesChangesNothing() => Problems.Sample(problem =>
    {
        var (supply, demand, cost) = Build(problem);
        Assert.Equal(OptimalTransport.Solve(supply, demand, cost).Cost, OptimalTransport.Solve(demand, supply, cost.Transpose()).Cost, 1e-9);
    }, iter: 100);

    [Theory]
    [InlineData(new double[] { 1, -1 }, new double[] { 1 }, 2)]
    [InlineData(new double[] { 0, 0 }, new double[] { 1 }, 2)]
    [InlineData(new double[] { 1, double.NaN }, new double[] { 1 }, 2)]
    [InlineData(new double[] { 1, 1 }, new double[] { 1 }, 1)]
    public void ImpossibleProblemsAreRefused(double[] supply, double[] demand, int rows) =>
        Assert.Throws<ArgumentException>(() => OptimalTransport.Solve(supply, demand, Matrix<double>.Build.Dense(rows, 1)));

    private static (double[] Supply, double[] Demand, Matrix<double> Cost) Build((int[] From, int[] To, int[] Costs) problem)
    {
        var (sources, sinks) = (problem.From.Max() + 1, problem.To.Max() + 1);
        double[] Count(int[] places, int count) => [.. Enumerable.Range(0, count).Select(place => (double)places.Count(at => at == place))];
        return (Count(problem.From, sources), Count(problem.To, sinks), Matrix<double>.Build.Dense(sources, sinks, (i, j) => problem.Costs[(i * sinks + j) % problem.Costs.Length]));
    }

    private static double Cheapest(int[] from, int[] to, Matrix<double> cost, int unit, int taken)
    {
        if (unit == from.Length) return 0;
        return Enumerable.Range(0, to.Length).Where(i => (taken & (1 << i)) == 0)
            .Min(i => cost[from[unit], to[i]] + Cheapest(from, to, cost, unit + 1, taken | (1 << i)));
    }

    private static void AssertIsPlan(TransportPlan plan, double[] supply, double[] demand, Matrix<double> cost)
    {
        Assert.True(plan.Amounts.Enumerate().All(amount => amount >= 0));
        Assert.All(supply.Zip(plan.Amounts.RowSums()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.All(demand.Zip(plan.Amounts.ColumnSums()), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
        Assert.Equal(plan.Amounts.PointwiseMultiply(cost).RowSums().Sum(), plan.Cost, 1e-9);
    }

    // Floyd and Warshall on the residual arcs: an optimal plan has no cycle of negative cost.
    private static void AssertNoCheaperCycle(Matrix<double> plan, Matrix<double> cost)
    {
        var (n, count) = (plan.RowCount, plan.RowCount + plan.ColumnCount);
        var path = Matrix<double>.Build.Dense(count, count, (i, j) => i == j ? 0 : (i < n, j < n) switch
        {
            (true, false) => cost[i, j - n],
            (false, true) when plan[j, i - n] > 1e-12 => -cost[j, i - n],
            _ => double.PositiveInfinity,
        });
        for (var k = 0; k < count; k++)
        {
            for (var i = 0; i < count; i++)
            {
                for (var j = 0; j < count; j++) path[i, j] = Math.Min(path[i, j], path[i, k] + path[k, j]);
            }
        }

        Assert.All(path.Diagonal(), around => Assert.InRange(around, -1e-9, 0));
    }
}
