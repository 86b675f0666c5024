using Duomano.Core.Files;
using Duomano.Inference.Onnx;
using Duomano.Networks.Tensors;
using Duomano.Vision.Tflite;

namespace Duomano.Vision.Tests.Tflite;

public class TfliteTests
{
    private static readonly Random Random = new(5);

    [Theory]
    [InlineData(5, 4, 3, 1, 1, 0)]
    [InlineData(6, 7, 3, 2, 0, 1)]
    [InlineData(7, 5, 5, 2, 0, 3)]
    public void A_convolution_is_as_the_definition_has_it(int height, int width, int kernel, int stride, int padding, int activation)
    {
        const int Inputs = 2, Outputs = 3;
        var (weights, bias, image) = (Numbers(Outputs * kernel * kernel * Inputs), Numbers(Outputs), Numbers(height * width * Inputs));
        var isSame = padding == 0;
        var (rows, columns) = isSame ? ((height + stride - 1) / stride, (width + stride - 1) / stride) : ((height - kernel) / stride + 1, (width - kernel) / stride + 1);
        var writer = new TfliteWriter();
        var input = writer.Tensor(1, height, width, Inputs);
        var output = writer.Tensor(1, rows, columns, Outputs);
        writer.Step(TfliteOperator.Conv2D, [input, writer.Weights(weights, Outputs, kernel, kernel, Inputs), writer.Weights(bias, Outputs)], output, (0, padding, true), (1, stride, false), (2, stride, false), (3, activation, true));

        var expected = new float[rows * columns * Outputs];
        var (above, left) = isSame ? (Math.Max(0, (rows - 1) * stride + kernel - height) / 2, Math.Max(0, (columns - 1) * stride + kernel - width) / 2) : (0, 0);
        for (var i = 0; i < expected.Length; i++)
        {
            var (row, column, channel) = (i / Outputs / columns, i / Outputs % columns, i % Outputs);
            var sum = bias[channel];
            for (var at = 0; at < kernel * kernel * Inputs; at++)
            {
                var (y, x, from) = (row * stride + at / Inputs / kernel - above, column * stride + at / Inputs % kernel - left, at % Inputs);
                if (y >= 0 && x >= 0 && y < height && x < width) sum += weights[channel * kernel * kernel * Inputs + at] * image[(y * width + x) * Inputs + from];
            }

            expected[i] = activation switch { 1 => Math.Max(0, sum), 3 => Math.Clamp(sum, 0, 6), _ => sum };
        }

        Near(expected, Run(writer.Finish(input, output), image));
    }

