using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Position;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>Audio encoder and position predictor on torch, from sound on, against the published ones.</summary>
[Trait("Category", "Reference")]
public class EncoderTest_Reference
{
    [Theory]
    [InlineData("large", "b2")]
    [InlineData("large", "b1")]
    [InlineData("base", "b2")]
    [InlineData("base", "b1")]
    public void Predictor_AndEverythingOnTheWay(string flavour, string batch)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var (config, parameters) = Predictor(flavour);
        using var disposed = parameters;
        var ops = new TorchOps(parameters);
        var encoder = new AudioEncoder<torch.Tensor>(new(ops, $"{PositionNetwork.AudioEncoderName}."), config.AudioEncoder!);
        var sound = Sound(batch);
        var extracted = encoder.Extract(sound);
        var resampled = encoder.Resample(extracted, Golden.Array(File("interpolated")).Shape[1]);
        var projected = encoder.Project(resampled);
        AssertClose(File("conv_features"), extracted);
        AssertClose(File("interpolated"), resampled);
        AssertClose(File("projected"), projected);
        AssertClose(File("encoder_output"), encoder.Transform(projected));

        var prediction = new PositionNetwork<torch.Tensor>(ops, config, ReferenceCompatibility.Published).PredictFromSound(sound, (int)resampled.size(1));
        AssertClose(File("position"), prediction.Position);
        AssertClose(File("cond"), prediction.Cond);

        string File(string name) => $"position/{flavour}_like/{name}_{batch}.npy";
    }

    [Fact]
    public void EveryUsedParameter_GetsAGradient()
    {
        using var scope = torch.NewDisposeScope();
        var (config, parameters) = Predictor("large");
        using var disposed = parameters;
        var network = new PositionNetwork<torch.Tensor>(new TorchOps(parameters), config, ReferenceCompatibility.Published);
        network.PredictFromSound(Sound("b1"), 24).Position.sum().backward();
        foreach (var (name, tensor) in parameters.All)
        {
            // Nothing uses the one, and a softmax does not see the other.
            if (name.StartsWith("pos_feature_map.", StringComparison.Ordinal) || name.EndsWith("k_proj.bias", StringComparison.Ordinal)) continue;
            Assert.True(tensor.grad is not null && tensor.grad.abs().sum().ToDouble() > 0, name);
        }
    }

    private static torch.Tensor Sound(string batch)
    {
        var sound = Golden.Array("position/audio.npy");
        var clips = batch == "b1" ? sound.Row(0) : sound;
        return TorchTensors.From(SoundNormalization.Normalize(clips.Values, clips.Shape[0], together: true), clips.Shape);
    }

    private static (PositionConfig Config, TorchParameters Parameters) Predictor(string flavour)
    {
        var encoder = HuggingFaceEncoder.ReadConfig(Golden.Path($"position/{flavour}_like/hubert-{flavour}-tiny"));
        var config = Arguments.Position with { AudioEncoder = encoder, InputWidth = encoder.Width };
        var weights = PublishedPredictor.Named(flavour == "large"
            ? Checkpoints.Left.Under("piano2posi.")
            : PyTorchCheckpoint.Read(Golden.Find("position/base_like", "piano2posi-left-*.ckpt")).StateDict);
        return (config, TorchParameters.Load(PositionNetwork.Parameters(config, ReferenceCompatibility.Published), weights));
    }
}
