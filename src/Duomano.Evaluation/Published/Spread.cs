namespace Duomano.Evaluation.Published;

/// <summary>A figure over several runs.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation (divisor n − 1); 0 for one run.</param>
public readonly record struct Spread(double Mean, double Deviation)
{
    /// <summary>Of the figures of the runs.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Spread Of(IEnumerable<double> figures)
    {
        double[] all = [.. figures];
        if (all.Length == 0) throw new ArgumentException("There is no run.", nameof(figures));
        var mean = all.Average();
        return new(mean, all.Length == 1 ? 0 : Math.Sqrt(all.Sum(figure => (figure - mean) * (figure - mean)) / (all.Length - 1)));
    }
}
