using Duomano.Networks.Tensors;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>A network's trained values on one device, by their checkpoint names.</summary>
public sealed partial class TorchParameters : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _byName = new(StringComparer.Ordinal);
    private readonly List<KeyValuePair<string, torch.Tensor>> _all = [];
    private readonly IReadOnlyList<ParameterDeclaration> _declared;

    private TorchParameters(IReadOnlyList<ParameterDeclaration> declared, Func<ParameterDeclaration, float[]> values, torch.Device? device)
    {
        _declared = declared;
        Device = device ?? torch.CPU;
        foreach (var parameter in declared)
        {
            var tensor = TorchTensors.From(values(parameter), parameter.Shape, Device).DetachFromDisposeScope();
            tensor.requires_grad = true;
            _byName.Add(parameter.Name, tensor);
            _all.Add(new(parameter.Name, tensor));
        }
    }

    private TorchParameters(TorchParameters original)
    {
        (_declared, Device) = (original._declared, original.Device);
        foreach (var (name, parameter) in original._all)
        {
            var tensor = parameter.detach().DetachFromDisposeScope();
            tensor.requires_grad = parameter.requires_grad;
            _byName.Add(name, tensor);
            _all.Add(new(name, tensor));
        }
    }

    /// <summary>Where they lie.</summary>
    public torch.Device Device { get; }

    /// <summary>All of them, in the order of their declaration; the same objects for the whole life.</summary>
    public IReadOnlyList<KeyValuePair<string, torch.Tensor>> All => _all;

    /// <summary>How many numbers they are together.</summary>
    public long Count => _declared.Sum(parameter => parameter.Count);

    /// <summary>One of them.</summary>
    public torch.Tensor this[string name] => _byName.TryGetValue(name, out var found)
        ? AsAsked(name, found)
        : throw new ArgumentException($"There is no parameter '{name}'.", nameof(name));

    /// <summary>Makes freshly initialised parameters; each depends on the seed and its name alone.</summary>
    /// <param name="declared">What the network asks for (<see cref="ParameterDeclarations"/>).</param>
    /// <param name="seed">Which random numbers.</param>
    /// <param name="device">Where they lie; the CPU if not given.</param>
    public static TorchParameters Create(IReadOnlyList<ParameterDeclaration> declared, long seed, torch.Device? device = null)
    {
        ArgumentNullException.ThrowIfNull(declared);
        return new(declared, parameter => parameter.Draw(seed), device);
    }

    /// <summary>Makes parameters with the values of a checkpoint.</summary>
    /// <param name="declared">What the network asks for.</param>
    /// <param name="state">The checkpoint.</param>
    /// <param name="device">Where they lie; the CPU if not given.</param>
    /// <exception cref="ArgumentException">The checkpoint does not fit; all misfits are named.</exception>
    public static TorchParameters Load(IReadOnlyList<ParameterDeclaration> declared, StateDict state, torch.Device? device = null)
    {
        RequireFit(declared, state);
        return new(declared, parameter => state[parameter.Name].Values, device);
    }

    /// <summary>The same numbers in the same memory, with gradients of their own.</summary>
    public TorchParameters Share() => new(this);

    /// <summary>Overwrites all values in place.</summary>
    /// <exception cref="ArgumentException">The checkpoint does not fit; all misfits are named.</exception>
    public void Assign(StateDict state)
    {
        RequireFit(_declared, state);
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var (name, tensor) in _all) tensor.copy_(TorchTensors.From(state[name], Device));
    }

    /// <summary>Copies all values out.</summary>
    public StateDict Save()
    {
        var state = new StateDict();
        foreach (var (name, tensor) in _all) state[name] = TorchTensors.ToData(tensor);
        return state;
    }

    /// <summary>Takes parameters out of training: no gradient reaches them any more.</summary>
    /// <param name="prefix">What their names begin with; empty for all.</param>
    public void Freeze(string prefix = "")
    {
        foreach (var (name, tensor) in _all)
        {
            if (name.StartsWith(prefix, StringComparison.Ordinal)) tensor.requires_grad = false;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (_, tensor) in _all) tensor.Dispose();
    }

    private static void RequireFit(IReadOnlyList<ParameterDeclaration> declared, StateDict state)
    {
        if (declared.Mismatch(state) is { } mismatch) throw new ArgumentException($"The weights do not fit the network: {mismatch}.", nameof(state));
    }
}
