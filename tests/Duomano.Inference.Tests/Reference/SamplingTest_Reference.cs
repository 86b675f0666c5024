using Duomano.Core.Hands;
using Duomano.Networks.Diffusion;
using Duomano.Tests;
using static Duomano.Inference.Tests.Reference.PublishedSystem;

namespace Duomano.Inference.Tests.Reference;

/// <summary>Complete published sampling runs with their recorded noise.</summary>
[Trait("Category", "Reference")]
public class SamplingTest_Reference
{
    [Theory]
    [InlineData("sampling_distinct")]
    [InlineData("sampling_literal")]
    public void Samples_AndStatesOnTheWay(string run)
    {
        var folder = $"diffusion/{run}";
        var steps = Golden.Json($"{folder}/config.json").GetProperty("timesteps").GetInt32();
        var noise = new RecordedNoise(folder);
        var shape = noise.Initial.Left.Shape;
        using var denoiser = Denoiser();
        denoiser.SetClip(shape[0], shape[2], Arrays("cond"), Arrays("guide"));

        var compared = 0;
        var sampler = new AncestralSampler(new SamplerOptions { Schedule = NoiseSchedule.Cosine(steps) });
        var sample = sampler.Sample(noise.Initial.Map(array => array.Values), denoiser.Denoise, noise, step =>
        {
            foreach (var side in HandSides.Both)
            {
                Compare($"step_t{step.Timestep:d3}_x_{side.Name()}", step.Noisy[side]);
                Compare($"step_t{step.Timestep:d3}_x_start_{side.Name()}", step.Start[side]);
            }
        });
        Assert.Equal(Golden.List(folder, "step_*.npy").Count(), compared);
        foreach (var side in HandSides.Both) Golden.AssertClose($"{folder}/sample_{side.Name()}.npy", sample[side], shape);

        PerHand<float[]> Arrays(string name) => PerHand.Create(side => Golden.Array($"{folder}/{name}_{side.Name()}.npy").Values);

        void Compare(string name, float[] actual)
        {
            if (!Golden.Has($"{folder}/{name}.npy")) return;
            Golden.AssertClose($"{folder}/{name}.npy", actual, shape);
            compared++;
        }
    }
}
