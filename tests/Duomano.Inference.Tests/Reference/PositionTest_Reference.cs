using Duomano.Inference.Onnx;
using Duomano.Networks.Configuration;
using Duomano.Networks.Position;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>The position predictor, from the audio encoder's output on, as an ONNX graph against the published one.</summary>
[Trait("Category", "Reference")]
public class PositionTest_Reference
{
    [Theory]
    [InlineData("b2")]
    [InlineData("b1")]
    public void Position_AndEverythingOnTheWay(string batch)
    {
        var graph = new OnnxGraph(Checkpoints.Left.Under("piano2posi."));
        var inputs = new Inputs();
        var network = new PositionNetwork<OnnxValue>(graph, Arguments.Position, ReferenceCompatibility.Published);
        var prediction = network.Predict(inputs.Add(graph, "encoder_output", Golden.Array($"position/large_like/encoder_output_{batch}.npy")));
        var outputs = new Dictionary<string, OnnxValue>
        {
            ["feature_map"] = prediction.Features,
            ["transformer_encoder"] = prediction.Memory,
            ["transformer_decoder"] = prediction.Decoded,
            ["position"] = prediction.Position,
            ["cond"] = prediction.Cond,
        };
        foreach (var (name, value) in outputs) graph.Output(name, value);
        using var model = inputs.Run(graph);
        foreach (var (name, value) in outputs) Golden.AssertClose($"position/large_like/{name}_{batch}.npy", model[name], value.Shape.Sizes);
    }
}
