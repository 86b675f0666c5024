namespace Duomano.Networks.Tensors;

/// <summary>One trained value that a network asks for.</summary>
/// <param name="Name">Its name in checkpoints.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Initialization">How training starts it.</param>
public sealed record ParameterDeclaration(string Name, IReadOnlyList<int> Shape, Initialization Initialization)
{
    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
