using Duomano.Networks.Tensors;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace Duomano.Training.Torch;

/// <summary>
/// The engine that computes on torch, with gradients. Every operation leaves a tensor behind: use it inside a dispose
/// scope (<see cref="torch.NewDisposeScope"/>), one a step.
/// </summary>
public sealed partial class TorchOps : ITensorOps<Tensor>
{
    private readonly TorchParameters _parameters;
    private readonly TorchPrecision _precision;

    /// <summary>Makes an engine over parameters.</summary>
    /// <param name="parameters">The values that networks ask for; they also say on which device the engine computes.</param>
    /// <param name="training">Whether dropout drops.</param>
    /// <param name="precision">What matrices are multiplied in.</param>
    public TorchOps(TorchParameters parameters, bool training = false, TorchPrecision precision = TorchPrecision.Float32)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        _parameters = parameters;
        IsTraining = training;
        _precision = precision;
    }

    /// <summary>Whether dropout drops.</summary>
    public bool IsTraining { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int> Shape(Tensor x) => TorchTensors.ShapeOf(x);

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The parameters hold no such tensor.</exception>
    public Tensor Parameter(string name, IReadOnlyList<int> shape, Initialization initialization)
    {
        var found = _parameters[name];
        if (!TorchTensors.ShapeOf(found).SequenceEqual(shape))
        {
            throw new ArgumentException($"'{name}' is [{string.Join(", ", found.shape)}], the network asks for [{string.Join(", ", shape)}].", nameof(shape));
        }

        return found;
    }

    /// <inheritdoc/>
    public Tensor Constant(ReadOnlySpan<float> values, params IReadOnlyList<int> shape) => TorchTensors.From(values.ToArray(), shape, _parameters.Device);

    /// <inheritdoc/>
    public Tensor Add(Tensor a, Tensor b) => a.Plus(b);

    /// <inheritdoc/>
    public Tensor Subtract(Tensor a, Tensor b) => a - b;

    /// <inheritdoc/>
    public Tensor Multiply(Tensor a, Tensor b) => a * b;

    /// <inheritdoc/>
    public Tensor Divide(Tensor a, Tensor b) => a / b;

    /// <inheritdoc/>
    public Tensor Affine(Tensor x, float factor, float offset = 0)
    {
        if (factor != 1) x = x.Times(factor);
        return offset != 0 ? x.Plus(offset) : x;
    }

    /// <inheritdoc/>
    public Tensor MatMul(Tensor a, Tensor b) => Multiplied(a, b, null, static (x, y, _) => matmul(x, y));

    /// <inheritdoc/>
    public Tensor Linear(Tensor x, Tensor weight, Tensor? bias) => Multiplied(x, weight, bias, functional.linear);

    /// <inheritdoc/>
    public Tensor Conv1d(Tensor x, Tensor weight, Tensor? bias, int stride = 1, int padding = 0, int groups = 1, int dilation = 1) =>
        Multiplied(x, weight, bias, (a, b, c) => groups == 1 && TorchRuntime.ConvolvesSlowly && a.device.type == DeviceType.CPU
            ? ConvolutionByProduct.Of(a, b, c, stride, padding, dilation)
            : functional.conv1d(a, b, c, stride, padding, dilation, groups));

    /// <inheritdoc/>
    public Tensor Conv2d(Tensor x, Tensor weight, Tensor? bias, (int Height, int Width) stride, (int Height, int Width) padding, int groups = 1) =>
        Multiplied(x, weight, bias, (a, b, c) => functional.conv2d(a, b, c, [stride.Height, stride.Width], [padding.Height, padding.Width], [1, 1], groups));

    /// <inheritdoc/>
    public Tensor GatedMemory(Tensor x, Tensor weight, Tensor bias, Tensor before)
    {
        var both = Linear(x, weight, bias).chunk(2, -1);
        var keep = both[0].sigmoid();
        var news = both[1].tanh() * keep.neg().Plus(1);
        var (keeps, added) = (keep.unbind(0), news.unbind(0));
        var memory = before;
        var steps = new Tensor[keeps.Length];
        for (var i = 0; i < steps.Length; i++) steps[i] = memory = (keeps[i] * memory).Plus(added[i]);
        return stack(steps, 0);
    }

    /// <inheritdoc/>
    public Tensor GroupNorm(Tensor x, int groups, Tensor weight, Tensor bias) => functional.group_norm(x, groups, weight, bias, 1e-5);

    /// <inheritdoc/>
    public Tensor LayerNorm(Tensor x, Tensor weight, Tensor bias) => functional.layer_norm(x, [x.size(-1)], weight, bias, 1e-5);

    /// <inheritdoc/>
    public Tensor Dropout(Tensor x, float probability) => IsTraining && probability > 0 ? functional.dropout(x, probability) : x;

    /// <inheritdoc/>
    /// <remarks>Without gradients what the part leaves is let go when it ends, and not with the step's scope.</remarks>
    public Tensor Block(Tensor x, Func<Tensor, Tensor> part)
    {
        if (is_grad_enabled()) return part(x);
        using var scope = NewDisposeScope();
        var result = part(x);
        return ReferenceEquals(result, x) ? x : result.MoveToOuterDisposeScope();
    }

    // Gradients go through the conversions: those of the parameters are float32, too.
    private Tensor Multiplied(Tensor a, Tensor b, Tensor? c, Func<Tensor, Tensor, Tensor?, Tensor> operation) => _precision == TorchPrecision.Float32
        ? operation(a, b, c)
        : operation(a.to(ScalarType.BFloat16), b.to(ScalarType.BFloat16), c?.to(ScalarType.BFloat16)).to(ScalarType.Float32);
}
