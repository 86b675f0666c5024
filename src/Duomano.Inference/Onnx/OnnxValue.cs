using Duomano.Networks.Tensors;

namespace Duomano.Inference.Onnx;

/// <summary>A value in a graph being written.</summary>
public sealed class OnnxValue
{
    internal OnnxValue(OnnxGraph owner, string name, TensorShape shape, float[]? constant = null)
    {
        Owner = owner;
        Name = name;
        Shape = shape;
        Constant = constant;
    }

    /// <summary>Its name in the graph.</summary>
    public string Name { get; }

    /// <summary>Its sizes.</summary>
    public TensorShape Shape { get; }

    /// <summary>The graph it belongs to.</summary>
    internal OnnxGraph Owner { get; }

    /// <summary>Its numbers, if they are known before anything runs.</summary>
    internal float[]? Constant { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape}";
}
