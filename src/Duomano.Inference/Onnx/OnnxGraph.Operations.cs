using Duomano.Networks.Tensors;
using static Duomano.Inference.Onnx.OnnxProto;

namespace Duomano.Inference.Onnx;

public sealed partial class OnnxGraph
{
    private const float Epsilon = 1e-5f;

    /// <inheritdoc/>
    public OnnxValue Add(OnnxValue a, OnnxValue b) => Add("Add", Shapes.Add(a.Shape, b.Shape), [a, b]);

    /// <inheritdoc/>
    public OnnxValue Subtract(OnnxValue a, OnnxValue b) => Add("Sub", Shapes.Subtract(a.Shape, b.Shape), [a, b]);

    /// <inheritdoc/>
    public OnnxValue Multiply(OnnxValue a, OnnxValue b) => Add("Mul", Shapes.Multiply(a.Shape, b.Shape), [a, b]);

    /// <inheritdoc/>
    public OnnxValue Divide(OnnxValue a, OnnxValue b) => Add("Div", Shapes.Divide(a.Shape, b.Shape), [a, b]);

    /// <inheritdoc/>
    public OnnxValue Affine(OnnxValue x, float factor, float offset = 0)
    {
        if (x.Constant is { } values) return Known(Array.ConvertAll(values, value => value * factor + offset), x.Shape);
        var scaled = factor == 1 ? x : Multiply(x, Scalar(factor));
        return offset == 0 ? scaled : Add(scaled, Scalar(offset));
    }

    /// <inheritdoc/>
    public OnnxValue MatMul(OnnxValue a, OnnxValue b) => Add("MatMul", Shapes.MatMul(a.Shape, b.Shape), [a, b]);

    /// <inheritdoc/>
    public OnnxValue Linear(OnnxValue x, OnnxValue weight, OnnxValue? bias)
    {
        var shape = Shapes.Linear(x.Shape, weight.Shape, bias?.Shape);
        if (IsQuantized(weight)) return Product(x, weight.Constant!, bias, shape);
        if (x.Shape.Sizes.Count == 2) return Add("Gemm", shape, bias is null ? [x, weight] : [x, weight, bias], Attribute("transB", 1));
        var product = Add("MatMul", shape, [x, Permute(weight, 1, 0)]);
        return bias is null ? product : Add(product, bias);
    }

    /// <inheritdoc/>
    public OnnxValue Conv1d(OnnxValue x, OnnxValue weight, OnnxValue? bias, int stride = 1, int padding = 0, int groups = 1, int dilation = 1)
    {
        var shape = Shapes.Conv1d(x.Shape, weight.Shape, bias?.Shape, stride, padding, groups, dilation);
        if ((stride, groups, dilation) == (1, 1, 1) && IsQuantized(weight)) return ConvolutionAsProduct(x, weight, bias, padding, shape);
        return Add(
            "Conv", shape, bias is null ? [x, weight] : [x, weight, bias], Attribute("kernel_shape", [weight.Shape.Sizes[2]]), Attribute("strides", [stride]),
            Attribute("pads", [padding, padding]), Attribute("dilations", [dilation]), Attribute("group", groups));
    }

    /// <inheritdoc/>
    public OnnxValue Conv2d(OnnxValue x, OnnxValue weight, OnnxValue? bias, (int Height, int Width) stride, (int Height, int Width) padding, int groups = 1) => Add(
        "Conv", Shapes.Conv2d(x.Shape, weight.Shape, bias?.Shape, stride, padding, groups), bias is null ? [x, weight] : [x, weight, bias],
        Attribute("kernel_shape", [weight.Shape.Sizes[2], weight.Shape.Sizes[3]]), Attribute("strides", [stride.Height, stride.Width]),
        Attribute("pads", [padding.Height, padding.Width, padding.Height, padding.Width]), Attribute("group", groups));

    /// <inheritdoc/>
    public OnnxValue GatedMemory(OnnxValue x, OnnxValue weight, OnnxValue bias, OnnxValue before)
    {
        // A GRU whose recurrent weights, and with them its reset gate, are nothing.
        var shape = Shapes.GatedMemory(x.Shape, weight.Shape, bias.Shape, before.Shape);
        var (batch, units, inputs) = (x.Shape.Sizes[1], before.Shape.Sizes[1], x.Shape.Sizes[2]);
        OnnxValue Nothing(params int[] sizes) => Known(new float[sizes.Aggregate(1, (product, size) => product * size)], new TensorShape(sizes));
        var inputWeights = Concat(0, Slice(weight, 0, 0, units), Nothing(units, inputs), Slice(weight, 0, units, units));
        var biases = Concat(0, Slice(bias, 0, 0, units), Nothing(units), Slice(bias, 0, units, units), Nothing(3 * units));
        var steps = AddNamed(
            "GRU", new TensorShape([shape.Sizes[0], 1, batch, units]),
            [
                Use(x), Use(Reshape(inputWeights, 1, 3 * units, inputs)), Use(Nothing(1, 3 * units, units)), Use(Reshape(biases, 1, 6 * units)),
                "", Use(Reshape(before, 1, batch, units)),
            ],
            Attribute("hidden_size", units));
        return Reshape(steps, shape.Sizes);
    }

