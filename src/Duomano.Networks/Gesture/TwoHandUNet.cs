using Duomano.Core.Hands;
using Duomano.Networks.Configuration;
using Duomano.Networks.Tensors;

namespace Duomano.Networks.Gesture;

/// <summary>Both hands' networks in lock-step: both go down, then each goes up with its own and the other's bottleneck.</summary>
public static class TwoHandUNet
{
    /// <summary>Evaluates both networks for one diffusion step.</summary>
    /// <param name="networks">Each hand's network.</param>
    /// <param name="pose">Noisy poses, each [batch, channels, frames].</param>
    /// <param name="steps">[batch], shared by both hands.</param>
    /// <param name="cond">What each network's <see cref="UNet{T}.Condition"/> gave.</param>
    /// <param name="guide">Each hand's guide.</param>
    /// <returns>Each network's output, [batch, channels, frames].</returns>
    public static PerHand<T> Evaluate<T>(PerHand<UNet<T>> networks, PerHand<T> pose, T steps, PerHand<T> cond, PerHand<T?> guide) =>
        Evaluate(networks, pose, new PerHand<T>(steps, steps), cond, guide);

    /// <summary>Evaluates both networks, each at its own diffusion step.</summary>
    /// <param name="networks">Each hand's network.</param>
    /// <param name="pose">Noisy poses, each [batch, channels, frames].</param>
    /// <param name="steps">Each hand's, [batch].</param>
    /// <param name="cond">What each network's <see cref="UNet{T}.Condition"/> gave.</param>
    /// <param name="guide">Each hand's guide.</param>
    /// <param name="exchanged">What each hand is told of the other one's bottleneck; that itself, if not given.</param>
    /// <returns>Each network's output, [batch, channels, frames].</returns>
    public static PerHand<T> Evaluate<T>(PerHand<UNet<T>> networks, PerHand<T> pose, PerHand<T> steps, PerHand<T> cond, PerHand<T?> guide, Func<T, T>? exchanged = null)
    {
        var down = PerHand.Create(side => networks[side].Descend(pose[side], steps[side], cond[side], guide[side]));
        return networks.Zip(down.MapWithOther((own, other) => (Own: own, Other: other)), (network, at) => network.Ascend(at.Own, exchanged is null ? at.Other.Bottleneck : exchanged(at.Other.Bottleneck)));
    }

    /// <summary>The parameters of one hand's network, in the order it asks for them.</summary>
    /// <param name="config">Sizes.</param>
    /// <param name="compatibility">Which published quirks it has; ours if not given.</param>
    /// <param name="prefix">What their names begin with.</param>
    public static IReadOnlyList<ParameterDeclaration> Parameters(UNetConfig config, ReferenceCompatibility? compatibility = null, string prefix = "")
    {
        ArgumentNullException.ThrowIfNull(config);
        return ParameterDeclarations.Of(ops =>
        {
            var network = new UNet<TensorShape>(ops, config, compatibility, prefix);
            var frames = config.FrameMultiple;
            var cond = network.Condition(ShapeOps.Input(2, Math.Min(frames, config.MaxLength), config.InputWidth));
            var guide = config.GuideWidth == 0 ? null : ShapeOps.Input(2, config.GuideWidth, frames);
            var down = network.Descend(ShapeOps.Input(2, config.Channels, frames), ShapeOps.Input(2), cond, guide);
            network.Ascend(down, down.Bottleneck);
        });
    }
}
