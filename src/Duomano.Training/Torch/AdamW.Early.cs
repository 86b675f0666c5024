using System.Numerics;
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
        var (beta2, rest1, rest2) = ((float)_options.Beta2, (float)(1 - _options.Beta1), (float)(1 - _options.Beta2));
        using var contiguous = gradient.contiguous();
        Span<float> g = Floats(contiguous), m = Floats(slot.Mean), v = Floats(slot.Square);
        Span<Vector<float>> vg = Vectors(g), vm = Vectors(m), vv = Vectors(v);
        for (var i = 0; i < vg.Length; i++)
        {
            vm[i] += (vg[i] - vm[i]) * rest1;
            vv[i] = vv[i] * beta2 + vg[i] * vg[i] * rest2;
        }

        for (var i = vg.Length * Vector<float>.Count; i < g.Length; i++)
        {
            m[i] += (g[i] - m[i]) * rest1;
            v[i] = v[i] * beta2 + g[i] * g[i] * rest2;
        }
    }

    /// <summary>Changes every parameter whose gradient was taken.</summary>
    public void Apply()
    {
        foreach (var slot in _slots.Where(slot => slot.IsTaken))
        {
            slot.IsTaken = false;
            var (keep, stepSize, rootCorrection) = Factors(slot.Steps);
            var epsilon = (float)_options.Epsilon;
            Span<float> p = Floats(slot.Parameter), m = Floats(slot.Mean), v = Floats(slot.Square);
            Span<Vector<float>> vp = Vectors(p), vm = Vectors(m), vv = Vectors(v);
            var (root, small) = (new Vector<float>(rootCorrection), new Vector<float>(epsilon));
            for (var i = 0; i < vp.Length; i++) vp[i] = vp[i] * keep - vm[i] * stepSize / (Vector.SquareRoot(vv[i]) / root + small);
            for (var i = vp.Length * Vector<float>.Count; i < p.Length; i++) p[i] = p[i] * keep - m[i] * stepSize / (MathF.Sqrt(v[i]) / rootCorrection + epsilon);
        }
    }
}
