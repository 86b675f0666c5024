using Duomano.Core.Hands;
using Duomano.Inference.Onnx;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Layers;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>The two-hand network as an ONNX graph against the published one, step by step.</summary>
[Trait("Category", "Reference")]
public class UNetTest_Reference
{
    [Theory]
    [InlineData("b2")]
    [InlineData("b1")]
    public void Outputs_AndEverythingOnTheWay(string batch)
    {
        var graph = new OnnxGraph(BothHands(Checkpoints.Map(checkpoint => checkpoint.Under("model."))));
        var inputs = new Inputs();
        var outputs = new Dictionary<string, OnnxValue>();
        var networks = PerHand.Create(side => new UNet<OnnxValue>(graph, Arguments.Gesture, ReferenceCompatibility.Published, $"{side.Name()}."));
        var steps = Input("t");
        var cond = networks.Zip(PerHand.Create(side => Input($"cond_{side.Name()}")), (network, raw) => network.Condition(graph.Transpose(raw)));
        var down = PerHand.Create(side => networks[side].Descend(Input($"x_{side.Name()}"), steps, cond[side], Input($"guide_{side.Name()}")));

        outputs["sinusoidal"] = SinusoidalEmbedding.Apply(graph, steps, Arguments.Gesture.Dim);
        foreach (var side in HandSides.Both)
        {
            var (own, other) = (down[side], down[side.Other()]);
            outputs[$"xcond_{side.Name()}"] = cond[side];
            outputs[$"t_emb_{side.Name()}"] = own.Time;
            outputs[$"r_{side.Name()}"] = own.Start;
            outputs[$"x_down_{side.Name()}"] = own.Bottleneck;
            outputs[$"hcaa_{side.Name()}"] = networks[side].Exchange(own, other.Bottleneck);
            outputs[$"out_{side.Name()}"] = networks[side].Ascend(own, other.Bottleneck);
        }

        if (batch == "b1")
        {
            Assert.Equal(down.Left.Skips.Count, Golden.List("unet/b1", "skip*_left.npy").Count());
            for (var i = 0; i < down.Left.Skips.Count; i++) outputs[$"skip{i}_left"] = down.Left.Skips[i];
        }

        foreach (var (name, value) in outputs) graph.Output($"result:{name}", value);
        using var model = inputs.Run(graph);
        foreach (var (name, value) in outputs) Golden.AssertClose($"unet/{batch}/{name}.npy", model[$"result:{name}"], value.Shape.Sizes);

        OnnxValue Input(string name)
        {
            var array = Golden.Array($"unet/inputs/{name}.npy");
            return inputs.Add(graph, name, batch == "b1" ? array.Row(0) : array);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Denoiser_GivesTheSameOutputs_WithAnyNumberOfThreads(int threads)
    {
        using var denoiser = Denoiser(threads);
        var steps = Golden.Array("unet/inputs/t.npy");
        var (pose, cond, guide) = (Rows("x"), Rows("cond"), Rows("guide"));
        denoiser.SetClip(1, pose.Left.Shape[2], cond.Map(FrameMajor), guide.Map(FrameMajor));
        for (var again = 0; again < 2; again++)
        {
            var output = denoiser.Denoise(pose.Map(array => array.Values), (int)steps.Integers[0]);
            foreach (var side in HandSides.Both) Golden.AssertClose($"unet/b1/out_{side.Name()}.npy", output[side], pose[side].Shape);
        }

        PerHand<NpyArray> Rows(string name) => PerHand.Create(side => Golden.Array($"unet/inputs/{name}_{side.Name()}.npy").Row(0));
    }

    /// <summary>[1, channels, frames] to [1, frames, channels].</summary>
    private static float[] FrameMajor(NpyArray array)
    {
        var (channels, frames) = (array.Shape[1], array.Shape[2]);
        var values = new float[array.Values.Length];
        for (var channel = 0; channel < channels; channel++)
        {
            for (var frame = 0; frame < frames; frame++) values[frame * channels + channel] = array.Values[channel * frames + frame];
        }

        return values;
    }
}
