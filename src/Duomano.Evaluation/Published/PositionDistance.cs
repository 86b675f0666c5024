using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>PD: how far apart the positions of a hand are in two sequences, mean over the frames.</summary>
public static class PositionDistance
{
    /// <summary>The published arithmetic: x and y only; the distance from the camera is left out. Metres.</summary>
    /// <param name="real">[frames, 3] positions in the camera frame, metres.</param>
    /// <param name="generated">As many frames.</param>
    public static double Reference(Matrix<double> real, Matrix<double> generated) => Mean(real, generated, 2);

    /// <summary>The distance in space, metres.</summary>
    /// <param name="real">[frames, 3] positions, metres.</param>
    /// <param name="generated">As many frames.</param>
    public static double Measure(Matrix<double> real, Matrix<double> generated) => Mean(real, generated, 3);

    private static double Mean(Matrix<double> real, Matrix<double> generated, int axes)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        if (real.RowCount != generated.RowCount || real.ColumnCount != 3 || generated.ColumnCount != 3)
        {
            throw new ArgumentException($"[{real.RowCount}, {real.ColumnCount}] and [{generated.RowCount}, {generated.ColumnCount}] are not positions of the same frames.", nameof(generated));
        }

        return (real - generated).SubMatrix(0, real.RowCount, 0, axes).RowNorms(2).Mean();
    }

    private static double Mean(this Vector<double> values) => values.Sum() / values.Count;
}
