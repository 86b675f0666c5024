namespace Duomano.Networks.Tensors;

/// <summary>How training starts a parameter; the values themselves are the engine's business.</summary>
public readonly record struct Initialization
{
    private Initialization(InitializationKind kind, float value)
    {
        Kind = kind;
        Value = value;
    }

    /// <summary>The family.</summary>
    public InitializationKind Kind { get; }

    /// <summary>The constant, the bound of a uniform or the deviation of a normal distribution.</summary>
    public float Value { get; }

    /// <summary>All zero.</summary>
    public static Initialization Zeros { get; } = new(InitializationKind.Constant, 0);

    /// <summary>All one.</summary>
    public static Initialization Ones { get; } = new(InitializationKind.Constant, 1);

    /// <summary>Uniform in ±1/√fan-in, PyTorch's default for linear and convolution layers and their biases.</summary>
    /// <param name="fanIn">Inputs of one output.</param>
    public static Initialization FanIn(int fanIn) => new(InitializationKind.Uniform, 1 / MathF.Sqrt(fanIn));

    /// <summary>Uniform in ±√(6/(fan-in + fan-out)) (Glorot and Bengio 2010), PyTorch's default for attention inputs.</summary>
    public static Initialization Xavier(int fanIn, int fanOut) => new(InitializationKind.Uniform, MathF.Sqrt(6f / (fanIn + fanOut)));

    /// <summary>Normal around zero.</summary>
    public static Initialization Normal(float deviation) => new(InitializationKind.Normal, deviation);

    /// <summary>One value everywhere.</summary>
    public static Initialization Constant(float value) => new(InitializationKind.Constant, value);
}

/// <summary>Families of starting values.</summary>
public enum InitializationKind
{
    /// <summary>One value everywhere.</summary>
    Constant,

    /// <summary>Uniform in ±value.</summary>
    Uniform,

    /// <summary>Normal with deviation value.</summary>
    Normal,
}
