namespace Duomano.Training.Fingering;

/// <summary>How the network that tells hands is trained.</summary>
public sealed record HandTrainingOptions
{
    /// <summary>How often all notes are gone through.</summary>
    public int Passes
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A training has 1 to 1000 passes.");
    } = 10;

    /// <summary>How many networks are trained, each with its own randomness; the result answers with their mean.</summary>
    public int Networks
    {
        get;
        init => field = value is >= 1 and <= 16 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "1 to 16 networks are trained.");
    } = 3;

    /// <summary>Numbers a feature's row has.</summary>
    public int Hidden
    {
        get;
        init => field = value is >= 8 and <= 1024 && value % 8 == 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A row has 8 to 1024 numbers, a multiple of 8.");
    } = 64;

    /// <summary>Width of the layer between.</summary>
    public int Middle
    {
        get;
        init => field = value is >= 8 and <= 1024 && value % 8 == 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The layer between has 8 to 1024 units, a multiple of 8.");
    } = 32;

    /// <summary>Rate of learning at its highest; it falls along half a cosine.</summary>
    public double Rate { get; init; } = 2e-3;

    /// <summary>Weight decay.</summary>
    public double Decay { get; init; } = 1e-3;

    /// <summary>Share of the stretches in which the network lives with the hands it chose itself.</summary>
    public double OwnHistory { get; init; } = 0.5;

    /// <summary>Share of the notes for which no hand before is told.</summary>
    public double Forget { get; init; } = 0.1;

    /// <summary>Share of the features that are left out at random.</summary>
    public double Dropout { get; init; } = 0.05;

    /// <summary>Numbers a feature's row has in the network that reads the whole piece.</summary>
    public int ReaderWidth { get; init; } = 128;

    /// <summary>Units of that network's recurrent layers in each direction.</summary>
    public int ReaderHidden { get; init; } = 128;

    /// <summary>Steps in which it is trained by itself.</summary>
    public int ReaderSteps { get; init; } = 1200;

    /// <summary>Its highest rate of learning there.</summary>
    public double ReaderRate { get; init; } = 2.5e-3;

    /// <summary>Steps in which both networks are trained together.</summary>
    public int JointSteps { get; init; } = 1000;

    /// <summary>The highest rate of learning there.</summary>
    public double JointRate { get; init; } = 1.2e-3;

    /// <summary>Notes of a stretch that the whole-piece network is shown.</summary>
    public int StretchLength { get; init; } = 256;

    /// <summary>Stretches in a step.</summary>
    public int Batch { get; init; } = 24;

    /// <summary>Equal seeds give equal networks.</summary>
    public long Seed { get; init; } = 1;
}
