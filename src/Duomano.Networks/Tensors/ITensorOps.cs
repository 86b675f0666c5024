namespace Duomano.Networks.Tensors;

/// <summary>
/// The operations that the networks are written in. One implementation computes with gradients (training), another
/// writes graph nodes (playing), a third only tracks shapes (listing parameters); a network does not know which.
/// Shapes are static. Elementwise operations broadcast as NumPy does. Axes may be negative, counted from the end.
/// </summary>
/// <typeparam name="T">What the engine calls a tensor.</typeparam>
public interface ITensorOps<T>
{
    /// <summary>The sizes of a tensor.</summary>
    IReadOnlyList<int> Shape(T x);

    /// <summary>A trained value, known by the name it has in checkpoints.</summary>
    /// <param name="name">Full name, such as "downs.0.0.block1.proj.weight".</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="initialization">How training starts it.</param>
    T Parameter(string name, IReadOnlyList<int> shape, Initialization initialization);

    /// <summary>A fixed value, row-major.</summary>
    T Constant(ReadOnlySpan<float> values, params IReadOnlyList<int> shape);

    /// <summary>a + b.</summary>
    T Add(T a, T b);

    /// <summary>a − b.</summary>
    T Subtract(T a, T b);

    /// <summary>a · b, elementwise.</summary>
    T Multiply(T a, T b);

    /// <summary>a / b, elementwise.</summary>
    T Divide(T a, T b);

    /// <summary>x · factor + offset.</summary>
    T Affine(T x, float factor, float offset = 0);

    /// <summary>Matrix product over the last two axes; leading axes are batches.</summary>
    T MatMul(T a, T b);

    /// <summary>x·Wᵀ + bias over the last axis.</summary>
    /// <param name="x">[…, in].</param>
    /// <param name="weight">[out, in].</param>
    /// <param name="bias">[out], or none.</param>
    T Linear(T x, T weight, T? bias);

    /// <summary>Convolution over the last axis.</summary>
    /// <param name="x">[batch, in, length].</param>
    /// <param name="weight">[out, in / groups, kernel].</param>
    /// <param name="bias">[out], or none.</param>
    /// <param name="stride">Step.</param>
    /// <param name="padding">Zeros added at both ends.</param>
    /// <param name="groups">Channel groups.</param>
    /// <param name="dilation">Distance between taps.</param>
    T Conv1d(T x, T weight, T? bias, int stride = 1, int padding = 0, int groups = 1, int dilation = 1);

    /// <summary>Convolution over the last two axes.</summary>
    /// <param name="x">[batch, in, height, width].</param>
    /// <param name="weight">[out, in / groups, kernel height, kernel width].</param>
    /// <param name="bias">[out], or none.</param>
    /// <param name="stride">Steps (height, width).</param>
    /// <param name="padding">Zeros added on both sides (height, width).</param>
    /// <param name="groups">Channel groups.</param>
    T Conv2d(T x, T weight, T? bias, (int Height, int Width) stride, (int Height, int Width) padding, int groups = 1);

    /// <summary>
    /// A memory that goes from step to step: hₜ = zₜ·hₜ₋₁ + (1 − zₜ)·tanh(cₜ), where z, through a sigmoid, and c are linear in the
    /// step's input alone (a gated recurrent unit without its recurrent weights; Feng et al. 2024, "Were RNNs all we needed?").
    /// </summary>
    /// <param name="x">[steps, batch, in].</param>
    /// <param name="weight">[2 · units, in]: those of z, then those of c.</param>
    /// <param name="bias">[2 · units].</param>
    /// <param name="before">[batch, units], h before the first step.</param>
    /// <returns>[steps, batch, units], h after each step.</returns>
    T GatedMemory(T x, T weight, T bias, T before);

    /// <summary>Normalises groups of channels (axis 1) over themselves and all later axes; eps 1e-5.</summary>
    T GroupNorm(T x, int groups, T weight, T bias);

    /// <summary>Normalises the last axis; eps 1e-5.</summary>
    T LayerNorm(T x, T weight, T bias);

    /// <summary>Softmax along an axis.</summary>
    T Softmax(T x, int axis);

    /// <summary>Exact GELU, 0.5·x·(1 + erf(x/√2)).</summary>
    T Gelu(T x);

    /// <summary>x·sigmoid(x).</summary>
    T Silu(T x);

    /// <summary>max(x, 0).</summary>
    T Relu(T x);

    /// <summary>tanh.</summary>
    T Tanh(T x);

    /// <summary>1/(1 + e^−x).</summary>
    T Sigmoid(T x);

    /// <summary>e^x.</summary>
    T Exp(T x);

    /// <summary>Natural logarithm.</summary>
    T Log(T x);

    /// <summary>√x.</summary>
    T Sqrt(T x);

    /// <summary>Sine.</summary>
    T Sin(T x);

    /// <summary>Cosine.</summary>
    T Cos(T x);

    /// <summary>max(x, floor), elementwise.</summary>
    T AtLeast(T x, float floor);

    /// <summary>min(max(x, floor), ceiling), elementwise.</summary>
    T Clamp(T x, float floor, float ceiling);

    /// <summary>Sum along an axis, which stays with size 1.</summary>
    T Sum(T x, int axis);

    /// <summary>Largest value along an axis, which stays with size 1.</summary>
    T Max(T x, int axis);

    /// <summary>The same values, row-major, under other sizes.</summary>
    T Reshape(T x, params IReadOnlyList<int> shape);

    /// <summary>Reorders the axes.</summary>
    T Permute(T x, params IReadOnlyList<int> axes);

    /// <summary>Joins tensors along an axis.</summary>
    T Concat(int axis, params IReadOnlyList<T> parts);

    /// <summary>A run along an axis.</summary>
    T Slice(T x, int axis, int start, int length);

    /// <summary>Zeros added before and after an axis.</summary>
    T Pad(T x, int axis, int before, int after);

    /// <summary>Repeats every entry of the last axis twice (nearest-neighbour upsampling).</summary>
    T UpsampleNearest(T x);

    /// <summary>Zeroes entries with a probability while training and scales the rest; nothing otherwise.</summary>
    T Dropout(T x, float probability);

    /// <summary>A part of a network of which only the result is needed later: an engine may let everything else go at once.</summary>
    /// <param name="x">What goes in.</param>
    /// <param name="part">The part.</param>
    T Block(T x, Func<T, T> part) => part(x);
}
