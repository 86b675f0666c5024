using Duomano.Networks.Tensors;

namespace Duomano.Networks.Checkpoints;

/// <summary>
/// Weight-normalised layers have two spellings: "X.weight_g" and "X.weight_v" in files of older library versions,
/// "X.parametrizations.weight.original0" and "…original1" in newer ones. Both mean W = g·v/‖v‖.
/// </summary>
public static class WeightNormNames
{
    private const string NewMagnitude = ".parametrizations.weight.original0";
    private const string NewDirection = ".parametrizations.weight.original1";

    /// <summary>Gives all tensors, in the same order, under the older spelling (weight_g, weight_v).</summary>
    /// <param name="tensors">Tensors in either spelling.</param>
    public static StateDict Normalize(StateDict tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var normalized = new StateDict();
        foreach (var name in tensors.Names) normalized[Normalize(name)] = tensors[name];
        return normalized;
    }

    /// <summary>The older spelling of one name; other names stay as they are.</summary>
    public static string Normalize(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (name.EndsWith(NewMagnitude, StringComparison.Ordinal)) return name[..^NewMagnitude.Length] + ".weight_g";
        return name.EndsWith(NewDirection, StringComparison.Ordinal) ? name[..^NewDirection.Length] + ".weight_v" : name;
    }
}
