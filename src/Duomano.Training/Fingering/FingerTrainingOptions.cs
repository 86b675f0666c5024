namespace Duomano.Training.Fingering;

/// <summary>How the costs of fingers are trained.</summary>
public sealed record FingerTrainingOptions
{
    /// <summary>How often all printed fingers are gone through.</summary>
    public int Passes
    {
        get;
        init => field = value is >= 1 and <= 1000 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A training has 1 to 1000 passes.");
    } = 4;

    /// <summary>Rate of learning in the first pass; it falls from pass to pass.</summary>
    public double Rate { get; init; } = 0.1;

    /// <summary>How strongly the terms' costs are held to where they start: one over the variance expected, in nats.</summary>
    public double TermPull { get; init; } = 5;

    /// <summary>How strongly the patterns' costs are held to nothing.</summary>
    public double PatternPull { get; init; } = 100;

    /// <summary>Partial solutions kept at each slice.</summary>
    public int BeamWidth { get; init; } = 24;

    /// <summary>How often in a pass the fingerings of method books (scales, broken chords, trills) are gone through.</summary>
    public int MethodBook
    {
        get;
        init => field = value is >= 0 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "A pass goes 0 to 100 times through the method books.");
    } = 4;

    /// <summary>Decides the order in which stretches are gone through.</summary>
    public long Seed { get; init; } = 1;
}
