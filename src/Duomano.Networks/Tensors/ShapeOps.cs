namespace Duomano.Networks.Tensors;

/// <summary>
/// The engine that computes nothing: it follows the shapes through a network, refuses those that do not fit together and
/// lists the parameters asked for.
/// </summary>
public sealed partial class ShapeOps : ITensorOps<TensorShape>
{
    private readonly Dictionary<string, ParameterDeclaration> _byName = new(StringComparer.Ordinal);
    private readonly List<ParameterDeclaration> _declared = [];
    private long _multiplications;

    /// <summary>The parameters asked for so far, in order.</summary>
    public IReadOnlyList<ParameterDeclaration> Declared => _declared;

    /// <summary>Products that are added up in matrix products, linear layers and convolutions so far: half of the arithmetic.</summary>
    public long Multiplications => _multiplications;

    /// <summary>A network's input.</summary>
    public static TensorShape Input(params IReadOnlyList<int> shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        foreach (var size in shape) ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(shape));
        return new([.. shape]);
    }

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape(TensorShape x) => x.Sizes;

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The name was used before with other sizes.</exception>
    public TensorShape Parameter(string name, IReadOnlyList<int> shape, Initialization initialization)
    {
        var result = Input(shape);
        if (_byName.TryGetValue(name, out var known))
        {
            Require(known.Shape.SequenceEqual(shape), $"'{name}' is asked for as {result} and as {known}.");
            return result;
        }

        var declaration = new ParameterDeclaration(name, result.Sizes, initialization);
        _byName.Add(name, declaration);
        _declared.Add(declaration);
        return result;
    }

    /// <inheritdoc/>
    public TensorShape Constant(ReadOnlySpan<float> values, params IReadOnlyList<int> shape)
    {
        var result = Input(shape);
        Require(result.Count == values.Length, $"{result} has {result.Count} values, not {values.Length}.");
        return result;
    }

    private static TensorShape Broadcast(TensorShape a, TensorShape b)
    {
        var rank = Math.Max(a.Sizes.Count, b.Sizes.Count);
        var sizes = new int[rank];
        for (var i = 1; i <= rank; i++)
        {
            var left = i <= a.Sizes.Count ? a.Sizes[^i] : 1;
            var right = i <= b.Sizes.Count ? b.Sizes[^i] : 1;
            Require(left == right || left == 1 || right == 1, $"{a} and {b} do not broadcast.");
            sizes[^i] = left == 1 ? right : left;
        }

        return new(sizes);
    }

    private static int Axis(TensorShape x, int axis)
    {
        var positive = axis < 0 ? axis + x.Sizes.Count : axis;
        Require(positive >= 0 && positive < x.Sizes.Count, $"{x} has no axis {axis}.");
        return positive;
    }

    private static TensorShape With(TensorShape x, int axis, int size)
    {
        int[] sizes = [.. x.Sizes];
        sizes[Axis(x, axis)] = size;
        return new(sizes);
    }

    private static void Require(bool fits, string problem)
    {
        if (!fits) throw new ArgumentException(problem);
    }
}
