namespace Duomano.Core.Fingering;

/// <summary>
/// Chooses the fingers of one hand: of all fingerings in a lattice the one whose fingers are, note by note, the most
/// probable. That agrees with more of a pianist's fingers than the most probable fingering as a whole does.
/// </summary>
internal sealed class FingeringSearch
{
    // Slices decided at a time, and those looked at beyond them: memory does not grow with the piece.
    private const int Block = 160;
    private const int Ahead = 40;

    // How much a way's own cost counts beside the probabilities of its fingers: enough to keep passages in one piece.
    private const double OwnCost = 0.1;

    private readonly FingeringCosts _costs;
    private readonly FingeringOptions _options;

    /// <summary>Prepares a search.</summary>
    public FingeringSearch(FingeringOptions options)
        : this(options, FingerModel.Bundled.Costs)
    {
    }

    /// <summary>Prepares a search with other patterns; the terms' costs are the options'.</summary>
    public FingeringSearch(FingeringOptions options, LearnedCosts costs)
        : this(options, new FingeringCosts(options.Fingers, options.HandSize, costs.Patterns))
    {
    }

    internal FingeringSearch(FingeringOptions options, FingeringCosts costs)
    {
        _options = options;
        _costs = costs;
    }

    /// <summary>What else speaks against the fingers (1 to 5, 0 for none) of a slice, and how much.</summary>
    public Func<int, byte[], double>? Evidence { get; init; }

    /// <summary>Finds the fingering.</summary>
    /// <param name="slices">One hand's slices in time.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <returns>A finger (1 to 5, 0 for none) a note a slice.</returns>
    public IReadOnlyList<byte[]> Find(IReadOnlyList<Slice> slices, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        var lattice = new FingerLattice(slices, _costs, _options.HandSize, _options.BeamWidth) { Evidence = Evidence, Lacking = _options.Lacking };
        var result = new List<byte[]>(slices.Count);
        FingerState? start = null;
        while (result.Count < slices.Count)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(result.Count / (double)slices.Count);
            var end = Math.Min(slices.Count, result.Count + Block + Ahead);
            var path = MostProbable(lattice.Columns(start, result.Count, end));
            var kept = end == slices.Count ? path : path[..Block];
            result.AddRange(kept.Select(state => state.Shape));
            start = kept[^1].Alone();
        }

        return result;
    }

    /// <summary>The cheapest fingering as a whole, and what it costs.</summary>
    internal (IReadOnlyList<byte[]> Shapes, double Cost) Cheapest(IReadOnlyList<Slice> slices)
    {
        var columns = new FingerLattice(slices, _costs, _options.HandSize, _options.BeamWidth).Columns(null, 0, slices.Count);
        var last = columns[^1].MinBy(state => state.Cost)!;
        var shapes = new List<byte[]>();
        for (var state = last; state is not null; state = state.Best) shapes.Insert(0, state.Shape);
        return (shapes, last.Cost);
    }

    /// <summary>What a given fingering costs.</summary>
    internal double Score(IReadOnlyList<Slice> slices, IReadOnlyList<byte[]> shapes)
    {
        var lattice = new FingerLattice(slices, _costs, _options.HandSize, _options.BeamWidth);
        FingerState? path = null;
        for (var i = 0; i < slices.Count; i++) path = lattice.Enter(path, i, shapes[i], lattice.Alone(i, shapes[i]));
        return path?.Cost ?? 0;
    }

    /// <summary>How probable each finger (by number, 0 for none) of each note of a slice is.</summary>
    internal static double[,] Fingers(List<FingerState> column)
    {
        var least = column.Min(state => state.Forward + state.Backward);
        var probabilities = new double[column[0].Shape.Length, 6];
        double total = 0;
        foreach (var state in column)
        {
            var weight = Math.Exp(least - state.Forward - state.Backward);
            total += weight;
            for (var note = 0; note < state.Shape.Length; note++) probabilities[note, state.Shape[note]] += weight;
        }

        for (var note = 0; note < probabilities.GetLength(0); note++)
        {
            for (var finger = 0; finger < 6; finger++) probabilities[note, finger] /= total;
        }

        return probabilities;
    }

    private static FingerState[] MostProbable(List<FingerState>[] columns)
    {
        var gains = new Dictionary<FingerState, (double Gain, FingerState? Before)>();
        foreach (var column in columns)
        {
            var probabilities = Fingers(column);
            foreach (var state in column)
            {
                double own = 0;
                for (var note = 0; note < state.Shape.Length; note++) own += state.Shape[note] == 0 ? 0 : probabilities[note, state.Shape[note]];
                var best = (Gain: double.NegativeInfinity, Before: (FingerState?)null);
                foreach (var (before, cost) in state.From)
                {
                    var earlier = before is not null && gains.TryGetValue(before, out var known) ? known.Gain : 0;
                    var gain = earlier + own - OwnCost * cost / FingerLattice.Temperature;
                    if (gain > best.Gain) best = (gain, before);
                }

                gains[state] = best;
            }
        }

        var path = new FingerState[columns.Length];
        var step = columns[^1].MaxBy(state => gains[state].Gain);
        for (var i = columns.Length - 1; i >= 0; i--)
        {
            path[i] = step!;
            step = gains[step!].Before;
        }

        return path;
    }
}
