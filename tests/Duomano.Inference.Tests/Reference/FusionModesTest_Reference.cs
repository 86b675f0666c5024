using Duomano.Core.Hands;
using Duomano.Inference.Onnx;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>The other ways in which the published hands can meet.</summary>
[Trait("Category", "Reference")]
public class FusionModesTest_Reference
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Outputs(int mode)
    {
        var config = Arguments.Gesture with { Fusion = (FusionMode)mode };
        var expected = PerHand.Create(side => Golden.Array($"unet/fusion/fusion{mode}_out_{side.Name()}.npy"));
        var frames = expected.Left.Shape[2];
        var graph = new OnnxGraph(BothHands(PerHand.Create(side => Weights(mode, side))));
        var inputs = new Inputs();
        var networks = PerHand.Create(side => new UNet<OnnxValue>(graph, config, ReferenceCompatibility.Published, $"{side.Name()}."));
        var cond = PerHand.Create(side => networks[side].Condition(graph.Transpose(Input($"cond_{side.Name()}"))));
        var output = TwoHandUNet.Evaluate<OnnxValue>(
            networks,
            PerHand.Create(side => Input($"x_{side.Name()}")),
            inputs.Add(graph, "t", Golden.Array("unet/inputs/t.npy")),
            cond,
            PerHand.Create<OnnxValue?>(side => Input($"guide_{side.Name()}")));
        foreach (var side in HandSides.Both) graph.Output($"out_{side.Name()}", output[side]);
        using var model = inputs.Run(graph);
        foreach (var side in HandSides.Both) Golden.AssertClose($"unet/fusion/fusion{mode}_out_{side.Name()}.npy", model[$"out_{side.Name()}"], expected[side].Shape);

        OnnxValue Input(string name) => graph.Slice(inputs.Add(graph, name, Golden.Array($"unet/inputs/{name}.npy")), 2, 0, frames);
    }

    /// <summary>The weights of mode 4, with some replaced where a mode needs other sizes.</summary>
    private static StateDict Weights(int mode, HandSide side)
    {
        var weights = new StateDict();
        weights.AddUnder("", Checkpoints[side].Under("model."));
        var file = $"unet/fusion/fusion{mode}-overrides-{side.Name()}.ckpt";
        if (Golden.Has(file)) weights.AddUnder("", PyTorchCheckpoint.Read(Golden.Path(file)).StateDict.Under("model."));
        return weights;
    }
}
