using Duomano.Core.Numerics;

namespace Duomano.Networks.Tensors;

/// <summary>One trained value that a network asks for.</summary>
/// <param name="Name">Its name in checkpoints.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Initialization">How training starts it.</param>
public sealed record ParameterDeclaration(string Name, IReadOnlyList<int> Shape, Initialization Initialization)
{
    /// <summary>Number of values.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>Draws the values that training starts from; they depend on the seed and the name alone.</summary>
    /// <param name="seed">Which random numbers.</param>
    public float[] Draw(long seed)
    {
        var values = new float[Count];
        var amount = Initialization.Value;
        var random = new SeededRandom(seed, Name);
        switch (Initialization.Kind)
        {
            case InitializationKind.Uniform:
                for (var i = 0; i < values.Length; i++) values[i] = (float)random.Uniform(-amount, amount);
                break;
            case InitializationKind.Normal:
                random.FillGaussian(values);
                for (var i = 0; i < values.Length; i++) values[i] *= amount;
                break;
            default:
                Array.Fill(values, amount);
                break;
        }

        return values;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} [{string.Join(", ", Shape)}]";
}
