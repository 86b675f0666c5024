using Duomano.Core.Numerics;
using Duomano.Inference.Onnx;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Tests.Onnx;

/// <summary>Products of large weights in int8.</summary>
public class QuantizedGraphTests
{
    private const int Inputs = 128;
    private const int Frames = 10;

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 1)]
    [InlineData(5, 1)]
    public void Convolutions_OfNumbersOf8Bits_AreExact(int taps, int padding)
    {
        RequireInt8();
        var random = new SeededRandom(taps);
        var outputs = (1 << 16) / Inputs;
        var weights = new StateDict
        {
            // Every output has the largest weight somewhere, and the inputs reach from 0 to 255: all scales are 1.
            ["w"] = Whole(random, 255, -127, outputs, Inputs, taps),
            ["b"] = Whole(random, 100, -50, outputs),
        };
        for (var output = 0; output < outputs; output++) weights["w"].Values[output * Inputs * taps + random.Next(Inputs * taps)] = 127;
        var x = Whole(random, 256, 0, 2, Inputs, Frames);
        (x.Values[3], x.Values[8]) = (0, 255);

        OnnxGraph Graph(InferencePrecision precision)
        {
            var graph = new OnnxGraph(weights, precision);
            graph.Output("y", graph.Conv1d(
                graph.Input("x", 2, Inputs, Frames), graph.Parameter("w", weights["w"].Shape, Initialization.Zeros), graph.Parameter("b", [outputs], Initialization.Zeros), padding: padding));
            return graph;
        }

        Assert.Equal(Run(Graph(InferencePrecision.Float32), x.Values), Run(Graph(InferencePrecision.Int8), x.Values));
    }

    [Fact]
    public void LargeLinearLayers_AreNear_AndSmallOnesAsTheyWere()
    {
        RequireInt8();
        var random = new SeededRandom(7);
        foreach (var (outputs, error) in (ReadOnlySpan<(int, double)>)[(1024, 0.02), (64, 0)])
        {
            var weights = new StateDict { ["w"] = Gaussian(random, outputs, Inputs) };
            var x = Gaussian(random, 3, Inputs);
            OnnxGraph Graph(InferencePrecision precision)
            {
                var graph = new OnnxGraph(weights, precision);
                graph.Output("y", graph.Linear(graph.Input("x", 1, 3, Inputs), graph.Parameter("w", [outputs, Inputs], Initialization.Zeros), null));
                return graph;
            }

            var (exact, rounded) = (Run(Graph(InferencePrecision.Float32), x.Values), Run(Graph(InferencePrecision.Int8), x.Values));
            var apart = Math.Sqrt(exact.Zip(rounded, (a, b) => (double)(a - b) * (a - b)).Sum() / exact.Sum(a => (double)a * a));
            Assert.Equal(error > 0, apart > 0);
            Assert.InRange(apart, 0, error);
        }
    }

    private static void RequireInt8() => Assert.SkipUnless(InferencePrecisions.HasInt8, "The processor has no instructions for int8.");

    private static float[] Run(OnnxGraph graph, float[] x)
    {
        using var model = new OnnxModel(graph);
        model.Set("x", x);
        model.Run();
        return [.. model["y"]];
    }

    private static TensorData Whole(SeededRandom random, int count, int least, params int[] shape) =>
        new([.. Enumerable.Range(0, shape.Aggregate(1, (product, size) => product * size)).Select(_ => (float)(least + random.Next(count)))], shape);

    private static TensorData Gaussian(SeededRandom random, params int[] shape)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        random.FillGaussian(values);
        return new(values, shape);
    }
}
