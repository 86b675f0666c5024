using Duomano.Networks.Tensors;
using TorchSharp;

namespace Duomano.Training.Running;

/// <summary>Moves tensors' values between torch and checkpoints, exactly.</summary>
public static class ParameterValues
{
    /// <summary>Copies the values of named float32 tensors, from whatever device they are on.</summary>
    public static StateDict Read(IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        var state = new StateDict();
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in tensors)
        {
            var values = tensor.detach().cpu().contiguous().data<float>().ToArray();
            state[name] = new TensorData(values, [.. tensor.shape.Select(size => checked((int)size))]);
        }

        return state;
    }

    /// <summary>Overwrites the values of named tensors in place.</summary>
    /// <exception cref="InvalidDataException">A tensor is missing or has other sizes; the message names it.</exception>
    public static void Write(StateDict state, IReadOnlyList<KeyValuePair<string, torch.Tensor>> tensors)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(tensors);
        using var noGradient = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, tensor) in tensors)
        {
            if (!state.TryGet(name, out var data)) throw new InvalidDataException($"There is no tensor '{name}'.");
            if (!tensor.shape.SequenceEqual(data.Shape.Select(size => (long)size)))
            {
                throw new InvalidDataException($"Tensor '{name}' is {data}, not [{string.Join(", ", tensor.shape)}].");
            }

            tensor.copy_(torch.tensor(data.Values, tensor.shape));
        }
    }
}
