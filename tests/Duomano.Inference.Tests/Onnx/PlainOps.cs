using Duomano.Networks.Tensors;

namespace Duomano.Inference.Tests.Onnx;

/// <summary>The operations computed in the most obvious way, entry by entry in double precision: the oracle for real engines.</summary>
internal sealed class PlainOps : ITensorOps<TensorData>
{
    public IReadOnlyList<int> Shape(TensorData x) => x.Shape;

    public TensorData Parameter(string name, IReadOnlyList<int> shape, Initialization initialization) => throw new NotSupportedException();

    public TensorData Constant(ReadOnlySpan<float> values, params IReadOnlyList<int> shape) => new(values.ToArray(), shape);

    public TensorData Add(TensorData a, TensorData b) => Elementwise(a, b, (x, y) => x + y);

    public TensorData Subtract(TensorData a, TensorData b) => Elementwise(a, b, (x, y) => x - y);

    public TensorData Multiply(TensorData a, TensorData b) => Elementwise(a, b, (x, y) => x * y);

    public TensorData Divide(TensorData a, TensorData b) => Elementwise(a, b, (x, y) => x / y);

    public TensorData Affine(TensorData x, float factor, float offset = 0) => Map(x, value => value * factor + offset);

    public TensorData MatMul(TensorData a, TensorData b)
    {
        int[] batch = Broadcast([.. a.Shape.SkipLast(2)], [.. b.Shape.SkipLast(2)]);
        return Make([.. batch, a.Shape[^2], b.Shape[^1]], at =>
        {
            var sum = 0.0;
            for (var k = 0; k < a.Shape[^1]; k++) sum += At(a, [.. at[..^1], k]) * At(b, [.. at[..^2], k, at[^1]]);
            return sum;
        });
    }

    public TensorData Linear(TensorData x, TensorData weight, TensorData? bias) => Make([.. x.Shape.SkipLast(1), weight.Shape[0]], at =>
    {
        var sum = bias is null ? 0.0 : bias.Values[at[^1]];
        for (var k = 0; k < weight.Shape[1]; k++) sum += At(x, [.. at[..^1], k]) * At(weight, [at[^1], k]);
        return sum;
    });

    public TensorData Conv1d(TensorData x, TensorData weight, TensorData? bias, int stride = 1, int padding = 0, int groups = 1, int dilation = 1)
    {
        var length = (x.Shape[2] + 2 * padding - dilation * (weight.Shape[2] - 1) - 1) / stride + 1;
        return Make([x.Shape[0], weight.Shape[0], length], at =>
        {
            var sum = bias is null ? 0.0 : bias.Values[at[1]];
            var group = at[1] / (weight.Shape[0] / groups);
            for (var c = 0; c < weight.Shape[1]; c++)
            {
                for (var k = 0; k < weight.Shape[2]; k++)
                {
                    var place = at[2] * stride - padding + k * dilation;
                    if (place >= 0 && place < x.Shape[2]) sum += At(x, [at[0], group * weight.Shape[1] + c, place]) * At(weight, [at[1], c, k]);
                }
            }

            return sum;
        });
    }

    public TensorData Conv2d(TensorData x, TensorData weight, TensorData? bias, (int Height, int Width) stride, (int Height, int Width) padding, int groups = 1)
    {
        var height = (x.Shape[2] + 2 * padding.Height - weight.Shape[2]) / stride.Height + 1;
        var width = (x.Shape[3] + 2 * padding.Width - weight.Shape[3]) / stride.Width + 1;
        return Make([x.Shape[0], weight.Shape[0], height, width], at =>
        {
            var sum = bias is null ? 0.0 : bias.Values[at[1]];
            var group = at[1] / (weight.Shape[0] / groups);
            for (var c = 0; c < weight.Shape[1]; c++)
            {
                for (var i = 0; i < weight.Shape[2]; i++)
                {
                    for (var j = 0; j < weight.Shape[3]; j++)
                    {
                        var (row, column) = (at[2] * stride.Height - padding.Height + i, at[3] * stride.Width - padding.Width + j);
                        if (row < 0 || row >= x.Shape[2] || column < 0 || column >= x.Shape[3]) continue;
                        sum += At(x, [at[0], group * weight.Shape[1] + c, row, column]) * At(weight, [at[1], c, i, j]);
                    }
                }
            }

            return sum;
        });
    }

