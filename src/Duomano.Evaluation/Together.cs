namespace Duomano.Evaluation;

/// <summary>How pairs of numbers go together, kept as sums so that they add up.</summary>
/// <param name="First">The first numbers.</param>
/// <param name="Second">The second ones, as many.</param>
/// <param name="Products">The sum of their products.</param>
public readonly record struct Together(Deviation First, Deviation Second, double Products)
{
    // Less of their size than rounding leaves is no variation.
    private const double Rounding = 1e-12;

    /// <summary>Pearson's correlation; NaN where one of both does not vary.</summary>
    public double Correlation => Varies(First) && Varies(Second) ? (Products / First.Count - First.Mean * Second.Mean) / (First.Standard * Second.Standard) : double.NaN;

    /// <summary>With one more pair.</summary>
    public Together With(double first, double second) => new(First.With(first), Second.With(second), Products + first * second);

    /// <summary>Of both sets of pairs.</summary>
    public static Together operator +(Together left, Together right) => new(left.First + right.First, left.Second + right.Second, left.Products + right.Products);

    /// <summary>Of both sets of pairs.</summary>
    public static Together Add(Together left, Together right) => left + right;

    private static bool Varies(Deviation numbers) => numbers.Count > 1 && numbers.Standard > Math.Sqrt(Rounding * numbers.Squares / numbers.Count);
}
