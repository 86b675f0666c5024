using Duomano.Core.Hands;
using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Motion;

/// <summary>The parameters of both hands' networks, which are of one kind but share none.</summary>
public sealed class TwoHandParameters : IDisposable
{
    /// <summary>Makes fresh parameters; each hand's start differs.</summary>
    /// <param name="declared">What one hand's network asks for.</param>
    /// <param name="seed">Equal seeds give equal parameters.</param>
    /// <param name="device">Where they live.</param>
    public TwoHandParameters(IReadOnlyList<ParameterDeclaration> declared, long seed, torch.Device device)
    {
        Hands = PerHand.Create(side => TorchParameters.Create(declared, seed * 2 + (int)side, device));
        All = [.. HandSides.Both.SelectMany(side => Hands[side].All.Select(pair => KeyValuePair.Create($"{side.Name()}.{pair.Key}", pair.Value)))];
    }

    /// <summary>Each hand's.</summary>
    public PerHand<TorchParameters> Hands { get; }

    /// <summary>Both hands' as "left.…" and "right.…".</summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> All { get; }

    /// <summary>Lets both hands' parameters hand their gradients over (<see cref="TorchParameters.HandOverGradients"/>).</summary>
    /// <param name="take">Gets names as in <see cref="All"/>; null to keep gradients as usual.</param>
    public void HandOverGradients(Action<string, torch.Tensor>? take)
    {
        foreach (var side in HandSides.Both)
        {
            var prefix = $"{side.Name()}.";
            Hands[side].HandOverGradients(take is null ? null : (name, gradient) => take(prefix + name, gradient));
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var side in HandSides.Both) Hands[side].Dispose();
    }
}
