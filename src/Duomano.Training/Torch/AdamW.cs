using System.Numerics;
using System.Runtime.InteropServices;
using Duomano.Networks.Tensors;
using TorchSharp;

namespace Duomano.Training.Torch;

/// <summary>
/// Adam with decoupled weight decay (Loshchilov and Hutter 2019), PyTorch's arithmetic; without decay it is Adam (Kingma and
/// Ba 2015). On the CPU vectorised passes over torch's own memory, elsewhere torch operations.
/// </summary>
public sealed partial class AdamW : IDisposable
{
    private readonly List<Slot> _slots = [];
    private readonly AdamWOptions _options;

    /// <summary>Makes an optimizer.</summary>
    /// <param name="parameters">What it changes, by name.</param>
    /// <param name="options">Its settings; the defaults if not given.</param>
    public AdamW(IReadOnlyList<KeyValuePair<string, torch.Tensor>> parameters, AdamWOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _options = options ?? new();
        LearningRate = _options.LearningRate;
        foreach (var (name, tensor) in parameters) _slots.Add(new(name, tensor));
    }

    /// <summary>The learning rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Whether even parameters on the CPU are changed by torch operations, as those elsewhere are.</summary>
    internal bool OnTorch { get; init; }

    /// <summary>Changes every parameter that has a gradient.</summary>
    public void Step()
    {
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var slot in _slots)
        {
            if (slot.Parameter.grad is not { } gradient) continue;
            slot.Steps++;
            if (slot.Parameter.device_type == DeviceType.CPU && !OnTorch) StepOnCpu(slot, gradient.is_contiguous() ? gradient : gradient.contiguous());
            else StepOnTorch(slot, gradient);
        }
    }

    /// <summary>Forgets all gradients.</summary>
    public void ZeroGradients()
    {
        foreach (var slot in _slots) slot.Parameter.grad = null;
    }

    /// <summary>What resuming needs: for each parameter NAME its NAME.exp_avg, NAME.exp_avg_sq and NAME.step.</summary>
    public StateDict Save()
    {
        var state = new StateDict();
        foreach (var slot in _slots)
        {
            state[$"{slot.Name}.exp_avg"] = TorchTensors.ToData(slot.Mean);
            state[$"{slot.Name}.exp_avg_sq"] = TorchTensors.ToData(slot.Square);
            state[$"{slot.Name}.step"] = new([slot.Steps], 1);
        }

        return state;
    }

    /// <summary>Goes on from what <see cref="Save"/> gave.</summary>
    /// <exception cref="ArgumentException">It belongs to other parameters.</exception>
    public void Load(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var expected = new List<ParameterDeclaration>();
        foreach (var slot in _slots)
        {
            var shape = TorchTensors.ShapeOf(slot.Parameter);
            expected.Add(new($"{slot.Name}.exp_avg", shape, default));
            expected.Add(new($"{slot.Name}.exp_avg_sq", shape, default));
            expected.Add(new($"{slot.Name}.step", [1], default));
        }

        if (expected.Mismatch(state) is { } mismatch) throw new ArgumentException($"The optimizer's state does not fit: {mismatch}.", nameof(state));
        using var scope = torch.NewDisposeScope();
        using var _ = torch.no_grad();
        foreach (var slot in _slots)
        {
            slot.Mean.copy_(TorchTensors.From(state[$"{slot.Name}.exp_avg"], slot.Parameter.device));
            slot.Square.copy_(TorchTensors.From(state[$"{slot.Name}.exp_avg_sq"], slot.Parameter.device));
            slot.Steps = (int)state[$"{slot.Name}.step"].Values[0];
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var slot in _slots)
        {
            slot.Dispose();
        }
    }

    private (float Keep, float StepSize, float RootCorrection) Factors(int step)
    {
        var stepSize = LearningRate / (1 - Math.Pow(_options.Beta1, step));
        return ((float)(1 - LearningRate * _options.WeightDecay), (float)stepSize, (float)Math.Sqrt(1 - Math.Pow(_options.Beta2, step)));
    }

    private void StepOnCpu(Slot slot, torch.Tensor gradient)
    {
        Remember(slot, gradient);
        Change(slot);
    }

    // What is kept of the gradients; the parameter is not touched.
    private void Remember(Slot slot, torch.Tensor gradient)
    {
        var (beta2, rest1, rest2) = ((float)_options.Beta2, (float)(1 - _options.Beta1), (float)(1 - _options.Beta2));
        Span<float> g = Floats(gradient), m = Floats(slot.Mean), v = Floats(slot.Square);
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

    // Changes the parameter by what is kept.
    private void Change(Slot slot)
    {
        var (keep, stepSize, rootCorrection) = Factors(slot.Steps);
        var epsilon = (float)_options.Epsilon;
        Span<float> p = Floats(slot.Parameter), m = Floats(slot.Mean), v = Floats(slot.Square);
        Span<Vector<float>> vp = Vectors(p), vm = Vectors(m), vv = Vectors(v);
        var (root, small) = (new Vector<float>(rootCorrection), new Vector<float>(epsilon));
        for (var i = 0; i < vp.Length; i++) vp[i] = vp[i] * keep - vm[i] * stepSize / (Vector.SquareRoot(vv[i]) / root + small);
        for (var i = vp.Length * Vector<float>.Count; i < p.Length; i++) p[i] = p[i] * keep - m[i] * stepSize / (MathF.Sqrt(v[i]) / rootCorrection + epsilon);
    }

    private void StepOnTorch(Slot slot, torch.Tensor gradient)
    {
        using var scope = torch.NewDisposeScope();
        var (keep, stepSize, rootCorrection) = Factors(slot.Steps);
        slot.Square.Blend(_options.Beta2, gradient.square(), 1 - _options.Beta2);
        slot.Mean.Blend(_options.Beta1, gradient, 1 - _options.Beta1);
        slot.Parameter.Blend(keep, slot.Mean / slot.Square.sqrt().Times(1 / rootCorrection).Plus(_options.Epsilon), -stepSize);
    }

    private static Span<float> Floats(torch.Tensor x) => MemoryMarshal.Cast<byte, float>(x.bytes);

    private static Span<Vector<float>> Vectors(Span<float> x) => MemoryMarshal.Cast<float, Vector<float>>(x);

    private sealed class Slot(string name, torch.Tensor parameter) : IDisposable
    {
        // Made when first needed: what never gets a gradient has no state.
        private torch.Tensor? _mean;
        private torch.Tensor? _square;

        public string Name { get; } = name;

        public torch.Tensor Parameter { get; } = parameter;

        public torch.Tensor Mean => _mean ??= Zeros();

        public torch.Tensor Square => _square ??= Zeros();

        public int Steps { get; set; }

        public bool IsTaken { get; set; }

        public void Dispose()
        {
            _mean?.Dispose();
            _square?.Dispose();
        }

        private torch.Tensor Zeros() => torch.zeros_like(Parameter, requires_grad: false).DetachFromDisposeScope();
    }
}

/// <summary>Settings of <see cref="AdamW"/>; the defaults are PyTorch's.</summary>
public sealed record AdamWOptions
{
    /// <summary>The first learning rate.</summary>
    public double LearningRate { get; init => field = In(value, 0, 1e6, nameof(LearningRate)); } = 1e-3;

    /// <summary>Memory of the gradient, β₁.</summary>
    public double Beta1 { get; init => field = In(value, 0, 0.9999999, nameof(Beta1)); } = 0.9;

    /// <summary>Memory of the squared gradient, β₂.</summary>
    public double Beta2 { get; init => field = In(value, 0, 0.9999999, nameof(Beta2)); } = 0.999;

    /// <summary>Added to the root of the squared gradient, ε.</summary>
    public double Epsilon { get; init => field = In(value, 1e-30, 1, nameof(Epsilon)); } = 1e-8;

    /// <summary>Decoupled weight decay; 0 makes it Adam.</summary>
    public double WeightDecay { get; init => field = In(value, 0, 1e6, nameof(WeightDecay)); } = 0.01;

    private static double In(double value, double least, double most, string name) =>
        value >= least && value <= most ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from {least} to {most}.");
}
