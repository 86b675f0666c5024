using Duomano.Core.Hands;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Training.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Gesture;

/// <summary>What gesture networks are told of windows, as tensors.</summary>
internal sealed class GestureInput(GestureRecipe recipe, MotionCodec codec, torch.Device device)
{
    private readonly GestureGuide? _guide = recipe.Network.GuideWidth == 0 ? null : new(recipe.Network.GuideWidth, codec);

    /// <summary>Each hand's guide, [windows × frames, guide width]; empty for networks without.</summary>
    public PerHand<float[]> Guide(MotionWindow windows) => _guide?.Of(windows.Guide, windows.Features) ?? new([], []);

    /// <summary>Each hand's [windows, frames, features].</summary>
    public PerHand<torch.Tensor> Features(MotionWindow windows, int count)
    {
        var width = recipe.Network.InputWidth;
        return windows.Features.Map(rows => TorchTensors.From(PlayingFeatures.Told(rows, width, windows.Style), [count, recipe.WindowFrames, width], device));
    }

    /// <summary>Each hand's [windows, guide width, frames]; null for networks without.</summary>
    public PerHand<torch.Tensor?> Guides(PerHand<float[]> guide, int count) =>
        guide.Map(values => _guide is null ? null : TorchTensors.From(values, [count, recipe.WindowFrames, _guide.Width], device).transpose(1, 2));
}
