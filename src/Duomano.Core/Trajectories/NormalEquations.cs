using Duomano.Core.Numerics;

namespace Duomano.Core.Trajectories;

/// <summary>
/// The Gauss–Newton equations of a stretch of frames: rows of residuals are added to a matrix whose blocks, one a frame,
/// are tied together by the smoothness over four frames.
/// </summary>
internal sealed class NormalEquations
{
    private const int Width = HandState.Length;
    private readonly BandedCholesky _matrix;
    private readonly double[] _right;
    private readonly double[] _costs;

    public NormalEquations(int frames)
    {
        _matrix = new(frames * Width, 3 * Width);
        _right = new double[frames * Width];
        _costs = new double[frames];
    }

    public void Clear()
    {
        _matrix.Clear();
        Array.Clear(_right);
        Array.Clear(_costs);
    }

    /// <summary>Adds weight · (row · step + residual)² for entries of one frame.</summary>
    /// <param name="frame">Which frame.</param>
    /// <param name="columns">Its numbers that matter, ascending.</param>
    /// <param name="row">The residual's derivative by each.</param>
    /// <param name="residual">Its value now.</param>
    /// <param name="weight">How much it counts.</param>
    public void Add(int frame, ReadOnlySpan<int> columns, ReadOnlySpan<double> row, double residual, double weight)
    {
        var start = frame * Width;
        _costs[frame] += weight * residual * residual;
        for (var a = 0; a < columns.Length; a++)
        {
            var scaled = weight * row[a];
            _right[start + columns[a]] -= scaled * residual;
            for (var b = 0; b <= a; b++) _matrix[start + columns[a], start + columns[b]] += scaled * row[b];
        }
    }

    /// <summary>Adds weight · (step + residual)² for one number.</summary>
    public void Add(int frame, int column, double residual, double weight)
    {
        var index = frame * Width + column;
        _costs[frame] += weight * residual * residual;
        _right[index] -= weight * residual;
        _matrix[index, index] += weight;
    }

    /// <summary>Adds weight · (third difference)² of one number over the frames up to a frame; those before 0 stand still.</summary>
    public void AddSmoothness(int frame, int column, double difference, double weight)
    {
        ReadOnlySpan<double> factors = [-1, 3, -3, 1];
        for (var a = 0; a < 4; a++)
        {
            var row = (frame - 3 + a) * Width + column;
            if (row < 0) continue;
            _right[row] -= weight * factors[a] * difference;
            _costs[frame - 3 + a < 0 ? 0 : frame - 3 + a] += weight * difference * difference / 4;
            for (var b = 0; b <= a; b++)
            {
                var other = (frame - 3 + b) * Width + column;
                if (other >= 0) _matrix[row, other] += weight * factors[a] * factors[b];
            }
        }
    }

    /// <summary>What a frame costs as it is, smoothness apart.</summary>
    public double Cost(int frame) => _costs[frame];

    /// <summary>Holds a number of a frame where it is.</summary>
    public void Damp(int frame, int column, double weight) => _matrix[frame * Width + column, frame * Width + column] += weight;

    /// <summary>Solves for the step of the first frames.</summary>
    public ReadOnlySpan<double> Solve(int frames)
    {
        var step = _right.AsSpan(0, frames * Width);
        _matrix.Solve(step);
        return step;
    }
}
