namespace Duomano.Evaluation;

/// <summary>How often which speed occurs, counted in steps, so that clips add up.</summary>
public sealed class SpeedDistribution
{
    private readonly SortedDictionary<int, long> _counts = [];
    private readonly double _step;

    /// <summary>An empty distribution.</summary>
    /// <param name="step">Speeds are told apart by so much, in their unit.</param>
    public SpeedDistribution(double step)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(step);
        _step = step;
    }

    /// <summary>How many speeds there are.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a speed.</summary>
    public void Add(double speed) => Add((int)Math.Ceiling(Math.Min(speed / _step, int.MaxValue / 2)), 1);

    /// <summary>Adds another distribution of equal steps.</summary>
    /// <exception cref="ArgumentException">The steps differ.</exception>
    public void Add(SpeedDistribution other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other._step != _step) throw new ArgumentException($"Steps of {other._step} and {_step} cannot be taken together.", nameof(other));
        foreach (var (bin, count) in other._counts) Add(bin, count);
    }

    /// <summary>The speed that a share of all does not exceed, rounded up to a step; 0 where there are none.</summary>
    /// <param name="share">0 to 1.</param>
    public double Percentile(double share)
    {
        var left = (long)Math.Ceiling(share * Count);
        foreach (var (bin, count) in _counts)
        {
            left -= count;
            if (left <= 0) return bin * _step;
        }

        return 0;
    }

    private void Add(int bin, long count)
    {
        _counts[bin] = _counts.GetValueOrDefault(bin) + count;
        Count += count;
    }
}
