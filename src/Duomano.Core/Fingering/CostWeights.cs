using System.Collections.Immutable;

namespace Duomano.Core.Fingering;

/// <summary>The cost of each of a search's terms, in arbitrary units.</summary>
/// <typeparam name="TTerm">What names the terms, such as <see cref="FingerTerm"/>.</typeparam>
public sealed record CostWeights<TTerm>
    where TTerm : struct, Enum
{
    private static readonly TTerm[] Terms = Enum.GetValues<TTerm>();

    /// <summary>Takes the cost of each term; those not named cost nothing.</summary>
    /// <param name="costs">Terms and their costs.</param>
    /// <exception cref="ArgumentException">A term is named twice, or a cost is not finite.</exception>
    public CostWeights(params IEnumerable<(TTerm Term, double Cost)> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        var values = new double[Terms.Length];
        var named = new HashSet<TTerm>();
        foreach (var (term, cost) in costs)
        {
            var index = Array.IndexOf(Terms, term);
            if (index < 0 || !named.Add(term)) throw new ArgumentException($"The term {term} is unknown or named twice.", nameof(costs));
            if (!double.IsFinite(cost)) throw new ArgumentException($"The cost of {term} is {cost}, which is not finite.", nameof(costs));
            values[index] = cost;
        }

        Values = [.. values];
    }

    /// <summary>One cost a term, in the order of <typeparamref name="TTerm"/>.</summary>
    public ImmutableArray<double> Values { get; private init; }

    /// <summary>The cost of a term.</summary>
    public double this[TTerm term] => Values[Array.IndexOf(Terms, term)];

    /// <summary>The same with one cost changed.</summary>
    /// <exception cref="ArgumentException">The cost is not finite.</exception>
    public CostWeights<TTerm> With(TTerm term, double cost)
    {
        if (!double.IsFinite(cost)) throw new ArgumentException($"The cost of {term} is {cost}, which is not finite.", nameof(cost));
        return this with { Values = Values.SetItem(Array.IndexOf(Terms, term), cost) };
    }

    /// <summary>Whether both have the same costs.</summary>
    public bool Equals(CostWeights<TTerm>? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var value in Values) hash.Add(value);
        return hash.ToHashCode();
    }
}
