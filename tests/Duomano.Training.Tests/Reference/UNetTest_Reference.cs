using Duomano.Core.Hands;
using Duomano.Networks.Layers;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>The two-hand network against the published one, step by step.</summary>
[Trait("Category", "Reference")]
public class UNetTest_Reference
{
    [Theory]
    [InlineData("b2")]
    [InlineData("b1")]
    public void Outputs_AndEverythingOnTheWay(string batch)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var parameters = GestureParameters();
        var networks = GestureNetworks(parameters);
        var steps = Input("t");
        var cond = networks.Zip(PerHand.Create(side => Input($"cond_{side.Name()}")), (network, raw) => network.Condition(raw.transpose(1, 2)));
        var down = PerHand.Create(side => networks[side].Descend(Input($"x_{side.Name()}"), steps, cond[side], Input($"guide_{side.Name()}")));

        AssertClose($"unet/{batch}/sinusoidal.npy", SinusoidalEmbedding.Apply(new TorchOps(parameters.Left), steps, Arguments.Gesture.Dim));
        foreach (var side in HandSides.Both)
        {
            var (own, other) = (down[side], down[side.Other()]);
            AssertClose(File("xcond"), cond[side]);
            AssertClose(File("t_emb"), own.Time);
            AssertClose(File("r"), own.Start);
            AssertClose(File("x_down"), own.Bottleneck);
            AssertClose(File("hcaa"), networks[side].Exchange(own, other.Bottleneck));
            AssertClose(File("out"), networks[side].Ascend(own, other.Bottleneck));

            string File(string name) => $"unet/{batch}/{name}_{side.Name()}.npy";
        }

        string[] skips = [.. Golden.List($"unet/{batch}", "skip*_left.npy")];
        Assert.Equal(batch == "b1" ? down.Left.Skips.Count : 0, skips.Length);
        for (var i = 0; i < skips.Length; i++) AssertClose($"unet/{batch}/skip{i}_left.npy", down.Left.Skips[i]);

        torch.Tensor Input(string name)
        {
            var array = Golden.Array($"unet/inputs/{name}.npy");
            return Tensor(batch == "b1" ? array.Row(0) : array);
        }
    }

    [Fact]
    public void Lambda()
    {
        var expected = Golden.Json("unet/lambda.json");
        using var scope = torch.NewDisposeScope();
        var parameters = GestureParameters();
        foreach (var side in HandSides.Both)
        {
            var module = new ModuleScope<torch.Tensor>(new TorchOps(parameters[side]), "diff_attn.");
            var lambda = HandCoordinatedAttention.Lambda(module, headWidth: Arguments.Gesture.BottleneckWidth / 8).item<float>();
            Assert.Equal(expected.GetProperty(side.Name()).GetProperty("lambda_full").GetDouble(), lambda, 1e-5);
        }
    }
}
