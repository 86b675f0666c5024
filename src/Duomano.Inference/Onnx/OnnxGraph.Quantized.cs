using Duomano.Networks.Tensors;

namespace Duomano.Inference.Onnx;

/// <content>
/// Large weights as int8. Each output's weights are divided by a scale of their own and rounded to −127 … 127; what they are
/// multiplied with is rounded to 256 levels between its least and largest value while the model runs (ONNX Runtime's
/// DynamicQuantizeMatMul). Sums are exact integers.
/// </content>
public sealed partial class OnnxGraph
{
    // Numbers of a weight below which rounding costs more than it spares.
    private const int LeastQuantized = 1 << 16;

    private bool IsQuantized(OnnxValue weight) => _precision == InferencePrecision.Int8 && weight.Constant is { Length: >= LeastQuantized };

    /// <summary>x·Wᵀ + bias for W [outputs, inputs].</summary>
    private OnnxValue Product(OnnxValue x, float[] weight, OnnxValue? bias, TensorShape shape)
    {
        var outputs = shape.Sizes[^1];
        var inputs = weight.Length / outputs;
        var (rounded, scales) = (new sbyte[weight.Length], new float[outputs]);
        for (var output = 0; output < outputs; output++)
        {
            var row = weight.AsSpan(output * inputs, inputs);
            var largest = 0f;
            foreach (var value in row) largest = Math.Max(largest, Math.Abs(value));
            scales[output] = largest > 0 ? largest / sbyte.MaxValue : 1;
            for (var input = 0; input < inputs; input++) rounded[input * outputs + output] = (sbyte)MathF.Round(row[input] / scales[output]);
        }

        var name = $"int8:{++_made}";
        _bytes += rounded.Length;
        if (_bytes > int.MaxValue) throw TooLarge(_bytes);
        _initializers.Add(OnnxProto.Tensor(name, [inputs, outputs], rounded));
        var product = new OnnxValue(this, $"value:{++_made}", shape);
        string[] operands = [Use(x), name, Use(Known(scales, new TensorShape([outputs]))), "", .. bias is null ? (string[])[] : [Use(bias)]];
        _nodes.Add(OnnxProto.Node("DynamicQuantizeMatMul", product.Name, operands, [], OnnxProto.RuntimeDomain));
        return product;
    }

    /// <summary>A convolution with stride 1 as one product: each frame's row holds all values that its taps see.</summary>
    private OnnxValue ConvolutionAsProduct(OnnxValue x, OnnxValue weight, OnnxValue? bias, int padding, TensorShape shape)
    {
        var (outputs, inputs, taps) = (weight.Shape.Sizes[0], weight.Shape.Sizes[1], weight.Shape.Sizes[2]);
        var frames = Permute(x, 0, 2, 1);
        if (padding > 0) frames = Pad(frames, 1, padding, padding);
        var length = shape.Sizes[2];
        var seen = taps == 1 ? frames : Concat(2, [.. Enumerable.Range(0, taps).Select(tap => Slice(frames, 1, tap, length))]);
        var rows = taps == 1 ? weight.Constant! : TapsFirst(weight.Constant!, outputs, inputs, taps);
        return Permute(Product(seen, rows, bias, new TensorShape([shape.Sizes[0], length, outputs])), 0, 2, 1);
    }

    // [outputs, inputs, taps] → [outputs, taps, inputs]
    private static float[] TapsFirst(float[] weight, int outputs, int inputs, int taps)
    {
        var result = new float[weight.Length];
        for (var output = 0; output < outputs; output++)
        {
            for (var input = 0; input < inputs; input++)
            {
                for (var tap = 0; tap < taps; tap++) result[(output * taps + tap) * inputs + input] = weight[(output * inputs + input) * taps + tap];
            }
        }

        return result;
    }
}
