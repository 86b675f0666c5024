using Duomano.Core.Files.Pickles;

namespace Duomano.Formats.Hands;

/// <summary>Makes plain arrays of what pickles keep them in.</summary>
internal static class PickledNumbers
{
    private const int DeepestExpression = 8;
    private const int MostNumbers = 1 << 24;

    /// <summary>The array that a value is.</summary>
    /// <exception cref="PickleRefusedException">It is none.</exception>
    public static NumericArray Of(object? value, int depth = 0) => value switch
    {
        PickledArray { Value: { } array } => array,
        PickledArray { Object: { } inner } when depth < DeepestExpression => Of(inner, depth + 1),
        NumericArray array => array,
        double number => new([], [number]),
        long number => new([], [number]),
        List<object?> list when list.TrueForAll(item => item is double or long) => new([list.Count], [.. list.Select(Convert.ToDouble)]),
        PickledObject { Type: var type } sparse when type.StartsWith("scipy.", StringComparison.Ordinal) => Dense(sparse),
        PickledObject expression when depth < DeepestExpression => Evaluate(expression, depth),
        _ => throw new PickleRefusedException("something that is no array"),
    };

    // A plain chumpy array holds its numbers as x; a selection takes numbers of another one (a) by their flat places.
    private static NumericArray Evaluate(PickledObject expression, int depth)
    {
        if (expression.Attributes.TryGetValue("x", out var plain)) return Of(plain, depth + 1);
        if (!expression.Attributes.TryGetValue("a", out var source) || !expression.Attributes.TryGetValue("idxs", out var places))
        {
            throw new PickleRefusedException($"a '{expression.Type}', of which only plain arrays and selections are read");
        }

        var (from, at) = (Of(source, depth + 1), Of(places, depth + 1));
        var values = Array.ConvertAll(at.Values, place => place >= 0 && place < from.Values.Length && place == Math.Floor(place)
            ? from.Values[(int)place]
            : throw new PickleRefusedException($"a selection of number {place} of {from.Values.Length}"));
        int[] shape = expression.Attributes.GetValueOrDefault("preferred_shape") switch
        {
            object?[] sizes when sizes.All(size => size is >= 0L and <= int.MaxValue) => [.. sizes.Select(size => (int)(long)size!)],
            List<object?> sizes when sizes.TrueForAll(size => size is >= 0L and <= int.MaxValue) => [.. sizes.Select(size => (int)(long)size!)],
            PickledArray { Value: { } sizes } => [.. sizes.Values.Select(size => (int)Math.Clamp(size, 0, int.MaxValue))],
            _ => at.Shape,
        };
        return shape.Aggregate((Int128)1, (product, size) => product * size) == values.Length ? new(shape, values) : new(at.Shape, values);
    }

    private static NumericArray Dense(PickledObject sparse)
    {
        var attributes = sparse.Attributes;
        var shape = attributes.GetValueOrDefault("_shape") ?? attributes.GetValueOrDefault("shape");
        if (shape is not object?[] { Length: 2 } sizes || sizes[0] is not (>= 0L and <= 1 << 20) || sizes[1] is not (>= 0L and <= 1 << 20)
            || (long)sizes[0]! * (long)sizes[1]! > MostNumbers)
        {
            throw new PickleRefusedException("a sparse matrix without its shape, or too large a one");
        }

        var (rows, columns) = ((int)(long)sizes[0]!, (int)(long)sizes[1]!);
        var values = Of(attributes.GetValueOrDefault("data")).Values;
        var dense = new double[rows * columns];
        if (sparse.Type.Contains("coo", StringComparison.Ordinal))
        {
            var (row, column) = (Of(attributes.GetValueOrDefault("row")).Values, Of(attributes.GetValueOrDefault("col")).Values);
            for (var i = 0; i < values.Length; i++) Add(Item(row, i), Item(column, i), values[i]);
            return new([rows, columns], dense);
        }

        var byColumn = sparse.Type.Contains("csc", StringComparison.Ordinal);
        var (indices, starts) = (Of(attributes.GetValueOrDefault("indices")).Values, Of(attributes.GetValueOrDefault("indptr")).Values);
        for (var line = 0; line < (byColumn ? columns : rows); line++)
        {
            for (var i = Item(starts, line); i < Item(starts, line + 1); i++)
            {
                var across = Item(indices, (int)i);
                Add(byColumn ? across : line, byColumn ? line : across, Item(values, (int)i));
            }
        }

        return new([rows, columns], dense);

        void Add(double row, double column, double value)
        {
            if (!(row >= 0 && row < rows && column >= 0 && column < columns)) throw new PickleRefusedException($"a sparse matrix with an entry at ({row}, {column})");
            dense[(int)row * columns + (int)column] += value;
        }

        static double Item(double[] list, int at) => at >= 0 && at < list.Length ? list[at] : throw new PickleRefusedException("a sparse matrix whose lists are too short");
    }
}