    [Fact]
    public void The_other_steps_are_as_their_definitions_have_them()
    {
        const int Side = 4, Channels = 2;
        var (image, depth, slopes, matrix, bias) = (Numbers(Side * Side * Channels), Numbers(Channels), Numbers(Channels), Numbers(3 * Channels), Numbers(3));
        var writer = new TfliteWriter();
        var input = writer.Tensor(1, Side, Side, Channels);

        // Depthwise 1 × 1 by weights of 16 bits, negatives sloped, the largest of 2 × 2, twice as large again, beside the image with one more channel.
        var halves = writer.Halves(depth, 1, 1, 1, Channels);
        var whole = writer.Tensor(1, 1, 1, Channels);
        writer.Step(TfliteOperator.Dequantize, [halves], whole);
        var scaled = writer.Tensor(1, Side, Side, Channels);
        writer.Step(TfliteOperator.DepthwiseConv2D, [input, whole], scaled, (0, 0, true), (1, 1, false), (2, 1, false), (3, 1, false));
        var sloped = writer.Tensor(1, Side, Side, Channels);
        writer.Step(TfliteOperator.PRelu, [scaled, writer.Weights(slopes, 1, 1, Channels)], sloped);
        var pooled = writer.Tensor(1, Side / 2, Side / 2, Channels);
        writer.Step(TfliteOperator.MaxPool2D, [sloped], pooled, (0, 0, true), (1, 2, false), (2, 2, false), (3, 2, false), (4, 2, false));
        var grown = writer.Tensor(1, Side, Side, Channels);
        writer.Step(TfliteOperator.ResizeBilinear, [pooled, writer.Integers(Side, Side)], grown, (3, 1, true));
        var padded = writer.Tensor(1, Side, Side, Channels + 1);
        writer.Step(TfliteOperator.Pad, [input, writer.Integers(0, 0, 0, 0, 0, 0, 0, 1)], padded);
        var together = writer.Tensor(1, Side, Side, 2 * Channels + 1);
        writer.Step(TfliteOperator.Concatenation, [grown, padded], together, (0, 3, false));
        var listed = writer.Tensor(1, Side * Side, 2 * Channels + 1);
        writer.Step(TfliteOperator.Reshape, [together], listed);
        var mean = writer.Tensor(1, Channels);
        writer.Step(TfliteOperator.Mean, [input, writer.Integers(1, 2)], mean);
        var sum = writer.Tensor(1, 3);
        writer.Step(TfliteOperator.FullyConnected, [mean, writer.Weights(matrix, 3, Channels), writer.Weights(bias, 3)], sum);
        var chance = writer.Tensor(1, 3);
        writer.Step(TfliteOperator.Logistic, [sum], chance);
        var file = writer.Finish(input, listed, chance);

        float At(int y, int x, int channel) => image[(y * Side + x) * Channels + channel];
        float Pooled(int y, int x, int channel) => (from row in Enumerable.Range(2 * y, 2) from column in Enumerable.Range(2 * x, 2) let value = (float)(Half)depth[channel] * At(row, column, channel) select value > 0 ? value : slopes[channel] * value).Max();
        float Grown(int y, int x, int channel)
        {
            static (int Low, int High, float Part) Between(int i) => Math.Max(0, (i + 0.5f) / 2 - 0.5f) is var at ? ((int)at, Math.Min((int)at + 1, Side / 2 - 1), at - (int)at) : default;
            var (rows, columns) = (Between(y), Between(x));
            return float.Lerp(
                float.Lerp(Pooled(rows.Low, columns.Low, channel), Pooled(rows.Low, columns.High, channel), columns.Part),
                float.Lerp(Pooled(rows.High, columns.Low, channel), Pooled(rows.High, columns.High, channel), columns.Part), rows.Part);
        }

        float[] expected = [.. from y in Enumerable.Range(0, Side) from x in Enumerable.Range(0, Side) from value in (float[])[Grown(y, x, 0), Grown(y, x, 1), At(y, x, 0), At(y, x, 1), 0] select value];
        Near(expected, Run(file, image));
        float[] means = [.. Enumerable.Range(0, Channels).Select(channel => Enumerable.Range(0, Side * Side).Average(i => image[i * Channels + channel]))];
        float[] chances = [.. Enumerable.Range(0, 3).Select(row => 1 / (1 + MathF.Exp(-(bias[row] + matrix[row * Channels] * means[0] + matrix[row * Channels + 1] * means[1]))))];
        Near(chances, Run(file, image, 1));
    }

    [Fact]
    public void What_is_not_known_is_refused_by_name()
    {
        var writer = new TfliteWriter();
        var (input, output) = (writer.Tensor(1, 2, 2, 1), writer.Tensor(1, 2, 2, 1));
        writer.Step((TfliteOperator)53, [input], output);
        var refusal = Assert.Throws<UnreadableFileException>(() => Run(writer.Finish(input, output), new float[4]));
        Assert.Equal("model: has the operator number 53, which is not known here", refusal.Message);
        Assert.Contains("TFL3", Assert.Throws<UnreadableFileException>(() => TfliteFile.Read("no model at all"u8.ToArray(), "model")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_files_are_refused_wherever_they_are_cut_or_changed()
    {
        var writer = new TfliteWriter();
        var (input, output) = (writer.Tensor(1, 2, 2, 1), writer.Tensor(1, 2, 2, 1));
        writer.Step(TfliteOperator.Conv2D, [input, writer.Weights([1], 1, 1, 1, 1), writer.Weights([0], 1)], output, (1, 1, false), (2, 1, false));
        var file = writer.Finish(input, output);
        Near([1, 2, 3, 4], Run(file, [1, 2, 3, 4]));
        for (var length = 0; length < file.Length; length += 3)
        {
            if (Record.Exception(() => TfliteFile.Read(file[..length], "model")) is { } problem) Assert.IsType<UnreadableFileException>(problem);
        }

        var random = new Random(3);
        for (var i = 0; i < 2000; i++)
        {
            byte[] changed = [.. file];
            for (var k = 0; k < 3; k++) changed[random.Next(8, file.Length)] = (byte)random.Next(256);
            if (Record.Exception(() => TfliteFile.Read(changed, "model")) is { } problem) Assert.IsType<UnreadableFileException>(problem);
        }
    }

    private static float[] Run(byte[] file, float[] input, int answer = 0)
    {
        var model = TfliteFile.Read(file, "model");
        var graph = new OnnxGraph(new StateDict());
        var answers = TfliteNetwork.Run(graph, model, graph.Input("input", model.Tensors[model.Inputs[0]].Shape));
        graph.Output("output", answers[answer]);
        using var network = new OnnxModel(graph);
        network.Set("input", input);
        network.Run();
        return [.. network["output"]];
    }

    private static void Near(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.True(Math.Abs(expected[i] - actual[i]) < 2e-5f, $"{i}: {actual[i]}, expected {expected[i]}");
    }

    private static float[] Numbers(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(2 * Random.NextDouble() - 1))];
}
