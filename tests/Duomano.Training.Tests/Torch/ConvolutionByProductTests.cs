using Duomano.Training.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace Duomano.Training.Tests.Torch;

public class ConvolutionByProductTests
{
    [Theory]
    [InlineData(1, 1, 0, 1)]
    [InlineData(7, 1, 3, 1)]
    [InlineData(4, 2, 1, 1)]
    [InlineData(3, 1, 4, 4)]
    [InlineData(3, 2, 2, 2)]
    public void Values_and_gradients_are_those_of_a_convolution(int kernel, int stride, int padding, int dilation)
    {
        TorchRuntime.Initialize(1);
        using var scope = NewDisposeScope();
        random.manual_seed(4);
        Tensor[] Inputs() => [randn(2, 6, 23).requires_grad_(), randn(5, 6, kernel).requires_grad_(), randn(5).requires_grad_()];
        var inputs = Inputs();
        var expected = nn.functional.conv1d(inputs[0], inputs[1], inputs[2], stride, padding, dilation);
        expected.square().sum().backward();
        var gradients = inputs.Select(input => input.grad!.clone()).ToArray();
        foreach (var input in inputs) input.grad!.zero_();
        var actual = ConvolutionByProduct.Of(inputs[0], inputs[1], inputs[2], stride, padding, dilation);
        Assert.Equal(expected.shape, actual.shape);
        Assert.True((expected - actual).abs().max().ToSingle() < 1e-4f);
        actual.square().sum().backward();
        for (var i = 0; i < inputs.Length; i++) Assert.True((gradients[i] - inputs[i].grad!).abs().max().ToSingle() < 2e-3f, $"gradient {i}");
    }
}
