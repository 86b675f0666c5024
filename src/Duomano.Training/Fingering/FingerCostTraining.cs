using Duomano.Core.Fingering;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Training.Fingering;

/// <summary>
/// Learns costs under which printed fingers are likely: a conditional random field over fingerings (Lafferty, McCallum and
/// Pereira 2001), in which fingers that are not printed are summed over, by AdaGrad (Duchi, Hazan and Singer 2011).
/// </summary>
internal sealed class FingerCostTraining
{
    // Ways less probable than this are not counted.
    private const double Negligible = 1e-3;

    private static readonly FingerTerm[] Terms = Enum.GetValues<FingerTerm>();

    private readonly FingerTrainingOptions _options;
    private readonly IReadOnlyList<FingerStretch> _stretches;
    private readonly int _labels;
    private readonly double[] _start = [.. TunedWeights.Fingers.Values, .. new double[FingerPatterns.Count]];
    private readonly double[] _weights;
    private readonly double[] _squares;

    /// <summary>Prepares a training.</summary>
    /// <param name="pieces">Pieces, all notes with hands and some with fingers.</param>
    /// <param name="options">How to train.</param>
    /// <exception cref="ArgumentException">A note has no hand, or no note has a finger.</exception>
    public FingerCostTraining(IReadOnlyList<FingeredPiece> pieces, FingerTrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(pieces);
        ArgumentNullException.ThrowIfNull(options);
        if (pieces.Any(piece => piece.Notes.Any(note => note.Hand is null))) throw new ArgumentException("A note to learn from has no hand.", nameof(pieces));
        _options = options;
        _stretches =
        [
            .. pieces.SelectMany(piece => Enumerable.Repeat(piece.Notes, piece.Printed ? options.PrintedRepeats : 1))
                .Concat(Enumerable.Repeat(MethodBook.Pieces(), options.MethodBook).SelectMany(book => book))
                .SelectMany(FingerStretch.Of),
        ];
        _labels = _stretches.Sum(stretch => stretch.Labels);
        if (!pieces.Any(piece => piece.Notes.Any(note => note.Finger is not null))) throw new ArgumentException("No note has a finger to learn from.", nameof(pieces));
        _weights = [.. _start];
        _squares = new double[_start.Length];
    }

    /// <summary>Trains.</summary>
    /// <param name="report">Told after each pass.</param>
    /// <param name="cancellation">Stops it.</param>
    public LearnedCosts Fit(IProgress<NoteTrainingProgress>? report = null, CancellationToken cancellation = default)
    {
        var random = new SeededRandom(_options.Seed, "fingers");
        var order = _stretches.ToArray();
        var sums = new double[_weights.Length];
        var summed = 0;
        for (var pass = 1; pass <= _options.Passes; pass++)
        {
            random.Shuffle(order);
            double loss = 0;
            foreach (var stretch in order)
            {
                cancellation.ThrowIfCancellationRequested();
                loss += Learn(stretch, _options.Rate / Math.Sqrt(1 + 0.3 * (pass - 1)));
                if (pass == 1 && _options.Passes > 1) continue;
                for (var i = 0; i < sums.Length; i++) sums[i] += _weights[i];
                summed++;
            }

            report?.Report(new("costs", pass, _options.Passes, loss / _labels, double.NaN));
        }

        // The mean of where it has been is better than where it is at last.
        double[] mean = [.. sums.Select(sum => sum / summed)];
        return new(new(Terms.Zip(mean)), mean[Terms.Length..]);
    }

    // One step; returns minus the logarithm of the probability of the fingers printed in the stretch.
    private double Learn(FingerStretch stretch, double rate)
    {
        var costs = new FingeringCosts(new(Terms.Zip(_weights)), 1, _weights[Terms.Length..]);
        var gradient = new double[_weights.Length];
        var loss = Expect(stretch.Printed, costs, gradient, 1) - Expect(stretch.Free, costs, gradient, -1);
        if (!double.IsFinite(loss)) return 0;
        var share = (double)stretch.Labels / _labels / FingerLattice.Temperature;
        for (var i = 0; i < _weights.Length; i++)
        {
            var away = _weights[i] - _start[i];
            if (gradient[i] == 0 && away == 0) continue;
            var slope = gradient[i] + (i < Terms.Length ? _options.TermPull : _options.PatternPull) * share * away;
            _squares[i] += slope * slope;
            _weights[i] -= rate * FingerLattice.Temperature * slope / Math.Sqrt(_squares[i] + 1e-6);
        }

        return loss;
    }

    // Adds what is expected of each term and pattern to the gradient; returns minus the logarithm of the weight of all fingerings.
    private double Expect(IReadOnlyList<Slice> slices, FingeringCosts costs, double[] gradient, double sign)
    {
        var lattice = new FingerLattice(slices, costs, 1, _options.BeamWidth);
        var columns = lattice.Columns(null, 0, slices.Count);
        var total = columns[^1].Aggregate(double.PositiveInfinity, (sum, state) => FingerLattice.Sum(sum, state.Forward));
        costs.Tally = new double[Terms.Length];
        costs.PatternTally = new double[FingerPatterns.Count];
        for (var i = 0; i < slices.Count; i++)
        {
            foreach (var state in columns[i])
            {
                double sum = 0;
                foreach (var (before, cost) in state.From)
                {
                    var probability = Math.Exp(total - (before?.Forward ?? 0) - cost / FingerLattice.Temperature - state.Backward);
                    if (probability < Negligible) continue;
                    sum += probability;
                    costs.TallyScale = probability * sign;
                    lattice.Enter(before, i, state.Shape, 0);
                }

                if (sum == 0) continue;
                costs.TallyScale = sum * sign;
                lattice.Alone(i, state.Shape);
            }
        }

        for (var i = 0; i < Terms.Length; i++) gradient[i] += costs.Tally[i];
        for (var i = 0; i < FingerPatterns.Count; i++) gradient[Terms.Length + i] += costs.PatternTally[i];
        costs.Tally = costs.PatternTally = null;
        return total;
    }
}
