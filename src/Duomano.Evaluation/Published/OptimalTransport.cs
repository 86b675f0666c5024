using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// The transportation problem (Hitchcock 1941), solved exactly: how to bring what there is at some places to where it is
/// needed at the least cost. By successive shortest paths with potentials (Edmonds and Karp 1972): each path of least
/// reduced cost, of equal ones the one with the fewest arcs, is filled up, until everything has arrived.
/// </summary>
public static class OptimalTransport
{
    // Amounts below this share of everything are rounding.
    private const double Nothing = 1e-15;

    /// <summary>Finds an optimal plan.</summary>
    /// <param name="supply">What there is at each source, not negative.</param>
    /// <param name="demand">What is needed at each sink, not negative; scaled so that as much is needed as there is.</param>
    /// <param name="cost">[sources, sinks], the cost of bringing one unit, not negative.</param>
    /// <exception cref="ArgumentException">An amount or a cost is negative or not finite, there is nothing to bring, or the sizes differ.</exception>
    public static TransportPlan Solve(IReadOnlyList<double> supply, IReadOnlyList<double> demand, Matrix<double> cost)
    {
        ArgumentNullException.ThrowIfNull(supply);
        ArgumentNullException.ThrowIfNull(demand);
        ArgumentNullException.ThrowIfNull(cost);
        if (cost.RowCount != supply.Count || cost.ColumnCount != demand.Count)
        {
            throw new ArgumentException($"Costs [{cost.RowCount}, {cost.ColumnCount}] are not of {supply.Count} sources and {demand.Count} sinks.", nameof(cost));
        }

        var total = supply.Sum();
        if (supply.Concat(demand).Concat(cost.Enumerate()).Any(value => !(value >= 0 && double.IsFinite(value))) || !(total > 0) || !(demand.Sum() > 0))
        {
            throw new ArgumentException("Amounts and costs are finite and not negative, and there is something to bring.", nameof(supply));
        }

        var search = new Search([.. supply], [.. demand.Select(amount => amount * (total / demand.Sum()))], cost, total * Nothing);
        while (search.Advance())
        {
        }

        return new(search.Plan, search.Plan.PointwiseMultiply(cost).RowSums().Sum());
    }

    // Nodes are the sources, then the sinks.
    private sealed class Search(double[] supply, double[] demand, Matrix<double> cost, double nothing)
    {
        private readonly double[] _potential = new double[supply.Length + demand.Length];
        private readonly double[] _distance = new double[supply.Length + demand.Length];
        private readonly int[] _hops = new int[supply.Length + demand.Length];
        private readonly int[] _from = new int[supply.Length + demand.Length];

        public Matrix<double> Plan { get; } = Matrix<double>.Build.Dense(supply.Length, demand.Length);

        /// <summary>Fills up one path; false when everything has arrived.</summary>
        public bool Advance()
        {
            if (!supply.Any(amount => amount > nothing) || !demand.Any(amount => amount > nothing)) return false;
            FindShortest();
            var end = Enumerable.Range(supply.Length, demand.Length).Where(node => demand[node - supply.Length] > nothing).MinBy(node => (_distance[node], _hops[node]));
            // Beyond the end no potential needs to be more exact than its distance.
            for (var node = 0; node < _potential.Length; node++) _potential[node] += Math.Min(_distance[node], _distance[end]);
            Fill(end);
            return true;
        }

        private void FindShortest()
        {
            var done = new bool[_distance.Length];
            for (var node = 0; node < _distance.Length; node++)
            {
                var begins = node < supply.Length && supply[node] > nothing;
                (_distance[node], _hops[node], _from[node]) = (begins ? 0 : double.PositiveInfinity, 0, -1);
            }

            for (var count = 0; count < _distance.Length; count++)
            {
                var node = Enumerable.Range(0, _distance.Length).Where(other => !done[other]).MinBy(other => (_distance[other], _hops[other]));
                if (double.IsPositiveInfinity(_distance[node])) return;
                done[node] = true;
                for (var other = 0; other < _distance.Length; other++)
                {
                    if (done[other] || Reduced(node, other) is not { } length) continue;
                    var reached = (_distance[node] + length, _hops[node] + 1);
                    if (reached.CompareTo((_distance[other], _hops[other])) < 0) ((_distance[other], _hops[other]), _from[other]) = (reached, node);
                }
            }
        }

        // The reduced cost of an arc; null where there is none. Along arcs in use it is nothing but rounding.
        private double? Reduced(int from, int to)
        {
            if (from < supply.Length && to >= supply.Length) return Math.Max(0, cost[from, to - supply.Length] + _potential[from] - _potential[to]);
            if (from >= supply.Length && to < supply.Length && Plan[to, from - supply.Length] > 0) return Math.Max(0, _potential[from] - _potential[to] - cost[to, from - supply.Length]);
            return null;
        }

        private void Fill(int end)
        {
            var amount = demand[end - supply.Length];
            var begin = end;
            for (; _from[begin] >= 0; begin = _from[begin])
            {
                if (begin < supply.Length) amount = Math.Min(amount, Plan[begin, _from[begin] - supply.Length]);
            }

            amount = Math.Min(amount, supply[begin]);
            supply[begin] -= amount;
            demand[end - supply.Length] -= amount;
            for (var node = end; _from[node] >= 0; node = _from[node])
            {
                if (node >= supply.Length) Plan[_from[node], node - supply.Length] += amount;
                else Plan[node, _from[node] - supply.Length] = Rest(Plan[node, _from[node] - supply.Length] - amount);
            }
        }

        private double Rest(double amount) => amount > nothing ? amount : 0;
    }
}

/// <summary>What goes from where to where.</summary>
/// <param name="Amounts">[sources, sinks].</param>
/// <param name="Cost">Its cost, the least possible.</param>
public sealed record TransportPlan(Matrix<double> Amounts, double Cost);
