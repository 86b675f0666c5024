namespace Duomano.Training.Torch;

/// <summary>What matrix products and convolutions are computed in. Parameters, sums, norms and the optimizer are always float32.</summary>
public enum TorchPrecision
{
    /// <summary>float32.</summary>
    Float32,

    /// <summary>bfloat16, which graphics processors multiply several times faster; results come back as float32.</summary>
    Bfloat16,
}
