using System.Numerics;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Vision.Keyboards;

/// <summary>
/// Maps the places of one plane onto those of another as a pinhole camera does: straight lines stay straight. Here from a picture's pixels to the
/// plane of the white keys (x to the treble and z towards the player, metres, as in the piano frame), or back.
/// </summary>
public sealed class Homography
{
    private readonly double[] _matrix;

    private Homography(double[] matrix) => _matrix = matrix;

    /// <summary>Makes one of its matrix.</summary>
    /// <param name="matrix">Nine numbers, row after row: (x, y, 1) is multiplied by it and divided by the third number of the result.</param>
    /// <exception cref="ArgumentException">The numbers are not nine, not finite, or all places would fall on a line.</exception>
    public static Homography FromMatrix(IReadOnlyList<double> matrix)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Count != 9) throw new ArgumentException($"A homography has 9 numbers, not {matrix.Count}.", nameof(matrix));
        double[] own = [.. matrix];
        if (own.Any(number => !double.IsFinite(number)) || Math.Abs(Determinant(own)) < 1e-300) throw new ArgumentException("The matrix maps all places onto a line.", nameof(matrix));
        return new(own);
    }

    /// <summary>
    /// Finds the homography that takes places to given ones: exactly for four, by least squares for more (direct linear transform with normalised
    /// places; Hartley and Zisserman, "Multiple View Geometry", 4.4).
    /// </summary>
    /// <param name="from">At least four places, no three of four on a line.</param>
    /// <param name="to">Where each belongs.</param>
    /// <param name="weights">How much each counts; null for all the same.</param>
    /// <exception cref="ArgumentException">There are fewer than four, or they lie on a line.</exception>
    public static Homography Fit(IReadOnlyList<Vector2> from, IReadOnlyList<Vector2> to, IReadOnlyList<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(from);
        ArgumentNullException.ThrowIfNull(to);
        if (from.Count != to.Count || from.Count < 4) throw new ArgumentException($"A homography needs at least four pairs of places, not {from.Count} and {to.Count}.", nameof(from));
        var (source, target) = (Normalizing(from), Normalizing(to));
        var rows = Matrix<double>.Build.Dense(2 * from.Count, 9);
        for (var i = 0; i < from.Count; i++)
        {
            var (x, y) = Apply(source, from[i].X, from[i].Y);
            var (u, v) = Apply(target, to[i].X, to[i].Y);
            var weight = weights is null ? 1 : Math.Sqrt(weights[i]);
            rows.SetRow(2 * i, [weight * x, weight * y, weight, 0, 0, 0, -weight * u * x, -weight * u * y, -weight * u]);
            rows.SetRow(2 * i + 1, [0, 0, 0, weight * x, weight * y, weight, -weight * v * x, -weight * v * y, -weight * v]);
        }

        // The direction in which the equations are violated least.
        var smallest = rows.TransposeThisAndMultiply(rows).Evd(Symmetricity.Symmetric).EigenVectors.Column(0);
        var matrix = Product(Inverse(target), Product([.. smallest], source));
        var size = Math.Sqrt(matrix.Sum(number => number * number));
        for (var i = 0; i < 9; i++) matrix[i] /= size;
        var relative = Product(target, Product(matrix, Inverse(source)));
        if (relative.Any(number => !double.IsFinite(number)) || Math.Abs(Determinant(relative)) < 1e-12 * Math.Pow(relative.Sum(number => number * number), 1.5))
        {
            throw new ArgumentException("The places lie on a line.", nameof(from));
        }

        return new(matrix);
    }

    /// <summary>Its nine numbers, row after row.</summary>
    public IReadOnlyList<double> Matrix => _matrix;

    /// <summary>Where a place is mapped to.</summary>
    public Vector2 Apply(Vector2 place)
    {
        var (x, y) = Apply(_matrix, place.X, place.Y);
        return new((float)x, (float)y);
    }

    /// <summary>The way back.</summary>
    public Homography Inverted() => new(Inverse(_matrix));

    /// <summary>First another, then this one.</summary>
    public Homography After(Homography first)
    {
        ArgumentNullException.ThrowIfNull(first);
        return new(Product(_matrix, first._matrix));
    }

    private static (double X, double Y) Apply(double[] m, double x, double y)
    {
        var w = m[6] * x + m[7] * y + m[8];
        return ((m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w);
    }

    // Moves places around 0 and makes them about 1 large, so that the equations are well conditioned.
    private static double[] Normalizing(IReadOnlyList<Vector2> places)
    {
        var (x, y) = (places.Average(place => (double)place.X), places.Average(place => (double)place.Y));
        var scale = Math.Sqrt(2) / Math.Max(1e-12, places.Average(place => Math.Sqrt(Math.Pow(place.X - x, 2) + Math.Pow(place.Y - y, 2))));
        return [scale, 0, -scale * x, 0, scale, -scale * y, 0, 0, 1];
    }

    private static double[] Product(double[] a, double[] b)
    {
        var product = new double[9];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++)
            {
                for (var k = 0; k < 3; k++) product[3 * row + column] += a[3 * row + k] * b[3 * k + column];
            }
        }

        return product;
    }

    private static double[] Inverse(double[] m)
    {
        var determinant = Determinant(m);
        return
        [
            (m[4] * m[8] - m[5] * m[7]) / determinant, (m[2] * m[7] - m[1] * m[8]) / determinant, (m[1] * m[5] - m[2] * m[4]) / determinant,
            (m[5] * m[6] - m[3] * m[8]) / determinant, (m[0] * m[8] - m[2] * m[6]) / determinant, (m[2] * m[3] - m[0] * m[5]) / determinant,
            (m[3] * m[7] - m[4] * m[6]) / determinant, (m[1] * m[6] - m[0] * m[7]) / determinant, (m[0] * m[4] - m[1] * m[3]) / determinant,
        ];
    }

    private static double Determinant(double[] m) =>
        m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) + m[2] * (m[3] * m[7] - m[4] * m[6]);
}
