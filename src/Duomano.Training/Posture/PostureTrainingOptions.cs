namespace Duomano.Training.Posture;

/// <summary>How the network that tells where hands are is trained.</summary>
public sealed record PostureTrainingOptions
{
    /// <summary>How often all frames are gone through.</summary>
    public int Passes
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A training has 1 to 1000 passes.");
    } = 8;

    /// <summary>Width of the first layer.</summary>
    public int Hidden
    {
        get;
        init => field = value is >= 8 and <= 1024 && value % 8 == 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A layer has 8 to 1024 units, a multiple of 8.");
    } = 192;

    /// <summary>Width of the second layer.</summary>
    public int Middle
    {
        get;
        init => field = value is >= 8 and <= 1024 && value % 8 == 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A layer has 8 to 1024 units, a multiple of 8.");
    } = 64;

    /// <summary>Rate of learning at its highest; it falls along half a cosine.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Weight decay.</summary>
    public double Decay { get; init; } = 0.3;

    /// <summary>Equal seeds give equal networks.</summary>
    public long Seed { get; init; } = 1;
}
