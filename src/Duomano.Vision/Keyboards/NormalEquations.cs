using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Vision.Keyboards;

/// <summary>Sums linear equations up and solves them by least squares.</summary>
internal sealed class NormalEquations(int unknowns)
{
    private readonly double[] _left = new double[unknowns * unknowns], _right = new double[unknowns];

    public void Add(ReadOnlySpan<double> row, double value, double weight = 1)
    {
        for (var i = 0; i < unknowns; i++)
        {
            for (var k = 0; k < unknowns; k++) _left[i * unknowns + k] += weight * row[i] * row[k];
            _right[i] += weight * row[i] * value;
        }
    }

    /// <summary>Says of one unknown that it is about this large.</summary>
    public void Expect(int unknown, double value, double weight)
    {
        _left[unknown * unknowns + unknown] += weight;
        _right[unknown] += weight * value;
    }

    /// <summary>The unknowns, or null when the equations do not tell them.</summary>
    public double[]? Solve()
    {
        var solution = Matrix<double>.Build.Dense(unknowns, unknowns, _left).Solve(Vector<double>.Build.Dense(_right)).ToArray();
        return solution.All(double.IsFinite) ? solution : null;
    }
}
