using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Torch;

/// <summary>bfloat16 in products alone: near float32's numbers, with float32 results and gradients.</summary>
public class MixedPrecisionTests
{
    private static readonly UNetConfig Config = new() { Dim = 8, CondWidth = 16, CondLayers = 1, CondFeedForward = 16, Dropout = 0 };

    [Fact]
    public void Network_GivesNearlyTheSameAnswersAndGradients()
    {
        using var scope = torch.NewDisposeScope();
        using var parameters = TorchParameters.Create(TwoHandUNet.Parameters(Config), 3);
        var (exact, exactGradient) = Evaluate(parameters, TorchPrecision.Float32);
        var (mixed, mixedGradient) = Evaluate(parameters, TorchPrecision.Bfloat16);
        Assert.Equal(torch.ScalarType.Float32, mixed.dtype);
        Assert.Equal(torch.ScalarType.Float32, mixedGradient.dtype);
        Assert.InRange(Difference(exact, mixed), 1e-6, 0.03);
        Assert.InRange(Difference(exactGradient, mixedGradient), 1e-6, 0.05);
    }

    private static (torch.Tensor Answer, torch.Tensor Gradient) Evaluate(TorchParameters parameters, TorchPrecision precision)
    {
        foreach (var (_, parameter) in parameters.All) parameter.grad = null;
        torch.manual_seed(1);
        var network = new UNet<torch.Tensor>(new TorchOps(parameters, precision: precision), Config);
        var cond = network.Condition(torch.randn(2, 16, 16));
        var down = network.Descend(torch.randn(2, 48, 16), torch.tensor(new float[] { 3, 700 }), cond, torch.randn(2, 6, 16));
        var answer = network.Ascend(down, down.Bottleneck);
        answer.square().mean().backward();
        return (answer.detach(), parameters["init_conv.weight"].grad!.clone());
    }

    // Of the largest magnitude.
    private static double Difference(torch.Tensor a, torch.Tensor b) => (a - b).abs().max().item<float>() / a.abs().max().item<float>();
}
