using TorchSharp;

namespace Duomano.Training.Torch;

/// <content>
/// Gradients taken one by one while the backward pass goes on. What Adam keeps of a gradient does not touch the parameter,
/// so the parameters can wait until all gradients are known; the result is that of <see cref="Step"/>.
/// </content>
public sealed partial class AdamW
{
    private readonly Dictionary<string, Slot> _byName = new(StringComparer.Ordinal);

    /// <summary>Takes a parameter's gradient into account; the parameter itself changes with <see cref="Apply"/>.</summary>
    /// <param name="name">The parameter.</param>
    /// <param name="gradient">Its whole gradient, not needed any more afterwards.</param>
    /// <exception cref="ArgumentException">There is no such parameter, or it is not on the CPU, or its gradient was taken already.</exception>
    public void Take(string name, torch.Tensor gradient)
    {
        ArgumentNullException.ThrowIfNull(gradient);
        if (_byName.Count == 0)
        {
            foreach (var known in _slots) _byName.Add(known.Name, known);
        }

        if (!_byName.TryGetValue(name, out var slot)) throw new ArgumentException($"There is no parameter '{name}'.", nameof(name));
        if (slot.IsTaken) throw new ArgumentException($"The gradient of '{name}' was taken already.", nameof(name));
        if (slot.Parameter.device_type != DeviceType.CPU) throw new ArgumentException($"'{name}' is not on the CPU.", nameof(name));
        slot.Steps++;
        slot.IsTaken = true;
        using var contiguous = gradient.contiguous();
        Remember(slot, contiguous);
    }

    /// <summary>Changes every parameter whose gradient was taken.</summary>
    public void Apply()
    {
        foreach (var slot in _slots.Where(slot => slot.IsTaken))
        {
            slot.IsTaken = false;
            Change(slot);
        }
    }
}
