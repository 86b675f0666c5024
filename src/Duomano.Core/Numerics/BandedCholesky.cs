using System.Numerics;
using System.Runtime.InteropServices;

namespace Duomano.Core.Numerics;

/// <summary>
/// A symmetric positive definite matrix whose entries lie near its diagonal, solved by Cholesky factors: time grows with
/// its rows, and memory with its rows times its band. Made once and filled again and again.
/// </summary>
public sealed class BandedCholesky
{
    // A pivot smaller than this share of its diagonal entry has lost all its digits: that unknown is left where it is.
    private const double Lost = 1e-13;

    private readonly double[] _entries;
    private readonly int _stride;

    /// <summary>Makes room for a matrix of zeros.</summary>
    /// <param name="rows">Number of unknowns.</param>
    /// <param name="band">Farthest entry from the diagonal.</param>
    public BandedCholesky(int rows, int band)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(band);
        (Rows, Band, _stride) = (rows, band, band + 1);
        _entries = new double[checked(rows * _stride)];
    }

    /// <summary>Number of unknowns.</summary>
    public int Rows { get; }

    /// <summary>Farthest entry from the diagonal.</summary>
    public int Band { get; }

    /// <summary>An entry on or below the diagonal (column ≤ row ≤ column + band).</summary>
    public ref double this[int row, int column] => ref _entries[row * _stride + Band - row + column];

    /// <summary>Sets all entries to zero.</summary>
    public void Clear() => Array.Clear(_entries);

    /// <summary>Replaces the first rows of the matrix by their Cholesky factor and solves for one right-hand side.</summary>
    /// <param name="right">The right-hand side; receives the solution. Its length says how many rows count.</param>
    public void Solve(Span<double> right)
    {
        if (right.Length > Rows) throw new ArgumentException($"{right.Length} values for {Rows} unknowns.", nameof(right));
        var rows = right.Length;
        for (var i = 0; i < rows; i++)
        {
            var first = Math.Max(0, i - Band);
            var row = _entries.AsSpan(i * _stride + Band - i + first, i - first + 1);
            for (var j = first; j < i; j++)
            {
                var start = Math.Max(first, j - Band);
                var other = _entries.AsSpan(j * _stride + Band - j + start, j - start + 1);
                row[j - first] = (row[j - first] - Dot(row.Slice(start - first, j - start), other[..^1])) * other[^1];
            }

            // The diagonal holds the pivot's inverse: one division a row.
            var pivot = row[^1] - Dot(row[..^1], row[..^1]);
            row[^1] = pivot > Lost * row[^1] ? 1 / Math.Sqrt(pivot) : 0;
            right[i] = (right[i] - Dot(row[..^1], right.Slice(first, i - first))) * row[^1];
        }

        for (var i = rows - 1; i >= 0; i--)
        {
            var first = Math.Max(0, i - Band);
            var row = _entries.AsSpan(i * _stride + Band - i + first, i - first + 1);
            var value = right[i] *= row[^1];
            for (var j = first; j < i; j++) right[j] -= row[j - first] * value;
        }
    }

    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var va = MemoryMarshal.Cast<double, Vector<double>>(a);
        var vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        var (even, odd) = (Vector<double>.Zero, Vector<double>.Zero);
        var k = 0;
        for (; k + 1 < va.Length && k + 1 < vb.Length; k += 2)
        {
            even += va[k] * vb[k];
            odd += va[k + 1] * vb[k + 1];
        }

        if (k < va.Length && k < vb.Length) even += va[k] * vb[k];
        var sum = Vector.Sum(even + odd);
        for (var i = va.Length * Vector<double>.Count; i < a.Length && i < b.Length; i++) sum += a[i] * b[i];
        return sum;
    }
}
