using Duomano.Core.Hands;
using Duomano.Networks.Diffusion;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Reference.PublishedSystem;

namespace Duomano.Training.Tests.Reference;

/// <summary>Complete sampling runs of the two-hand network on torch against the published ones.</summary>
[Trait("Category", "Reference")]
public class SamplingTest_Reference
{
    [Theory]
    [InlineData("sampling_distinct")]
    [InlineData("sampling_literal")]
    public void Run(string name)
    {
        var folder = $"diffusion/{name}";
        var compared = 0;
        var timesteps = Golden.Json($"{folder}/config.json").GetProperty("timesteps").GetInt32();
        var sample = PublishedSampling.Run(folder, timesteps, File("guide"), File("cond"), ownNoise: name == "sampling_distinct", step =>
        {
            foreach (var side in HandSides.Both)
            {
                Compare($"step_t{step.Timestep:000}_x_{side.Name()}.npy", step.Noisy[side]);
                Compare($"step_t{step.Timestep:000}_x_start_{side.Name()}.npy", step.Start[side]);
            }
        });
        foreach (var side in HandSides.Both) Compare($"sample_{side.Name()}.npy", sample[side]);
        Assert.True(compared >= 6);

        PerHand<torch.Tensor> File(string array) => PerHand.Create(side => Tensor($"{folder}/{array}_{side.Name()}.npy").DetachFromDisposeScope());

        void Compare(string file, float[] actual)
        {
            if (!Golden.Has($"{folder}/{file}")) return;
            Golden.AssertClose($"{folder}/{file}", actual, Golden.Array($"{folder}/{file}").Shape);
            compared++;
        }
    }
}