    public TensorData GroupNorm(TensorData x, int groups, TensorData weight, TensorData bias)
    {
        var size = x.Shape[1] / groups;
        return Normalize(x, (at, other) => at[0] == other[0] && at[1] / size == other[1] / size, at => weight.Values[at[1]], at => bias.Values[at[1]]);
    }

    public TensorData GatedMemory(TensorData x, TensorData weight, TensorData bias, TensorData before)
    {
        var both = Linear(x, weight, bias);
        var units = before.Shape[1];
        return Make([x.Shape[0], x.Shape[1], units], at =>
        {
            double memory = At(before, [at[1], at[2]]);
            for (var step = 0; step <= at[0]; step++)
            {
                var keep = 1 / (1 + Math.Exp(-At(both, [step, at[1], at[2]])));
                memory = keep * memory + (1 - keep) * Math.Tanh(At(both, [step, at[1], units + at[2]]));
            }

            return memory;
        });
    }

    public TensorData LayerNorm(TensorData x, TensorData weight, TensorData bias) =>
        Normalize(x, (at, other) => at.AsSpan(0, at.Length - 1).SequenceEqual(other.AsSpan(0, at.Length - 1)), at => weight.Values[at[^1]], at => bias.Values[at[^1]]);

    public TensorData Softmax(TensorData x, int axis)
    {
        axis = Positive(x, axis);
        return Make(x.Shape, at => Math.Exp(At(x, at)) / Along(x, axis, at).Sum(Math.Exp));
    }

    /// <summary>With erf by its Taylor series, which converges for the moderate numbers of tests.</summary>
    public TensorData Gelu(TensorData x) => Map(x, value =>
    {
        var z = value / Math.Sqrt(2);
        var (sum, term) = (z, z);
        for (var n = 1; n < 120; n++)
        {
            term *= -z * z / n;
            sum += term / (2 * n + 1);
        }

        return 0.5 * value * (1 + 2 / Math.Sqrt(Math.PI) * sum);
    });

    public TensorData Silu(TensorData x) => Map(x, value => value / (1 + Math.Exp(-value)));

    public TensorData Relu(TensorData x) => Map(x, value => Math.Max(value, 0));

    public TensorData Tanh(TensorData x) => Map(x, Math.Tanh);

    public TensorData Sigmoid(TensorData x) => Map(x, value => 1 / (1 + Math.Exp(-value)));

    public TensorData Exp(TensorData x) => Map(x, Math.Exp);

    public TensorData Log(TensorData x) => Map(x, Math.Log);

    public TensorData Sqrt(TensorData x) => Map(x, Math.Sqrt);

    public TensorData Sin(TensorData x) => Map(x, Math.Sin);

    public TensorData Cos(TensorData x) => Map(x, Math.Cos);

    public TensorData AtLeast(TensorData x, float floor) => Map(x, value => Math.Max(value, floor));

    public TensorData Clamp(TensorData x, float floor, float ceiling) => Map(x, value => Math.Clamp(value, floor, ceiling));

    public TensorData Sum(TensorData x, int axis) => Reduce(x, axis, values => values.Sum());

    public TensorData Max(TensorData x, int axis) => Reduce(x, axis, values => values.Max());

    public TensorData Reshape(TensorData x, params IReadOnlyList<int> shape) => new(x.Values, shape);

    public TensorData Permute(TensorData x, params IReadOnlyList<int> axes)
    {
        int[] positive = [.. axes.Select(axis => Positive(x, axis))];
        return Make([.. positive.Select(axis => x.Shape[axis])], at =>
        {
            var from = new int[at.Length];
            for (var i = 0; i < at.Length; i++) from[positive[i]] = at[i];
            return At(x, from);
        });
    }

