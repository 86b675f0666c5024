using Duomano.Core.Hands;
using Duomano.Inference.Onnx;

namespace Duomano.Inference.Models;

/// <summary>Each hand's compiled model of one kind, with one input and one output.</summary>
internal sealed class HandModels : IDisposable
{
    private const string Input = "input";
    private const string Output = "output";

    private readonly PerHand<OnnxModel> _models;

    /// <summary>Compiles both.</summary>
    /// <param name="inputShape">Sizes of the input.</param>
    /// <param name="write">Writes a hand's network: engine, side and input to output.</param>
    /// <param name="weights">Each hand's.</param>
    public HandModels(IReadOnlyList<int> inputShape, PerHand<Networks.Tensors.StateDict> weights, Func<OnnxGraph, OnnxValue, OnnxValue> write) =>
        _models = DisposablePair.Create(side =>
        {
            var graph = new OnnxGraph(weights[side]);
            graph.Output(Output, write(graph, graph.Input(Input, inputShape)));
            return new OnnxModel(graph);
        });

    /// <summary>Runs one hand's model.</summary>
    /// <returns>The output, valid until the next run of this hand.</returns>
    public float[] Run(HandSide side, ReadOnlySpan<float> input)
    {
        var model = _models[side];
        model.Set(Input, input);
        model.Run();
        return model[Output];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _models.Left.Dispose();
        _models.Right.Dispose();
    }
}
