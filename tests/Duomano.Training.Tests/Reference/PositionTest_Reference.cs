using Duomano.Networks.Configuration;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Training.Losses;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>The position predictor against the published one, from the audio encoder's output on.</summary>
[Trait("Category", "Reference")]
public class PositionTest_Reference
{
    [Theory]
    [InlineData("b2")]
    [InlineData("b1")]
    public void Head(string batch)
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var prediction = Predict(batch);
        AssertClose(File("feature_map"), prediction.Features);
        AssertClose(File("transformer_encoder"), prediction.Memory);
        AssertClose(File("transformer_decoder"), prediction.Decoded);
        AssertClose(File("position"), prediction.Position);
        AssertClose(File("cond"), prediction.Cond);

        string File(string name) => $"position/large_like/{name}_{batch}.npy";
    }

    [Fact]
    public void Losses()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        var rows = Tensor("position/loss_gt.npy");
        var expected = Golden.Json("position/losses.json");
        foreach (var norm in Enum.GetValues<ErrorNorm>())
        {
            var loss = TrackLoss.Of(Predict("b2").Position, rows.narrow(2, 1, 3), rows.select(2, 0), norm);
            var published = expected.GetProperty(norm == ErrorNorm.Absolute ? "naive_l1" : "naive_l2");
            AssertEqual(published.GetProperty("rec_loss").GetDouble(), loss.Reconstruction);
            AssertEqual(published.GetProperty("vel_loss").GetDouble(), loss.Velocity);
        }

        static void AssertEqual(double expected, torch.Tensor actual) => Assert.Equal(expected, actual.item<float>(), 2e-5 * expected);
    }

    private static PositionPrediction<torch.Tensor> Predict(string batch)
    {
        var published = Checkpoints.Left.Under("piano2posi.");
        var weights = new StateDict();
        foreach (var name in published.Names.Where(name => !name.StartsWith("audio_encoder_cont.", StringComparison.Ordinal))) weights[name] = published[name];
        var parameters = TorchParameters.Load(PositionNetwork.Parameters(Arguments.Position, ReferenceCompatibility.Published), weights);
        var network = new PositionNetwork<torch.Tensor>(new TorchOps(parameters), Arguments.Position, ReferenceCompatibility.Published);
        return network.Predict(Tensor($"position/large_like/encoder_output_{batch}.npy"));
    }
}