    /// <inheritdoc/>
    public OnnxValue GroupNorm(OnnxValue x, int groups, OnnxValue weight, OnnxValue bias)
    {
        // ONNX Runtime takes its GroupNormalization apart into some twenty small operations; InstanceNormalization over
        // the groups is one fast kernel.
        var shape = Shapes.GroupNorm(x.Shape, groups, weight.Shape, bias.Shape);
        var sizes = shape.Sizes;
        var grouped = Reshape(x, sizes[0], groups, (int)(shape.Count / sizes[0] / groups));
        var ones = Known([.. Enumerable.Repeat(1f, groups)], new TensorShape([groups]));
        var zeros = Known(new float[groups], new TensorShape([groups]));
        var normalized = Reshape(Add("InstanceNormalization", grouped.Shape, [grouped, ones, zeros], Attribute("epsilon", Epsilon)), sizes);
        int[] perChannel = [sizes[1], .. Enumerable.Repeat(1, sizes.Count - 2)];
        return Add(Multiply(normalized, Reshape(weight, perChannel)), Reshape(bias, perChannel));
    }

    /// <inheritdoc/>
    public OnnxValue LayerNorm(OnnxValue x, OnnxValue weight, OnnxValue bias) => Add(
        "LayerNormalization", Shapes.LayerNorm(x.Shape, weight.Shape, bias.Shape), [x, weight, bias], Attribute("axis", -1), Attribute("epsilon", Epsilon));

    /// <inheritdoc/>
    public OnnxValue Softmax(OnnxValue x, int axis) => Add("Softmax", Shapes.Softmax(x.Shape, axis), [x], Attribute("axis", axis));

    /// <inheritdoc/>
    public OnnxValue Gelu(OnnxValue x) => Add("Gelu", x.Shape, [x], Attribute("approximate", "none"));

    /// <inheritdoc/>
    public OnnxValue Silu(OnnxValue x) => Multiply(x, Sigmoid(x));

    /// <inheritdoc/>
    public OnnxValue Relu(OnnxValue x) => Add("Relu", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Tanh(OnnxValue x) => Add("Tanh", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Sigmoid(OnnxValue x) => Add("Sigmoid", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Exp(OnnxValue x) => Add("Exp", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Log(OnnxValue x) => Add("Log", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Sqrt(OnnxValue x) => Add("Sqrt", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Sin(OnnxValue x) => Add("Sin", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue Cos(OnnxValue x) => Add("Cos", x.Shape, [x]);

    /// <inheritdoc/>
    public OnnxValue AtLeast(OnnxValue x, float floor) => Add("Max", x.Shape, [x, Scalar(floor)]);

    /// <inheritdoc/>
    public OnnxValue Clamp(OnnxValue x, float floor, float ceiling) => Add("Clip", x.Shape, [x, Scalar(floor), Scalar(ceiling)]);

    /// <inheritdoc/>
    public OnnxValue Sum(OnnxValue x, int axis) => AddNamed("ReduceSum", Shapes.Sum(x.Shape, axis), [Use(x), Integers(axis)]);

    /// <inheritdoc/>
    public OnnxValue Max(OnnxValue x, int axis) => AddNamed("ReduceMax", Shapes.Max(x.Shape, axis), [Use(x), Integers(axis)]);

    /// <inheritdoc/>
    public OnnxValue Reshape(OnnxValue x, params IReadOnlyList<int> shape)
    {
        var result = Shapes.Reshape(x.Shape, shape);
        return x.Constant is { } values ? Known(values, result) : AddNamed("Reshape", result, [Use(x), Integers(shape)]);
    }

    /// <inheritdoc/>
    public OnnxValue Permute(OnnxValue x, params IReadOnlyList<int> axes)
    {
        var result = Shapes.Permute(x.Shape, axes);
        var rank = x.Shape.Sizes.Count;
        int[] positive = [.. axes.Select(axis => axis < 0 ? axis + rank : axis)];
        if (rank == 2 && positive[0] == 1 && x.Constant is { } values) return Known(Transposed(values, x.Shape.Sizes[0], x.Shape.Sizes[1]), result);
        return Add("Transpose", result, [x], Attribute("perm", positive));
    }

    /// <inheritdoc/>
    public OnnxValue Concat(int axis, params IReadOnlyList<OnnxValue> parts) =>
        Add("Concat", Shapes.Concat(axis, [.. parts.Select(part => part.Shape)]), parts, Attribute("axis", axis));

    /// <inheritdoc/>
    public OnnxValue Slice(OnnxValue x, int axis, int start, int length)
    {
        var result = Shapes.Slice(x.Shape, axis, start, length);
        var positive = axis < 0 ? axis + x.Shape.Sizes.Count : axis;
        if (positive == 0 && x.Constant is { } values)
        {
            var row = values.Length / x.Shape.Sizes[0];
            return Known(values.AsSpan(start * row, length * row).ToArray(), result);
        }

        return AddNamed("Slice", result, [Use(x), Integers(start), Integers(start + length), Integers(positive)]);
    }

    /// <inheritdoc/>
    public OnnxValue Pad(OnnxValue x, int axis, int before, int after) =>
        AddNamed("Pad", Shapes.Pad(x.Shape, axis, before, after), [Use(x), Integers(before, after), "", Integers(axis)]);

    /// <inheritdoc/>
    public OnnxValue UpsampleNearest(OnnxValue x)
    {
        var single = Reshape(x, [.. x.Shape.Sizes, 1]);
        return Reshape(Concat(-1, single, single), Shapes.UpsampleNearest(x.Shape).Sizes);
    }

    /// <inheritdoc/>
    public OnnxValue Dropout(OnnxValue x, float probability) => x;

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        var transposed = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) transposed[column * rows + row] = values[row * columns + column];
        }

        return transposed;
    }
}
