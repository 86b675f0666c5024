using Duomano.Core.Hands;
using Duomano.Inference.Autoencoder;

namespace Duomano.Inference.Tests.Autoencoder;

/// <summary>Features of motions against those that the published autoencoder gives.</summary>
[Trait("Category", "Reference")]
public class GestureFeaturesTest_Reference
{
    [Theory]
    [InlineData("real")]
    [InlineData("fake")]
    public void Features(string which)
    {
        using var extractor = GestureFeatureExtractor.Load(Golden.Path("metrics/gesture_autoencoder_checkpoint.bin"));
        var poses = PerHand.Create(side => Golden.Array($"metrics/{side.Name()}_pose_{which}.npy"));
        var sequences = poses.Left.Shape[0];
        float[] features = [.. Enumerable.Range(0, sequences).SelectMany(i => extractor.Extract(poses.Map(pose => pose.Row(i).Values)))];
        Golden.AssertClose($"metrics/features_{which}.npy", features, [sequences, extractor.Config.Features]);
    }
}
