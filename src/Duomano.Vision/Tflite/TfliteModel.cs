namespace Duomano.Vision.Tflite;

/// <summary>Operators of TFLite that are known here, by their numbers in the schema.</summary>
public enum TfliteOperator
{
    /// <summary>a + b.</summary>
    Add = 0,

    /// <summary>One tensor after another along an axis.</summary>
    Concatenation = 2,

    /// <summary>Convolution over height and width.</summary>
    Conv2D = 3,

    /// <summary>The same, each channel by itself.</summary>
    DepthwiseConv2D = 4,

    /// <summary>Numbers of 16 bits as such of 32.</summary>
    Dequantize = 6,

    /// <summary>x·Wᵀ + bias.</summary>
    FullyConnected = 9,

    /// <summary>The logistic function.</summary>
    Logistic = 14,

    /// <summary>The largest of each window.</summary>
    MaxPool2D = 17,

    /// <summary>a · b.</summary>
    Multiply = 18,

    /// <summary>max(x, 0).</summary>
    Relu = 19,

    /// <summary>min(max(x, 0), 6).</summary>
    Relu6 = 21,

    /// <summary>Other sizes for the same numbers.</summary>
    Reshape = 22,

    /// <summary>Another height and width.</summary>
    ResizeBilinear = 23,

    /// <summary>Zeros around.</summary>
    Pad = 34,

    /// <summary>Means over axes.</summary>
    Mean = 40,

    /// <summary>max(x, 0) + slope · min(x, 0).</summary>
    PRelu = 54,
}

/// <summary>A tensor of a model, as the file has it: height, width, channels.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Shape">Its sizes.</param>
/// <param name="Values">Its numbers where they are weights; null where they are computed.</param>
public sealed record TfliteTensor(string Name, IReadOnlyList<int> Shape, float[]? Values);

/// <summary>A step of a model.</summary>
/// <param name="Operator">What is done.</param>
/// <param name="Inputs">Numbers of the tensors that it takes; −1 for one that is left out.</param>
/// <param name="Outputs">Numbers of those that it makes.</param>
/// <param name="Options">The table of what else it is told; none where everything is usual.</param>
internal sealed record TfliteOperation(TfliteOperator Operator, IReadOnlyList<int> Inputs, IReadOnlyList<int> Outputs, TfliteFile.Node? Options);

/// <summary>A model: its tensors and the steps between them, in an order in which they can be done.</summary>
public sealed class TfliteModel
{
    internal TfliteModel(string name, IReadOnlyList<TfliteTensor> tensors, IReadOnlyList<TfliteOperation> operations, IReadOnlyList<int> inputs, IReadOnlyList<int> outputs) =>
        (Name, Tensors, Operations, Inputs, Outputs) = (name, tensors, operations, inputs, outputs);

    /// <summary>What it is called in messages.</summary>
    public string Name { get; }

    /// <summary>Its tensors.</summary>
    public IReadOnlyList<TfliteTensor> Tensors { get; }

    /// <summary>The tensors that it is given.</summary>
    public IReadOnlyList<int> Inputs { get; }

    /// <summary>The tensors that it answers with.</summary>
    public IReadOnlyList<int> Outputs { get; }

    internal IReadOnlyList<TfliteOperation> Operations { get; }
}
