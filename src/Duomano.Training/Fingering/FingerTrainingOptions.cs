namespace Duomano.Training.Fingering;

/// <summary>How the costs of fingers are trained.</summary>
public sealed record FingerTrainingOptions
{
    /// <summary>How often all printed fingers are gone through.</summary>
    public int Passes
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A training has 1 to 1000 passes.");
    } = 2;

    /// <summary>Rate of learning in the first pass; it falls from pass to pass.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>How strongly the terms' costs are held to where they start: one over the variance expected, in nats.</summary>
    public double TermPull { get; init; } = 5;

    /// <summary>How strongly the patterns' costs are held to nothing.</summary>
    public double PatternPull { get; init; } = 600;

    /// <summary>Partial solutions kept at each slice.</summary>
    public int BeamWidth { get; init; } = 24;

    /// <summary>How often in a pass the fingerings of method books (scales, broken chords, trills) are gone through.</summary>
    public int MethodBook
    {
        get;
        init => field = value is >= 0 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A pass goes 0 to 100 times through the method books.");
    } = 14;

    /// <summary>How often in a pass printed fingers are gone through, of which there are far fewer than people's.</summary>
    public int PrintedRepeats
    {
        get;
        init => field = value is >= 1 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A pass goes 1 to 100 times through printed fingers.");
    } = 6;

    /// <summary>How much costs learned from printed fingers alone count beside those learned from all.</summary>
    public double PrintedShare { get; init; } = 0.5;

    /// <summary>Passes of the training on printed fingers alone.</summary>
    public int PrintedPasses { get; init; } = 4;

    /// <summary>How strongly its patterns' costs are held to nothing.</summary>
    public double PrintedPatternPull { get; init; } = 100;

    /// <summary>How often in a pass it goes through the method books.</summary>
    public int PrintedMethodBook { get; init; } = 12;

    /// <summary>Numbers a feature's row has in the network that reads a hand's notes.</summary>
    public int ReaderWidth { get; init; } = 128;

    /// <summary>Steps of the network that reads a hand's notes.</summary>
    public int ReaderSteps
    {
        get;
        init => field = value is >= 1 and <= 1_000_000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The network is trained for 1 to 1000000 steps.");
    } = 1000;

    /// <summary>Units of a layer of that network in each direction.</summary>
    public int ReaderHidden
    {
        get;
        init => field = value is >= 8 and <= 1024 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A layer has 8 to 1024 units.");
    } = 96;

    /// <summary>Decides the order in which stretches are gone through.</summary>
    public long Seed { get; init; } = 1;
}
