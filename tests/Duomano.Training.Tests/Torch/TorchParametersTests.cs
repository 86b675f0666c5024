using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Torch;

public class TorchParametersTests
{
    private static readonly IReadOnlyList<ParameterDeclaration> Declared = TwoHandUNet.Parameters(new() { Dim = 8, Multipliers = [1, 2], CondWidth = 16, CondLayers = 1, CondFeedForward = 32 });

    [Fact]
    public void Values_DependOnSeedAndNameAlone()
    {
        using var all = TorchParameters.Create(Declared, seed: 3);
        using var reversed = TorchParameters.Create([.. Declared.Reverse()], seed: 3);
        using var other = TorchParameters.Create(Declared, seed: 4);
        foreach (var (name, tensor) in all.All) Assert.Equal(Read(tensor), Read(reversed[name]));
        Assert.NotEqual(Read(all["final_conv.weight"]), Read(other["final_conv.weight"]));
    }

    [Fact]
    public void StartingValues_AreInTheirRange()
    {
        using var parameters = TorchParameters.Create(Declared, seed: 1);
        Assert.Equal(Declared.Sum(parameter => parameter.Count), parameters.Count);
        foreach (var parameter in Declared)
        {
            var values = Read(parameters[parameter.Name]);
            var amount = parameter.Initialization.Value;
            if (parameter.Initialization.Kind == InitializationKind.Constant) Assert.All(values, value => Assert.Equal(amount, value));
            if (parameter.Initialization.Kind == InitializationKind.Uniform) Assert.InRange(values.Max(MathF.Abs), values.Length > 50 ? 0.8f * amount : 0, amount);
        }

        Assert.Equal(1 / MathF.Sqrt(8), Declared.Single(parameter => parameter.Name == "final_conv.weight").Initialization.Value);
    }

    [Fact]
    public void SaveAndLoad_RoundTrip_AndMisfitsAreNamed()
    {
        using var parameters = TorchParameters.Create(Declared, seed: 3);
        var state = parameters.Save();
        using var loaded = TorchParameters.Load(Declared, state);
        Assert.Equal(parameters.All.SelectMany(parameter => Read(parameter.Value)), loaded.All.SelectMany(parameter => Read(parameter.Value)));
        state["surplus"] = new([1], 1);
        var error = Assert.Throws<ArgumentException>(() => TorchParameters.Load(Declared, state));
        Assert.Contains("1 unexpected: surplus [1]", error.Message, StringComparison.Ordinal);
        Assert.Contains("surplus", Assert.Throws<ArgumentException>(() => loaded.Assign(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frozen_GetNoGradient()
    {
        using var scope = torch.NewDisposeScope();
        var config = new PositionConfig { InputWidth = 8, FeatureDim = 8, Layers = 1, FeedForward = 8 };
        using var parameters = TorchParameters.Create(PositionNetwork.Parameters(config), seed: 1);
        parameters.Freeze("transformer_encoder.");
        var network = new PositionNetwork<torch.Tensor>(new TorchOps(parameters), config);
        network.Predict(torch.rand(2, 5, 8)).Position.sum().backward();
        Assert.All(parameters.All, parameter => Assert.Equal(parameter.Key.StartsWith("transformer_encoder.", StringComparison.Ordinal), parameter.Value.grad is null));
    }

    [Fact]
    public void TrainingSteps_LeaveNoTensorBehind()
    {
        var config = new PositionConfig { InputWidth = 8, FeatureDim = 8, Layers = 1, FeedForward = 8, FeatureEncoder = new() { Features = 4, Blocks = 2 } };
        using var parameters = TorchParameters.Create(PositionNetwork.Parameters(config), seed: 1);
        using var optimizer = new AdamW(parameters.All);
        Step();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 5; i++) Step();
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);

        void Step()
        {
            using var scope = torch.NewDisposeScope();
            optimizer.ZeroGradients();
            new PositionNetwork<torch.Tensor>(new TorchOps(parameters, training: true), config).Predict(torch.rand(2, 16, 4)).Position.square().mean().backward();
            Gradients.ClipNorm(parameters.All, 0.1);
            optimizer.Step();
            _ = parameters.Save();
        }
    }

    private static float[] Read(torch.Tensor x) => TorchTensors.ToData(x).Values;
}
