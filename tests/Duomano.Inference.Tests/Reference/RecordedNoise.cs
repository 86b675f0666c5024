using Duomano.Core.Hands;
using Duomano.Networks.Diffusion;
using Duomano.Tests;

namespace Duomano.Inference.Tests.Reference;

/// <summary>The noise of a published run: entry i was used at step T − 1 − i.</summary>
internal sealed class RecordedNoise(string folder) : INoiseSource
{
    private readonly PerHand<NpyArray> _noise = PerHand.Create(side => Golden.Array($"{folder}/noise_{side.Name()}.npy"));

    /// <summary>Where both hands start; the right hand from the left one's noise where the run has no own noise for it.</summary>
    public PerHand<NpyArray> Initial { get; } = PerHand.Create(side =>
        Golden.Array(Golden.Has($"{folder}/init_noise_{side.Name()}.npy") ? $"{folder}/init_noise_{side.Name()}.npy" : $"{folder}/init_noise_left.npy"));

    public void Fill(HandSide hand, int t, Span<float> noise)
    {
        var recorded = _noise[hand];
        var index = recorded.Shape[0] - t;
        recorded.Values.AsSpan(index * noise.Length, noise.Length).CopyTo(noise);
    }
}
