using Duomano.Networks.Tensors;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Running;

/// <summary>Moves tensors' values between torch and checkpoints, exactly.</summary>
internal static class ParameterValues
{
    /// <summary>Copies the values of named tensors, from whatever device they are on.</summary>
    public static StateDict Read(IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors)
    {
        var state = new StateDict();
        foreach (var (name, tensor) in tensors) state[name] = TorchTensors.ToData(tensor);
        return state;
    }

    /// <summary>Overwrites the values of named tensors in place.</summary>
    /// <exception cref="ArgumentException">The state is of other tensors; all misfits are named.</exception>
    public static void Write(StateDict state, IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors)
    {
        var expected = tensors.Select(tensor => new ParameterDeclaration(tensor.Key, TorchTensors.ShapeOf(tensor.Value), default)).ToList();
        if (expected.Mismatch(state) is { } mismatch) throw new ArgumentException($"The checkpoint does not fit: {mismatch}.", nameof(state));
        using var scope = torch.NewDisposeScope();
        using var noGradient = torch.no_grad();
        foreach (var (name, tensor) in tensors) tensor.copy_(TorchTensors.From(state[name], tensor.device));
    }
}
