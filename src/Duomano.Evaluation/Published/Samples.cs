using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>Rows of numbers, such as the frames of a sequence, as matrices in double precision.</summary>
public static class Samples
{
    /// <summary>Copies row-major numbers.</summary>
    /// <param name="values">[rows, width].</param>
    /// <param name="width">Numbers a row.</param>
    /// <exception cref="ArgumentException">There is no whole number of rows, or a number is not finite.</exception>
    public static Matrix<double> Rows(ReadOnlySpan<float> values, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        if (values.Length % width != 0) throw new ArgumentException($"{values.Length} numbers are no rows of {width}.", nameof(values));
        var rows = Matrix<double>.Build.Dense(values.Length / width, width);
        for (var i = 0; i < values.Length; i++)
        {
            if (!float.IsFinite(values[i])) throw new ArgumentException($"Number {i % width} of row {i / width} is {values[i]}.", nameof(values));
            rows[i / width, i % width] = values[i];
        }

        return rows;
    }

    /// <summary>The mean row.</summary>
    internal static Vector<double> Mean(this Matrix<double> samples) => samples.ColumnSums() / samples.RowCount;

    /// <summary>Some of the samples, in order.</summary>
    internal static Matrix<double> Where(this Matrix<double> samples, IReadOnlyList<bool> kept) =>
        kept.All(keep => keep) ? samples : Matrix<double>.Build.DenseOfRowVectors(samples.EnumerateRows().Where((_, i) => kept[i]));

    /// <summary>The samples with a row subtracted from each.</summary>
    internal static Matrix<double> Minus(this Matrix<double> samples, Vector<double> row) =>
        Matrix<double>.Build.Dense(samples.RowCount, samples.ColumnCount, (i, j) => samples[i, j] - row[j]);

    /// <summary>
    /// A matrix with as few rows as possible that has the same RᵀR, and so the same singular values and right singular
    /// vectors: the triangle of the QR decomposition of a tall matrix, any other matrix itself.
    /// </summary>
    internal static Matrix<double> Condensed(this Matrix<double> samples) =>
        samples.RowCount > samples.ColumnCount ? samples.QR(MathNet.Numerics.LinearAlgebra.Factorization.QRMethod.Thin).R : samples;
}
