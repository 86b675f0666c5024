namespace Duomano.Networks.Tensors;

/// <summary>Numbers with sizes, as checkpoints hold them: float32, row-major.</summary>
public sealed class TensorData
{
    /// <summary>Wraps an array.</summary>
    /// <param name="values">Row-major values.</param>
    /// <param name="shape">Sizes; none for a scalar.</param>
    /// <exception cref="ArgumentException">The number of values is not the product of the sizes.</exception>
    public TensorData(float[] values, params IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(shape);
        var count = shape.Aggregate(1L, (product, size) => product * size);
        if (count != values.Length) throw new ArgumentException($"[{string.Join(", ", shape)}] has {count} values, not {values.Length}.", nameof(values));
        Values = values;
        Shape = shape;
    }

    /// <summary>Row-major values.</summary>
    public float[] Values { get; }

    /// <summary>Sizes.</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", Shape)}]";
}
