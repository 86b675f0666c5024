using Duomano.Core.Hands;
using Duomano.Networks.Configuration;
using Duomano.Networks.Gesture;
using Duomano.Networks.Tensors;
using Duomano.Training.Motion;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Gesture;

/// <summary>Answers for both hands what their noisy motion was before the noise, or whatever the objective asks for.</summary>
/// <param name="noisy">Each [windows, channels, frames].</param>
/// <param name="steps">Each hand's diffusion steps, [windows].</param>
/// <returns>Like <paramref name="noisy"/>.</returns>
public delegate PerHand<torch.Tensor> DenoiseBoth(PerHand<torch.Tensor> noisy, PerHand<torch.Tensor> steps);

/// <summary>What denoises the motion of two hands: a network for each that meet, or one for both.</summary>
public abstract class GestureStreams : IDisposable
{
    /// <summary>All that is trained, by name.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters { get; }

    /// <summary>How many numbers that is.</summary>
    public abstract long Count { get; }

    /// <summary>Fresh networks.</summary>
    /// <param name="recipe">Their sizes, whether there is one for both hands, and the seed.</param>
    /// <param name="device">Where they live.</param>
    public static GestureStreams Create(GestureRecipe recipe, torch.Device device)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.OneStream ? new JoinedStreams(recipe, device) : new SeparateStreams(recipe, device);
    }

    /// <summary>Tells the networks what is played; once a batch, not once a step.</summary>
    /// <param name="features">Each hand's [windows, frames, features].</param>
    /// <param name="guides">Each hand's [windows, guide width, frames]; null for networks without guide.</param>
    /// <param name="training">Whether dropout drops.</param>
    public abstract DenoiseBoth Told(PerHand<torch.Tensor> features, PerHand<torch.Tensor?> guides, bool training);

    /// <summary>Takes values that a training left.</summary>
    /// <param name="state">By the names of <see cref="Parameters"/>.</param>
    public abstract void Assign(StateDict state);

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Frees the parameters.</summary>
    protected abstract void Dispose(bool disposing);
}

/// <summary>A network for each hand; they meet at the bottleneck.</summary>
public sealed class SeparateStreams : GestureStreams
{
    private readonly GestureRecipe _recipe;
    private readonly TwoHandParameters _parameters;

    internal SeparateStreams(GestureRecipe recipe, torch.Device device) =>
        (_recipe, _parameters) = (recipe, new(TwoHandUNet.Parameters(recipe.Network), recipe.Training.Seed, device));

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters => _parameters.All;

    /// <inheritdoc/>
    public override long Count => _parameters.Hands.Left.Count + _parameters.Hands.Right.Count;

    /// <summary>Whether each network is told of the other hand; otherwise of zeros in its place, to find out what that does.</summary>
    public bool Exchange { get; set; } = true;

    /// <inheritdoc/>
    public override DenoiseBoth Told(PerHand<torch.Tensor> features, PerHand<torch.Tensor?> guides, bool training)
    {
        var networks = PerHand.Create(side => new UNet<torch.Tensor>(new TorchOps(_parameters.Hands[side], training, _recipe.Training.Precision), _recipe.Network));
        var cond = networks.Zip(features, (network, rows) => network.Condition(rows));
        return (noisy, steps) => TwoHandUNet.Evaluate(networks, noisy, steps, cond, guides, Exchange ? null : other => torch.zeros_like(other));
    }

    /// <inheritdoc/>
    public override void Assign(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        foreach (var side in HandSides.Both) _parameters.Hands[side].Assign(state.Under(side.Name() + "."));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _parameters.Dispose();
}

/// <summary>One network that draws both hands' motion side by side, as PianoMotion10M's baseline does.</summary>
public sealed class JoinedStreams : GestureStreams
{
    private const string Prefix = "both.";

    private readonly GestureRecipe _recipe;
    private readonly UNetConfig _network;
    private readonly TorchParameters _parameters;

    internal JoinedStreams(GestureRecipe recipe, torch.Device device)
    {
        _recipe = recipe;
        _network = Joined(recipe.Network);
        _parameters = TorchParameters.Create(TwoHandUNet.Parameters(_network), recipe.Training.Seed, device);
        Parameters = [.. _parameters.All.Select(pair => KeyValuePair.Create(Prefix + pair.Key, pair.Value))];
    }

    /// <inheritdoc/>
    public override IReadOnlyList<KeyValuePair<string, torch.Tensor>> Parameters { get; }

    /// <inheritdoc/>
    public override long Count => _parameters.Count;

    /// <inheritdoc/>
    public override DenoiseBoth Told(PerHand<torch.Tensor> features, PerHand<torch.Tensor?> guides, bool training)
    {
        var network = new UNet<torch.Tensor>(new TorchOps(_parameters, training, _recipe.Training.Precision), _network);
        var cond = network.Condition(torch.cat([features.Left, features.Right], 2));
        var guide = guides is { Left: { } left, Right: { } right } ? torch.cat([left, right], 1) : null;
        return (noisy, steps) =>
        {
            var down = network.Descend(torch.cat([noisy.Left, noisy.Right], 1), steps.Left, cond, guide);
            var both = network.Ascend(down, down.Bottleneck);
            return PerHand.Create(side => both.narrow(1, (int)side * _recipe.Network.Channels, _recipe.Network.Channels));
        };
    }

    /// <inheritdoc/>
    public override void Assign(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        _parameters.Assign(state.Under(Prefix));
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _parameters.Dispose();

    // Both hands' numbers side by side; the bottleneck attends to itself.
    private static UNetConfig Joined(UNetConfig hand) => hand with
    {
        Channels = 2 * hand.Channels,
        GuideWidth = 2 * hand.GuideWidth,
        Fusion = FusionMode.OwnHandOnly,
        FeatureEncoder = hand.FeatureEncoder is { } encoder ? encoder with { Features = 2 * encoder.Features } : null,
    };
}
