using Duomano.Core.Hands;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

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
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var config = Arguments.Gesture with { Fusion = (FusionMode)mode };
        var networks = GestureNetworks(GestureParameters(config, PerHand.Create(side => Weights(config, side))), config);
        var frames = Golden.Array($"unet/fusion/fusion{mode}_out_left.npy").Shape[2];
        var cond = networks.Zip(PerHand.Create(side => Input($"cond_{side.Name()}")), (network, raw) => network.Condition(raw.transpose(1, 2)));
        var output = TwoHandUNet.Evaluate<torch.Tensor>(
            networks,
            PerHand.Create(side => Input($"x_{side.Name()}")),
            Tensor("unet/inputs/t.npy"),
            cond,
            PerHand.Create<torch.Tensor?>(side => Input($"guide_{side.Name()}")));
        foreach (var side in HandSides.Both) AssertClose($"unet/fusion/fusion{mode}_out_{side.Name()}.npy", output[side]);

        torch.Tensor Input(string name) => Tensor($"unet/inputs/{name}.npy").narrow(2, 0, frames);
    }

    // The weights of mode 4, with some replaced where a mode needs other sizes.
    private static StateDict Weights(UNetConfig config, HandSide side)
    {
        var published = Checkpoints[side].Under("model.");
        var file = $"unet/fusion/fusion{(int)config.Fusion}-overrides-{side.Name()}.ckpt";
        var overrides = Golden.Has(file) ? PyTorchCheckpoint.Read(Golden.Path(file)).StateDict.Under("model.") : new();
        var weights = new StateDict();
        foreach (var parameter in TwoHandUNet.Parameters(config, ReferenceCompatibility.Published))
        {
            weights[parameter.Name] = overrides.TryGet(parameter.Name, out var replaced) ? replaced : published[parameter.Name];
        }

        return weights;
    }
}
