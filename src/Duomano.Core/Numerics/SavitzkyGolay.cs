namespace Duomano.Core.Numerics;

/// <summary>
/// Smoothing by a polynomial fitted to each window (Savitzky and Golay 1964). Near the ends, where no whole window
/// is centred, values are taken from the polynomial through the first or last whole window.
/// </summary>
public sealed class SavitzkyGolay
{
    // Row p: the weights that give the fitted polynomial's value at place p of the window.
    private readonly double[][] _weights;

    /// <summary>Makes a filter.</summary>
    /// <param name="window">Frames in a window; odd.</param>
    /// <param name="order">Degree of the polynomial, less than the window.</param>
    public SavitzkyGolay(int window = 5, int order = 2)
    {
        if (window < 1 || window % 2 == 0) throw new ArgumentOutOfRangeException(nameof(window), window, "A window has an odd number of frames.");
        if (order < 0 || order >= window) throw new ArgumentOutOfRangeException(nameof(order), order, $"The degree must be 0 to {window - 1}.");
        Window = window;
        Order = order;
        _weights = Weights(window, order);
    }

    /// <summary>Frames in a window.</summary>
    public int Window { get; }

    /// <summary>Degree of the polynomial.</summary>
    public int Order { get; }

    /// <summary>Smooths columns over time.</summary>
    /// <param name="values">Row-major [frames, columns].</param>
    /// <param name="columns">Columns a frame.</param>
    /// <returns>A new array. With fewer frames than a window, smoothed by a window (and degree) as large as fits.</returns>
    public float[] Smooth(ReadOnlySpan<float> values, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (values.Length % columns != 0) throw new ArgumentException($"{values.Length} values are no whole frames of {columns}.", nameof(values));
        var frames = values.Length / columns;
        if (frames == 0) return [];
        if (frames < Window)
        {
            var window = frames - (frames + 1) % 2;
            return new SavitzkyGolay(window, Math.Min(Order, window - 1)).Smooth(values, columns);
        }

        var smoothed = new float[values.Length];
        var sums = new double[columns];
        for (var frame = 0; frame < frames; frame++)
        {
            var first = Math.Clamp(frame - Window / 2, 0, frames - Window);
            var weights = _weights[frame - first];
            Array.Clear(sums);
            for (var k = 0; k < Window; k++)
            {
                var row = values.Slice((first + k) * columns, columns);
                for (var column = 0; column < columns; column++) sums[column] += weights[k] * row[column];
            }

            for (var column = 0; column < columns; column++) smoothed[frame * columns + column] = (float)sums[column];
        }

        return smoothed;
    }

    private static double[][] Weights(int window, int order)
    {
        // Orthonormal polynomials over the window's places (Gram–Schmidt on the monomials): the fit's value at p is Σ_k Σ_d q_d(p)·q_d(k)·y_k.
        var basis = new List<double[]>();
        for (var degree = 0; degree <= order; degree++)
        {
            var half = Math.Max(window / 2, 1);
            var polynomial = new double[window];
            for (var k = 0; k < window; k++) polynomial[k] = Math.Pow((k - window / 2) / (double)half, degree);
            for (var pass = 0; pass < 2; pass++)
            {
                foreach (var known in basis)
                {
                    var overlap = Dot(polynomial, known);
                    for (var k = 0; k < window; k++) polynomial[k] -= overlap * known[k];
                }
            }

            var length = Math.Sqrt(Dot(polynomial, polynomial));
            basis.Add(Array.ConvertAll(polynomial, value => value / length));
        }

        return [.. Enumerable.Range(0, window).Select(p => Enumerable.Range(0, window).Select(k => basis.Sum(q => q[p] * q[k])).ToArray())];
    }

    private static double Dot(double[] a, double[] b)
    {
        var sum = 0.0;
        for (var k = 0; k < a.Length; k++) sum += a[k] * b[k];
        return sum;
    }
}
