using Duomano.Core.Hands;
using Duomano.Training.Gesture;
using Duomano.Training.Published;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Ablation;

/// <summary>What a denoising step of both hands takes with each variant's networks, asked in turns.</summary>
public static class AblationCosts
{
    private const int WarmUp = 3;

    /// <summary>Measures.</summary>
    /// <param name="recipe">The paper's recipe.</param>
    /// <param name="variants">The variants.</param>
    /// <param name="rounds">How often each is asked; its median counts.</param>
    /// <returns>By name, as a ratio to the first one's.</returns>
    public static IReadOnlyDictionary<string, double> Measure(GestureRecipe recipe, IReadOnlyList<AblationVariant> variants, int rounds)
    {
        ArgumentNullException.ThrowIfNull(variants);
        using var scope = torch.NewDisposeScope();
        using var still = torch.no_grad();
        var asked = variants.Select(variant => (Streams: GestureStreams.Create(variant.Of(recipe), torch.CPU), Recipe: variant.Of(recipe))).ToArray();
        try
        {
            var steps = asked.Select(one => Step(one.Streams, one.Recipe)).ToArray();
            var times = steps.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < WarmUp + rounds; round++)
            {
                for (var i = 0; i < steps.Length; i++)
                {
                    using var inner = torch.NewDisposeScope();
                    var seconds = StepBenchmark.Timed(steps[i]);
                    if (round >= WarmUp) times[i].Add(seconds);
                }
            }

            return variants.Select((variant, i) => KeyValuePair.Create(variant.Name, StepBenchmark.Median(times[i]) / StepBenchmark.Median(times[0]))).ToDictionary();
        }
        finally
        {
            foreach (var one in asked) one.Streams.Dispose();
        }
    }

    private static Action Step(GestureStreams streams, GestureRecipe recipe)
    {
        torch.Tensor Zeros(params long[] shape) => torch.zeros(shape);
        var (network, frames) = (recipe.Network, recipe.WindowFrames);
        var denoise = streams.Told(
            PerHand.Create(_ => Zeros(1, frames, network.InputWidth)), PerHand.Create(_ => network.GuideWidth == 0 ? null : Zeros(1, network.GuideWidth, frames)), training: false);
        var (noisy, at) = (PerHand.Create(_ => Zeros(1, network.Channels, frames)), TorchTensors.From([500f], [1]));
        return () => denoise(noisy, new(at, at));
    }
}
