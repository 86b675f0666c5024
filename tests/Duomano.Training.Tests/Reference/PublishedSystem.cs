using Duomano.Core.Hands;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Reference;

/// <summary>The golden checkpoints of both hands as networks on torch, with all published quirks.</summary>
internal static class PublishedSystem
{
    public static PerHand<StateDict> Checkpoints { get; } =
        PerHand.Create(side => PyTorchCheckpoint.Read(Golden.Find("unet/experiment", $"piano2pose-{side.Name()}-*.ckpt")).StateDict);

    public static PublishedArguments Arguments { get; } = PublishedArguments.Read(
        File.ReadAllText(Golden.Path("unet/experiment/args.txt")), File.ReadAllText(Golden.Path("unet/experiment/args_posi.txt")), Checkpoints.Left);

    public static PerHand<TorchParameters> GestureParameters(UNetConfig? config = null, PerHand<StateDict>? weights = null)
    {
        var declared = TwoHandUNet.Parameters(config ?? Arguments.Gesture, ReferenceCompatibility.Published);
        return (weights ?? Checkpoints.Map(checkpoint => checkpoint.Under("model."))).Map(state => TorchParameters.Load(declared, state));
    }

    public static PerHand<UNet<torch.Tensor>> GestureNetworks(PerHand<TorchParameters> parameters, UNetConfig? config = null) =>
        parameters.Map(values => new UNet<torch.Tensor>(new TorchOps(values), config ?? Arguments.Gesture, ReferenceCompatibility.Published));

    /// <summary>An array of the golden set as a tensor.</summary>
    public static torch.Tensor Tensor(string file) => Tensor(Golden.Array(file));

    public static torch.Tensor Tensor(NpyArray array) => TorchTensors.From(array.Values, array.Shape);

    /// <summary>Compares a tensor with a golden array.</summary>
    public static void AssertClose(string file, torch.Tensor actual)
    {
        var data = TorchTensors.ToData(actual);
        Golden.AssertClose(file, data.Values, data.Shape);
    }
}
