using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;
using Parameter = TorchSharp.Modules.Parameter;

namespace Duomano.Training.Tests.Torch;

/// <summary>The vectorised optimizer against torch's own.</summary>
public class AdamWTests
{
    private static readonly long[][] Shapes = [[37, 5], [64], [1], [3, 2, 7]];

    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void SameSteps_AsTorchsOwn(double weightDecay, bool onTorch)
    {
        using var scope = torch.NewDisposeScope();
        var ours = Parameters();
        List<KeyValuePair<string, torch.Tensor>> theirs = [.. Parameters().Select(parameter => KeyValuePair.Create<string, torch.Tensor>(parameter.Key, new Parameter(parameter.Value)))];
        using var optimizer = new AdamW(ours, new() { LearningRate = 1e-2, WeightDecay = weightDecay, Beta1 = 0.8, Beta2 = 0.95, Epsilon = 1e-6 }) { OnTorch = onTorch };
        using var expected = torch.optim.AdamW(theirs.Select(parameter => (Parameter)parameter.Value), 1e-2, 0.8, 0.95, 1e-6, weightDecay);
        for (var step = 0; step < 10; step++)
        {
            optimizer.LearningRate = 1e-2 / (step + 1);
            expected.ParamGroups.First().LearningRate = 1e-2 / (step + 1);
            Backward(ours, step);
            Backward(theirs, step);
            optimizer.Step();
            expected.step();
        }

        for (var i = 0; i < ours.Count; i++) AssertClose(theirs[i].Value, ours[i].Value);
    }

    [Fact]
    public void ParametersWithoutGradient_StayAsTheyAre()
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Parameters();
        var before = TorchTensors.ToData(parameters[1].Value).Values;
        using var optimizer = new AdamW(parameters, new() { WeightDecay = 0.5 });
        parameters[0].Value.sum().backward();
        optimizer.Step();
        Assert.Equal(before, TorchTensors.ToData(parameters[1].Value).Values);
        optimizer.ZeroGradients();
        Assert.All(parameters, parameter => Assert.Null(parameter.Value.grad));
    }

    [Fact]
    public void Resumed_GoesOnBitForBit()
    {
        using var scope = torch.NewDisposeScope();
        var (straight, resumed) = (Parameters(), Parameters());
        using var optimizer = new AdamW(straight);
        using var first = new AdamW(resumed);
        using var second = new AdamW(resumed);
        for (var step = 0; step < 6; step++)
        {
            Backward(straight, step);
            Backward(resumed, step);
            optimizer.Step();
            (step < 3 ? first : second).Step();
            if (step == 2) second.Load(first.Save());
        }

        for (var i = 0; i < straight.Count; i++) Assert.Equal(TorchTensors.ToData(straight[i].Value).Values, TorchTensors.ToData(resumed[i].Value).Values);
        Assert.Throws<ArgumentException>(() => second.Load(new()));
    }

    [Fact]
    public void GradientsTakenAsTheyCome_AreTheSameSteps()
    {
        var declared = new ParameterDeclaration[] { new("a", [6, 5], Initialization.Normal(1)), new("b", [5], Initialization.Normal(1)), new("unused", [3], Initialization.Ones) };
        using var kept = TorchParameters.Create(declared, 1);
        using var early = TorchParameters.Create(declared, 1);
        using var optimizer = new AdamW(kept.All);
        using var other = new AdamW(early.All);
        for (var step = 0; step < 4; step++)
        {
            using var scope = torch.NewDisposeScope();
            Loss(kept, step).backward();
            optimizer.Step();
            optimizer.ZeroGradients();

            var taken = new List<string>();
            early.HandOverGradients((name, gradient) =>
            {
                taken.Add(name);
                other.Take(name, gradient);
            });
            Loss(early, step).backward();
            Assert.Equal(["a", "b"], taken.Order());
            Assert.All(early.All, parameter => Assert.Null(parameter.Value.grad));
            other.Apply();
            Assert.All(kept.All.Zip(early.All), pair => Assert.Equal(TorchTensors.ToData(pair.First.Value).Values, TorchTensors.ToData(pair.Second.Value).Values));
        }

        Assert.Throws<ArgumentException>(() => other.Take("none", torch.ones(1)));
        early.HandOverGradients(null);
        using var last = torch.NewDisposeScope();
        Loss(early, 0).backward();
        Assert.NotNull(early["a"].grad);

        // "a" is asked for twice: its gradient is the sum of both ways.
        static torch.Tensor Loss(TorchParameters parameters, int step)
        {
            var ops = new TorchOps(parameters);
            var x = ops.Linear(torch.full(new long[] { 2, 5 }, step + 1.0f), ops.Parameter("a", [6, 5], Initialization.Ones), null);
            var y = ops.Multiply(ops.Parameter("a", [6, 5], Initialization.Ones), ops.Parameter("b", [5], Initialization.Ones));
            return ops.Add(ops.Multiply(x, x).sum(), y.sin().sum());
        }
    }

    [Fact]
    public void HalvedParameters_AreRoundedAndDoNotLearn()
    {
        using var scope = torch.NewDisposeScope();
        using var parameters = TorchParameters.Create([new("a", [100], Initialization.Normal(1))], 1);
        var before = TorchTensors.ToData(parameters["a"]).Values;
        parameters.FreezeHalved();
        Assert.Equal(before.Select(value => (float)(Half)value), TorchTensors.ToData(parameters["a"]).Values);
        Assert.Equal(torch.ScalarType.Float16, parameters.All[0].Value.dtype);
        Assert.False(parameters["a"].requires_grad);
    }

    [Fact]
    public void ClippedGradients_HaveTheLimitAsNorm()
    {
        using var scope = torch.NewDisposeScope();
        var parameters = Parameters();
        Backward(parameters, 0);
        var norm = Gradients.Norm(parameters);
        Assert.Equal(Math.Sqrt(parameters.Sum(parameter => (double)parameter.Value.grad!.square().sum().item<float>())), norm, 1e-5 * norm);
        Assert.Equal(norm, Gradients.ClipNorm(parameters, 2 * norm));
        Assert.Equal(norm, Gradients.Norm(parameters));
        Assert.Equal(norm, Gradients.ClipNorm(parameters, norm / 3));
        Assert.Equal(norm / 3, Gradients.Norm(parameters), 1e-5 * norm);
    }

    private static List<KeyValuePair<string, torch.Tensor>> Parameters()
    {
        torch.manual_seed(7);
        return [.. Shapes.Select((shape, i) => new KeyValuePair<string, torch.Tensor>($"p{i}", torch.randn(shape).requires_grad_(true)))];
    }

    private static void Backward(List<KeyValuePair<string, torch.Tensor>> parameters, int step)
    {
        foreach (var (_, parameter) in parameters)
        {
            parameter.grad = null;
            (parameter.Plus(-step).square() * parameter.Plus(2)).sum().backward();
        }
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual) =>
        Golden.AssertClose(Array.ConvertAll(TorchTensors.ToData(expected).Values, value => (double)value), TorchTensors.ToData(actual).Values, 2e-6, "parameters");
}