    public TensorData Concat(int axis, params IReadOnlyList<TensorData> parts)
    {
        axis = Positive(parts[0], axis);
        return Make(With(parts[0], axis, parts.Sum(part => part.Shape[axis])), at =>
        {
            int[] place = [.. at];
            foreach (var part in parts)
            {
                if (place[axis] < part.Shape[axis]) return At(part, place);
                place[axis] -= part.Shape[axis];
            }

            throw new InvalidOperationException();
        });
    }

    public TensorData Slice(TensorData x, int axis, int start, int length) => Shifted(x, Positive(x, axis), -start, length);

    public TensorData Pad(TensorData x, int axis, int before, int after) => Shifted(x, Positive(x, axis), before, x.Shape[Positive(x, axis)] + before + after);

    public TensorData UpsampleNearest(TensorData x) => Make(With(x, x.Shape.Count - 1, 2 * x.Shape[^1]), at => At(x, [.. at[..^1], at[^1] / 2]));

    public TensorData Dropout(TensorData x, float probability) => x;

    private static TensorData Shifted(TensorData x, int axis, int shift, int length) => Make(With(x, axis, length), at =>
    {
        int[] from = [.. at];
        from[axis] -= shift;
        return from[axis] < 0 || from[axis] >= x.Shape[axis] ? 0 : At(x, from);
    });

    private static TensorData Normalize(TensorData x, Func<int[], int[], bool> together, Func<int[], double> weight, Func<int[], double> bias) => Make(x.Shape, at =>
    {
        double[] group = [.. Places(x.Shape).Where(other => together(at, other)).Select(other => At(x, other))];
        var mean = group.Average();
        var variance = group.Average(value => (value - mean) * (value - mean));
        return (At(x, at) - mean) / Math.Sqrt(variance + 1e-5) * weight(at) + bias(at);
    });

    private static TensorData Reduce(TensorData x, int axis, Func<IEnumerable<double>, double> reduce) =>
        Make(With(x, Positive(x, axis), 1), at => reduce(Along(x, Positive(x, axis), at)));

    private static IEnumerable<double> Along(TensorData x, int axis, int[] at)
    {
        for (var i = 0; i < x.Shape[axis]; i++)
        {
            int[] place = [.. at];
            place[axis] = i;
            yield return At(x, place);
        }
    }

    private static TensorData Map(TensorData x, Func<double, double> map) => new(Array.ConvertAll(x.Values, value => (float)map(value)), x.Shape);

    private static TensorData Elementwise(TensorData a, TensorData b, Func<double, double, double> combine) =>
        Make(Broadcast([.. a.Shape], [.. b.Shape]), at => combine(At(a, at), At(b, at)));

    private static TensorData Make(IReadOnlyList<int> shape, Func<int[], double> value) => new([.. Places(shape).Select(at => (float)value(at))], shape);

    private static IEnumerable<int[]> Places(IReadOnlyList<int> shape)
    {
        var count = shape.Aggregate(1, (product, size) => product * size);
        for (var i = 0; i < count; i++)
        {
            var at = new int[shape.Count];
            for (var (axis, rest) = (shape.Count - 1, i); axis >= 0; rest /= shape[axis--]) at[axis] = rest % shape[axis];
            yield return at;
        }
    }

    /// <summary>The value at a place of the broadcast tensor.</summary>
    private static double At(TensorData x, int[] at)
    {
        var index = 0;
        for (var axis = 0; axis < x.Shape.Count; axis++)
        {
            var place = at[at.Length - x.Shape.Count + axis];
            index = index * x.Shape[axis] + (x.Shape[axis] == 1 ? 0 : place);
        }

        return x.Values[index];
    }

    private static int[] Broadcast(int[] a, int[] b)
    {
        var rank = Math.Max(a.Length, b.Length);
        return [.. Enumerable.Range(0, rank).Select(i => Math.Max(Size(a, i), Size(b, i)))];

        int Size(int[] shape, int i) => i < rank - shape.Length ? 1 : shape[i - rank + shape.Length];
    }

    private static int[] With(TensorData x, int axis, int size)
    {
        int[] shape = [.. x.Shape];
        shape[axis] = size;
        return shape;
    }

    private static int Positive(TensorData x, int axis) => axis < 0 ? axis + x.Shape.Count : axis;
}
