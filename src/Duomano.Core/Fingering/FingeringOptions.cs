using Duomano.Core.Hands;

namespace Duomano.Core.Fingering;

/// <summary>How hands and fingers are chosen.</summary>
public sealed record FingeringOptions
{
    /// <summary>The usual choice.</summary>
    public static FingeringOptions Default { get; } = new();

    /// <summary>Size of the hands, times an average adult's: larger hands reach wider chords.</summary>
    public float HandSize
    {
        get;
        init => field = value is >= HandSkeleton.SmallestSize and <= HandSkeleton.LargestSize
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"A hand size is {HandSkeleton.SmallestSize} to {HandSkeleton.LargestSize}, times the average adult.");
    } = 1;

    /// <summary>Fingers that the hands have not got, as some characters'.</summary>
    public IReadOnlyList<Finger> Lacking { get; init; } = [];

    /// <summary>Notes of one hand that start within this time belong to one chord, seconds.</summary>
    public double ChordWindow
    {
        get;
        init => field = value is >= 0 and <= 0.2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A chord's notes start within 0 to 0.2 s.");
    } = 0.04;

    /// <summary>Partial solutions kept at each note while searching; more is slower and a little better.</summary>
    public int BeamWidth
    {
        get;
        init => field = value is >= 1 and <= 10_000
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A beam keeps 1 to 10000 partial solutions.");
    } = 48;

    /// <summary>Costs of giving notes to fingers.</summary>
    public CostWeights<FingerTerm> Fingers { get => field ?? FingerModel.Bundled.Costs.Terms; init; }
}
