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

    /// <summary>A state whose matrices have as many columns as the named tensors: what is new is zero, so that nothing answers to it yet.</summary>
    /// <param name="state">Of the same networks, some of which may be told less.</param>
    /// <param name="tensors">What they are to be.</param>
    public static StateDict Widened(StateDict state, IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors)
    {
        var wanted = tensors.ToDictionary(tensor => tensor.Key, tensor => TorchTensors.ShapeOf(tensor.Value), StringComparer.Ordinal);
        var widened = new StateDict();
        foreach (var name in state.Names)
        {
            var given = state[name];
            widened[name] = wanted.TryGetValue(name, out var shape) && given.Shape.Count == 2 && shape.Length == 2 && shape[0] == given.Shape[0] && shape[1] > given.Shape[1] ? Wider(given, shape) : given;
        }

        return widened;
    }

    private static TensorData Wider(TensorData given, int[] shape)
    {
        var values = new float[shape[0] * shape[1]];
        for (var row = 0; row < shape[0]; row++) given.Values.AsSpan(row * given.Shape[1], given.Shape[1]).CopyTo(values.AsSpan(row * shape[1]));
        return new(values, shape);
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
