using Duomano.Core.Numerics;
using Duomano.Inference.Onnx;
using Duomano.Networks.Tensors;

namespace Duomano.Inference.Tests.Onnx;

public class OnnxGraphTests
{
    public static TheoryData<string> Cases => [.. OperationCases.Inputs.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void EveryOperation_IsTheObviousComputation(string name)
    {
        var inputs = Inputs(name);
        var expected = OperationCases.Apply(name, new PlainOps(), inputs);

        // All inputs fed; then all but the first known as weights, as networks have them; then everything known.
        for (var fed = inputs.Length; fed >= 0; fed = fed == inputs.Length && fed > 1 ? 1 : fed - 1)
        {
            var weights = new StateDict();
            for (var i = fed; i < inputs.Length; i++) weights[$"w{i}"] = inputs[i];
            var graph = new OnnxGraph(weights);
            OnnxValue[] values =
            [
                .. inputs.Select((input, i) => i < fed ? graph.Input($"x{i}", input.Shape) : graph.Parameter($"w{i}", input.Shape, Initialization.Zeros)),
            ];
            var result = OperationCases.Apply(name, graph, values);
            Assert.Equal(expected.Shape, graph.Shape(result));
            graph.Output("y", result);
            using var model = new OnnxModel(graph);
            for (var i = 0; i < fed; i++) model.Set($"x{i}", inputs[i].Values);
            model.Run();
            var actual = model["y"];
            Assert.Equal(expected.Values.Length, actual.Length);
            for (var i = 0; i < actual.Length; i++) Assert.Equal(expected.Values[i], actual[i], 2e-5f * Math.Max(1, Math.Abs(expected.Values[i])));
        }
    }

    [Fact]
    public void BuffersStay_AndRunsFollowTheInputs()
    {
        var graph = new OnnxGraph(new StateDict { ["unused"] = new([1], 1) });
        var x = graph.Input("x", 3);
        graph.Output("squared", graph.Multiply(x, x));
        graph.Output("same", x);
        graph.Output("fixed", graph.Constant([4f, 5f], 2));
        using var model = new OnnxModel(graph);
        var (input, output) = (model["x"], model["squared"]);
        for (var run = 1; run <= 3; run++)
        {
            Array.Fill(input, run);
            model.Run();
            Assert.Same(output, model["squared"]);
            Assert.All(output, value => Assert.Equal(run * run, value));
            Assert.All(model["same"], value => Assert.Equal(run, value));
            Assert.Equal([4, 5], model["fixed"]);
        }
    }

    [Fact]
    public void ParallelThreads_GiveTheSameNumbers()
    {
        float[] Run(OnnxThreading threading)
        {
            var graph = new OnnxGraph(new StateDict());
            var x = graph.Input("x", 1, 8, 32);
            var square = graph.MatMul(x, graph.Permute(x, 0, 2, 1));
            graph.Output("y", graph.Add(graph.Softmax(graph.Sin(x), -1), graph.Tanh(graph.Concat(2, square, square, square, square))));
            using var model = new OnnxModel(graph, threading);
            new SeededRandom(3).FillGaussian(model["x"]);
            model.Run();
            return [.. model["y"]];
        }

        var alone = Run(new OnnxThreading());
        var together = Run(new OnnxThreading { IntraOperation = 2, InterOperation = 2 });
        for (var i = 0; i < alone.Length; i++) Assert.Equal(alone[i], together[i], 1e-5f);
    }

    [Fact]
    public void WrongUse_IsRefused()
    {
        var graph = new OnnxGraph(new StateDict { ["w"] = new([1, 2], 2) });
        var x = graph.Input("x", 2);
        Assert.Contains("'v'", Assert.Throws<ArgumentException>(() => graph.Parameter("v", [2], Initialization.Zeros)).Message);
        Assert.Contains("[3]", Assert.Throws<ArgumentException>(() => graph.Parameter("w", [3], Initialization.Zeros)).Message);
        Assert.Throws<ArgumentException>(() => graph.Input("x", 2));
        Assert.Throws<ArgumentException>(() => graph.Input("w", 2));
        Assert.Throws<ArgumentException>(() => graph.Add(x, graph.Constant([1, 2, 3], 3)));
        Assert.Throws<ArgumentException>(() => graph.Add(x, new OnnxGraph(new StateDict()).Input("x", 2)));
        Assert.Throws<InvalidOperationException>(() => graph.ToModel());
        graph.Output("y", x);
        using var model = new OnnxModel(graph);
        Assert.Throws<ArgumentException>(() => model.Set("x", [1, 2, 3]));
        Assert.Throws<ArgumentException>(() => model["z"]);
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxThreading { IntraOperation = 0 });
    }

    private static TensorData[] Inputs(string name)
    {
        var random = new SeededRandom(1, name);
        return
        [
            .. OperationCases.Inputs[name].Select(shape =>
            {
                var values = new float[shape.Aggregate(1, (product, size) => product * size)];
                random.FillGaussian(values);
                // Away from zero, where quotients would magnify rounding.
                return new TensorData(Array.ConvertAll(values, value => value + 0.3f * (value < 0 ? -1 : 1)), shape);
            }),
        ];
    }
}
