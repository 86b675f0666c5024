namespace Duomano.Core.Numerics;

/// <summary>
/// Whittaker–Henderson smoothing with third differences: the path that follows weighted wishes with the least jerk.
/// Minimizes Σ w (x − y)² + λ Σ (Δ³x)², a system with seven diagonals solved by Cholesky factors in linear time.
/// </summary>
internal static class PathSmoother
{
    /// <summary>The strength that lets motion through up to a frequency.</summary>
    /// <param name="hertz">Where a wish of weight 1 is followed half way.</param>
    /// <param name="fps">Frames a second.</param>
    public static double Strength(double hertz, double fps) => Math.Pow(2 * Math.Sin(Math.PI * Math.Min(hertz / fps, 0.5)), -6);

    /// <summary>Solves for the path.</summary>
    /// <param name="sums">Weights times wishes, a frame.</param>
    /// <param name="weights">Weights, a frame; some must be positive.</param>
    /// <param name="strength">λ.</param>
    public static double[] Solve(ReadOnlySpan<double> sums, ReadOnlySpan<double> weights, double strength)
    {
        var n = sums.Length;
        var diagonals = new double[n, 4];
        for (var i = 0; i < n; i++) diagonals[i, 0] = weights[i] + 1e-9;
        ReadOnlySpan<double> difference = [-1, 3, -3, 1];
        for (var i = 0; i + 3 < n; i++)
        {
            for (var a = 0; a < 4; a++)
            {
                for (var b = a; b < 4; b++) diagonals[i + a, b - a] += strength * difference[a] * difference[b];
            }
        }

        // LDLᵀ in place: diagonals[i, k] becomes L[i + k, i], diagonals[i, 0] the pivot.
        var path = sums.ToArray();
        for (var i = 0; i < n; i++)
        {
            var pivot = diagonals[i, 0];
            for (var a = 1; a < 4 && i + a < n; a++)
            {
                var factor = diagonals[i, a] / pivot;
                for (var b = a; b < 4 && i + b < n; b++) diagonals[i + a, b - a] -= factor * diagonals[i, b];
                path[i + a] -= factor * path[i];
            }

            for (var a = 1; a < 4; a++) diagonals[i, a] /= pivot;
        }

        for (var i = n - 1; i >= 0; i--)
        {
            path[i] /= diagonals[i, 0];
            for (var a = 1; a < 4 && i + a < n; a++) path[i] -= diagonals[i, a] * path[i + a];
        }

        return path;
    }
}
