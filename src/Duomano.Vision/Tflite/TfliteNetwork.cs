using Duomano.Core.Files;
using Duomano.Networks.Tensors;

namespace Duomano.Vision.Tflite;

/// <summary>
/// A TFLite model told in the operations that all networks here are written in, so that ONNX Runtime runs it. Images are [1, channels, height,
/// width] between its steps, as those operations have them, and [1, height, width, channels] where it is given or answers something.
/// </summary>
public static class TfliteNetwork
{
    private const int Same = 0, ReluActivation = 1, Relu6Activation = 3;

    /// <summary>Does what a model does.</summary>
    /// <param name="ops">The engine.</param>
    /// <param name="model">The model, with one input.</param>
    /// <param name="input">What it is given: [1, height, width, channels].</param>
    /// <returns>What it answers, in its order, with the sizes that it has.</returns>
    /// <exception cref="UnreadableFileException">It has an operator, or a use of one, that is not known here.</exception>
    public static IReadOnlyList<T> Run<T>(ITensorOps<T> ops, TfliteModel model, T input)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(ops);
        ArgumentNullException.ThrowIfNull(model);
        return new Graph<T>(ops, model).Run(input);
    }

    private sealed class Graph<T>(ITensorOps<T> ops, TfliteModel model)
        where T : class
    {
        // Tensors that are computed, images channels first; and weights that were dequantized.
        private readonly Dictionary<int, T> _values = [];
        private readonly Dictionary<int, float[]> _weights = [];

        public IReadOnlyList<T> Run(T input)
        {
            if (model.Inputs.Count != 1) throw Unknown($"{model.Inputs.Count} inputs");
            _values[model.Inputs[0]] = ops.Permute(input, 0, 3, 1, 2);
            foreach (var operation in model.Operations)
            {
                if (operation.Operator == TfliteOperator.Dequantize && Weights(operation.Inputs[0]) is { } weights) _weights[operation.Outputs[0]] = weights;
                else _values[operation.Outputs[0]] = Apply(operation);
            }

            return [.. model.Outputs.Select(output => Outside(Value(output)))];
        }

        private T Apply(TfliteOperation operation)
        {
            var inputs = operation.Inputs;
            switch (operation.Operator)
            {
                case TfliteOperator.Conv2D: return Activated(Convolved(operation, false), operation, 3);
                case TfliteOperator.DepthwiseConv2D: return Activated(Convolved(operation, true), operation, 4);
                case TfliteOperator.Add: return Activated(ops.Add(Value(inputs[0]), Value(inputs[1])), operation, 0);
                case TfliteOperator.Multiply: return Activated(ops.Multiply(Value(inputs[0]), Value(inputs[1])), operation, 0);
                case TfliteOperator.Relu: return ops.Relu(Value(inputs[0]));
                case TfliteOperator.Relu6: return Relu6(Value(inputs[0]));
                case TfliteOperator.Logistic: return ops.Sigmoid(Value(inputs[0]));
                case TfliteOperator.PRelu: return PRelu(Value(inputs[0]), inputs[1]);
                case TfliteOperator.FullyConnected: return Activated(Connected(operation), operation, 0);
                case TfliteOperator.Mean: return Mean(operation);
                case TfliteOperator.MaxPool2D: return Activated(Largest(operation), operation, 5);
                case TfliteOperator.Pad: return Padded(operation);
                case TfliteOperator.Reshape: return ops.Reshape(Outside(Value(inputs[0])), model.Tensors[operation.Outputs[0]].Shape);
                case TfliteOperator.Concatenation: return Activated(Concatenated(operation), operation, 1);
                case TfliteOperator.ResizeBilinear: return Resized(operation);
                default: throw Unknown($"the operator {(Enum.IsDefined(operation.Operator) ? operation.Operator.ToString() : $"number {(int)operation.Operator}")}");
            }
        }

        // Conv2DOptions: padding 0, stride_w 1, stride_h 2, (depthwise: depth_multiplier 3), activation, dilations.
        private T Convolved(TfliteOperation operation, bool depthwise)
        {
            var (x, shape, weights) = (Value(operation.Inputs[0]), model.Tensors[operation.Inputs[1]].Shape, Required(operation.Inputs[1]));
            var options = operation.Options ?? throw Unknown("a convolution without options");
            var (strideWidth, strideHeight) = (options.Integer(1, 1), options.Integer(2, 1));
            var dilations = depthwise ? 5 : 4;
            if (options.Integer(dilations, 1) != 1 || options.Integer(dilations + 1, 1) != 1) throw Unknown("a convolution with gaps");
            var (height, width) = (shape[1], shape[2]);
            var around = (0, 0);
            if (options.Byte(0, Same) == Same) (x, around) = SamePadded(x, (height, width), (strideHeight, strideWidth));
            // [out, height, width, in], or [1, height, width, out] of a depthwise one, as [out, in, height, width].
            var (outputs, inputs) = depthwise ? (shape[3], 1) : (shape[0], shape[3]);
            var moved = new float[weights.Length];
            for (var output = 0; output < outputs; output++)
            {
                for (var input = 0; input < inputs; input++)
                {
                    for (var at = 0; at < height * width; at++)
                    {
                        moved[(output * inputs + input) * height * width + at] = depthwise ? weights[at * outputs + output] : weights[(output * height * width + at) * inputs + input];
                    }
                }
            }

            var bias = operation.Inputs.Count > 2 && operation.Inputs[2] >= 0 ? ops.Constant(Required(operation.Inputs[2]), outputs) : null;
            return ops.Conv2d(x, ops.Constant(moved, outputs, inputs, height, width), bias, (strideHeight, strideWidth), around, depthwise ? ops.Shape(x)[1] : 1);
        }

        // As many outputs as strides fit; where the zeros around are odd, one more after than before. Even ones are left to the convolution.
        private (T Padded, (int Height, int Width) Around) SamePadded(T x, (int Height, int Width) kernel, (int Height, int Width) stride)
        {
            var sizes = ops.Shape(x);
            var (tall, wide) = (Missing(sizes[2], kernel.Height, stride.Height), Missing(sizes[3], kernel.Width, stride.Width));
            if (tall % 2 == 0 && wide % 2 == 0) return (x, (tall / 2, wide / 2));
            foreach (var (axis, missing) in ((int, int)[])[(2, tall), (3, wide)])
            {
                if (missing > 0) x = ops.Pad(x, axis, missing / 2, missing - missing / 2);
            }

            return (x, (0, 0));

            static int Missing(int size, int window, int step) => Math.Max(0, ((size + step - 1) / step - 1) * step + window - size);
        }

        private T Activated(T x, TfliteOperation operation, int field) => (operation.Options?.Byte(field, 0) ?? 0) switch
        {
            0 => x,
            ReluActivation => ops.Relu(x),
            Relu6Activation => Relu6(x),
            var other => throw Unknown($"activation {other} of {operation.Operator}"),
        };

        private T Relu6(T x) => ops.Clamp(x, 0, 6);

        private T PRelu(T x, int slopes)
        {
            var values = Required(slopes);
            var negative = ops.Relu(ops.Affine(x, -1));
            return ops.Subtract(ops.Relu(x), ops.Multiply(negative, ops.Constant(values, 1, values.Length, 1, 1)));
        }

        private T Connected(TfliteOperation operation)
        {
            var shape = model.Tensors[operation.Inputs[1]].Shape;
            var flat = ops.Reshape(Outside(Value(operation.Inputs[0])), 1, shape[1]);
            var bias = operation.Inputs.Count > 2 && operation.Inputs[2] >= 0 ? ops.Constant(Required(operation.Inputs[2]), shape[0]) : null;
            return ops.Reshape(ops.Linear(flat, ops.Constant(Required(operation.Inputs[1]), shape[0], shape[1]), bias), model.Tensors[operation.Outputs[0]].Shape);
        }

        // Over height and width.
        private T Mean(TfliteOperation operation)
        {
            var x = Value(operation.Inputs[0]);
            var sizes = ops.Shape(x);
            if (sizes.Count != 4 || !Required(operation.Inputs[1]).Order().SequenceEqual([1f, 2f])) throw Unknown("means over other axes than height and width");
            var mean = ops.Affine(ops.Sum(ops.Reshape(x, sizes[0], sizes[1], sizes[2] * sizes[3]), 2), 1f / (sizes[2] * sizes[3]));
            return ops.Reshape(mean, model.Tensors[operation.Outputs[0]].Shape.Count == 4 ? [sizes[0], sizes[1], 1, 1] : [sizes[0], sizes[1]]);
        }

        // Pool2DOptions: padding 0, stride_w 1, stride_h 2, filter_width 3, filter_height 4.
        private T Largest(TfliteOperation operation)
        {
            var x = Value(operation.Inputs[0]);
            var sizes = ops.Shape(x);
            for (var field = 1; field <= 4; field++)
            {
                if (operation.Options?.Integer(field, 1) != 2 || sizes[2] % 2 + sizes[3] % 2 > 0) throw Unknown("windows of a maximum other than 2 × 2");
            }

            var windows = ops.Max(ops.Max(ops.Reshape(x, sizes[0], sizes[1], sizes[2] / 2, 2, sizes[3] / 2, 2), 5), 3);
            return ops.Reshape(windows, sizes[0], sizes[1], sizes[2] / 2, sizes[3] / 2);
        }

        private T Padded(TfliteOperation operation)
        {
            var (x, around) = (Value(operation.Inputs[0]), Required(operation.Inputs[1]));
            for (var axis = 0; axis < 4; axis++)
            {
                var (before, after) = ((int)around[2 * axis], (int)around[2 * axis + 1]);
                if (before + after > 0) x = ops.Pad(x, Inside(axis), before, after);
            }

            return x;
        }

        private T Concatenated(TfliteOperation operation)
        {
            var parts = operation.Inputs.Select(Value).ToList();
            var axis = operation.Options?.Integer(0, 0) ?? 0;
            var rank = ops.Shape(parts[0]).Count;
            axis = axis < 0 ? axis + rank : axis;
            return ops.Concat(rank == 4 ? Inside(axis) : axis, parts);
        }

        // ResizeBilinearOptions: align_corners 2, half_pixel_centers 3. Each new row and column is a mean of two.
        private T Resized(TfliteOperation operation)
        {
            var x = Value(operation.Inputs[0]);
            var (sizes, wanted) = (ops.Shape(x), model.Tensors[operation.Outputs[0]].Shape);
            var (corners, centres) = (operation.Options?.Byte(2, 0) == 1, operation.Options?.Byte(3, 0) == 1);
            var wide = ops.MatMul(x, ops.Constant(Interpolation(sizes[3], wanted[2], corners, centres), sizes[3], wanted[2]));
            var tall = ops.MatMul(ops.Permute(wide, 0, 1, 3, 2), ops.Constant(Interpolation(sizes[2], wanted[1], corners, centres), sizes[2], wanted[1]));
            return ops.Permute(tall, 0, 1, 3, 2);
        }

        // [from, to].
        private static float[] Interpolation(int from, int to, bool corners, bool centres)
        {
            var matrix = new float[from * to];
            for (var i = 0; i < to; i++)
            {
                var at = corners && to > 1 ? i * (from - 1f) / (to - 1) : centres ? Math.Max(0, (i + 0.5f) * from / to - 0.5f) : i * (float)from / to;
                var (low, part) = (Math.Min((int)at, from - 1), at - (int)at);
                matrix[low * to + i] += 1 - part;
                matrix[Math.Min(low + 1, from - 1) * to + i] += part;
            }

            return matrix;
        }

        // An axis of an image as the file has it, as it is here.
        private static int Inside(int axis) => axis switch { 0 => 0, 1 => 2, 2 => 3, _ => 1 };

        private T Outside(T x) => ops.Shape(x).Count == 4 ? ops.Permute(x, 0, 2, 3, 1) : x;

        private T Value(int number)
        {
            if (_values.TryGetValue(number, out var value)) return value;
            var (tensor, weights) = (model.Tensors[number], Required(number));
            var constant = ops.Constant(weights, tensor.Shape);
            return _values[number] = tensor.Shape.Count == 4 ? ops.Permute(constant, 0, 3, 1, 2) : constant;
        }

        private float[]? Weights(int number) => _weights.TryGetValue(number, out var known) ? known : model.Tensors[number].Values;

        private float[] Required(int number) => Weights(number) ?? throw Unknown($"{model.Tensors[number].Name}, which is computed where weights were expected");

        private UnreadableFileException Unknown(string what) => new(model.Name, "", $"has {what}, which is not known here");
    }
}
