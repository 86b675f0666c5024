using System.Numerics;
using Duomano.Core.Numerics;
using static Duomano.Training.Running.RecipeCheck;

namespace Duomano.Training.Motion;

/// <summary>
/// Slow random displacements of predicted wrist tracks, so that gestures learn to reach the keys from where a predictor puts
/// the wrist in pieces it has not learned from: there it errs by more than on those it has.
/// </summary>
public sealed record PredictionNoise
{
    /// <summary>Standard deviation along the keyboard, metres.</summary>
    public double Along { get; init => field = AtLeastZero(value); } = 0.005;

    /// <summary>Standard deviation of the height, metres.</summary>
    public double Up { get; init => field = AtLeastZero(value); } = 0.002;

    /// <summary>Standard deviation into the keyboard and out of it, metres.</summary>
    public double Inwards { get; init => field = AtLeastZero(value); } = 0.004;

    /// <summary>Frames from one independent displacement to the next.</summary>
    public int DriftFrames { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(DriftFrames)} is at least 1."); } = 20;

    /// <summary>Draws displacements.</summary>
    /// <param name="frames">Number of frames.</param>
    /// <param name="random">What draws.</param>
    /// <returns>[frames], metres.</returns>
    public Vector3[] Draw(int frames, SeededRandom random)
    {
        ArgumentNullException.ThrowIfNull(random);
        Vector3 Knot() => new((float)(random.NextGaussian() * Along), (float)(random.NextGaussian() * Up), (float)(random.NextGaussian() * Inwards));
        var knots = Enumerable.Range(0, frames / DriftFrames + 2).Select(_ => Knot()).ToArray();
        var drawn = new Vector3[frames];
        for (var frame = 0; frame < frames; frame++)
        {
            var way = frame % DriftFrames / (float)DriftFrames;
            drawn[frame] = Vector3.Lerp(knots[frame / DriftFrames], knots[frame / DriftFrames + 1], way * way * (3 - 2 * way));
        }

        return drawn;
    }
}
