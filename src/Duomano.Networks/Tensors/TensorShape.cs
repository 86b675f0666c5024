namespace Duomano.Networks.Tensors;

/// <summary>A tensor of which only the sizes are known.</summary>
/// <param name="Sizes">Its sizes.</param>
public sealed record TensorShape(IReadOnlyList<int> Sizes)
{
    /// <summary>Number of values.</summary>
    public long Count => Sizes.Aggregate(1L, (product, size) => product * size);

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Sizes)}]";
}
