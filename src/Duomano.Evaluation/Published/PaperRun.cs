using Duomano.Core.Hands;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>What was found of all windows generated with one seed.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Hands">Each hand's averages over the windows.</param>
/// <param name="GestureDistance">FGD; null without an autoencoder.</param>
/// <param name="FeatureDifference">Mean summed difference of the features of pairs; null without an autoencoder.</param>
/// <param name="Speed">Seconds of music generated in a second.</param>
public sealed record PaperRun(long Seed, PerHand<PairMeasures> Hands, double? GestureDistance, double? FeatureDifference, double Speed)
{
    /// <summary>Both hands' average; none of a form that one of them lacks.</summary>
    public PairMeasures Together => PairMeasures.Average([Hands.Left, Hands.Right]) is var both && Hands is { Left.Ours: not null, Right.Ours: not null } ? both : both with { Ours = null };

    /// <summary>The published score that models are chosen by; null without an autoencoder.</summary>
    public double? SelectionScore => GestureDistance is { } distance ? Published.SelectionScore.Of(Hands.Map(hand => hand.Reference), distance) : null;

    /// <summary>Measures windows.</summary>
    /// <param name="seed">The seed they were generated with.</param>
    /// <param name="windows">Pairs of both hands' annotated and generated motion.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="speed">Seconds of music generated in a second.</param>
    /// <param name="features">[features] of a window's both hands; null where there is no autoencoder.</param>
    /// <param name="threads">How many windows are measured at the same time.</param>
    /// <exception cref="ArgumentException">There is no window.</exception>
    public static PaperRun Measure(
        long seed, IReadOnlyList<(PerHand<HandMotion> Real, PerHand<HandMotion> Generated)> windows, double fps, double speed,
        Func<PerHand<HandMotion>, float[]>? features, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(windows);
        PerHand<PairMeasures>[] found = [.. windows.AsParallel().AsOrdered().WithDegreeOfParallelism(threads)
            .Select(window => window.Real.Zip(window.Generated, (real, generated) => PairMeasures.Measure(real, generated, fps)))];
        var hands = PerHand.Create(side => PairMeasures.Average([.. found.Select(window => window[side])]));
        if (features is null || windows.Count < 2) return new(seed, hands, null, null, speed);
        Matrix<double> Features(Func<(PerHand<HandMotion> Real, PerHand<HandMotion> Generated), PerHand<HandMotion>> which)
        {
            float[][] rows = [.. windows.Select(window => features(which(window)))];
            return Samples.Rows([.. rows.SelectMany(row => row)], rows[0].Length);
        }

        var (real, generated) = (Features(window => window.Real), Features(window => window.Generated));
        return new(seed, hands, Published.GestureDistance.Frechet(real, generated), Published.GestureDistance.MeanDifference(real, generated), speed);
    }
}
