using System.Diagnostics.CodeAnalysis;

namespace Duomano.Networks.Tensors;

/// <summary>Named tensors in the order of a checkpoint.</summary>
public sealed class StateDict
{
    private readonly Dictionary<string, TensorData> _tensors = new(StringComparer.Ordinal);
    private readonly List<string> _names = [];

    /// <summary>Names in order.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <summary>Number of tensors.</summary>
    public int Count => _names.Count;

    /// <summary>A tensor by name; setting adds or replaces.</summary>
    public TensorData this[string name]
    {
        get => _tensors.TryGetValue(name, out var found) ? found : throw new KeyNotFoundException($"No tensor is called '{name}'.");
        set
        {
            if (!_tensors.ContainsKey(name)) _names.Add(name);
            _tensors[name] = value;
        }
    }

    /// <summary>Looks a tensor up.</summary>
    public bool TryGet(string name, [NotNullWhen(true)] out TensorData? tensor) => _tensors.TryGetValue(name, out tensor);

    /// <summary>The tensors whose names begin with a prefix, with the prefix taken off.</summary>
    public StateDict Under(string prefix)
    {
        var part = new StateDict();
        foreach (var name in _names.Where(name => name.StartsWith(prefix, StringComparison.Ordinal))) part[name[prefix.Length..]] = _tensors[name];
        return part;
    }

    /// <summary>Adds all tensors of another dictionary under a prefix.</summary>
    public void AddUnder(string prefix, StateDict other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach (var name in other.Names) this[prefix + name] = other[name];
    }
}
