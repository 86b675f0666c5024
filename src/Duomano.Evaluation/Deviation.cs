namespace Duomano.Evaluation;

/// <summary>Mean and standard deviation of numbers, kept as sums so that they add up.</summary>
/// <param name="Count">How many.</param>
/// <param name="Sum">Their sum.</param>
/// <param name="Squares">The sum of their squares.</param>
public readonly record struct Deviation(int Count, double Sum, double Squares)
{
    /// <summary>Their mean; 0 if there are none.</summary>
    public double Mean => Count == 0 ? 0 : Sum / Count;

    /// <summary>Their standard deviation; 0 if there are none.</summary>
    public double Standard => Count == 0 ? 0 : Math.Sqrt(Math.Max(0, Squares / Count - Mean * Mean));

    /// <summary>Of numbers.</summary>
    /// <param name="values">The numbers.</param>
    public static Deviation Of(IEnumerable<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var result = default(Deviation);
        foreach (var value in values) result = result.With(value);
        return result;
    }

    /// <summary>With one more number.</summary>
    public Deviation With(double value) => new(Count + 1, Sum + value, Squares + value * value);

    /// <summary>Of both sets of numbers.</summary>
    public static Deviation operator +(Deviation left, Deviation right) => new(left.Count + right.Count, left.Sum + right.Sum, left.Squares + right.Squares);

    /// <summary>Of both sets of numbers.</summary>
    public static Deviation Add(Deviation left, Deviation right) => left + right;
}
