using System.Collections.Immutable;

namespace Duomano.Core.Fingering;

/// <summary>The cost of each <see cref="FingerTerm"/>, in arbitrary units.</summary>
public sealed record FingerWeights
{
    /// <summary>Weights tuned on fingerings printed in scores.</summary>
    public static FingerWeights Default { get; } = new()
    {
        Values = Table(
            (FingerTerm.ChordStretch, 1), (FingerTerm.ChordStrain, 2),
            (FingerTerm.LineCramp, 1), (FingerTerm.LineStretch, 0.7), (FingerTerm.LineStrain, 1), (FingerTerm.LineBreak, 3),
            (FingerTerm.PhraseStretch, 0.2), (FingerTerm.PhraseStrain, 0.3),
            (FingerTerm.Shift, 0.3), (FingerTerm.HurriedShift, 0.3), (FingerTerm.Slide, 4), (FingerTerm.HurriedSlide, 1),
            (FingerTerm.Substitution, 0.5), (FingerTerm.HurriedRepetition, 1), (FingerTerm.Return, 0.3), (FingerTerm.Wander, 0.6),
            (FingerTerm.PassIndex, 2.6), (FingerTerm.PassMiddle, 0.8), (FingerTerm.PassRing, 1), (FingerTerm.PassLittle, 3),
            (FingerTerm.PassUphill, 2), (FingerTerm.Tangle, 4), (FingerTerm.Thumb, 0), (FingerTerm.Index, 0),
            (FingerTerm.Middle, 0), (FingerTerm.Ring, 0.3), (FingerTerm.Little, 0.2), (FingerTerm.ThumbOnBlack, 1),
            (FingerTerm.LittleOnBlack, 0.5), (FingerTerm.ThumbUpToBlack, 0.5), (FingerTerm.LittleUpToBlack, 0.3),
            (FingerTerm.RingUpToBlack, 0.2), (FingerTerm.MiddleRing, 0.3), (FingerTerm.RingLittle, 0.3), (FingerTerm.LetGo, 4)),
    };

    /// <summary>One cost a term, in the order of <see cref="FingerTerm"/>.</summary>
    /// <exception cref="ArgumentException">There are more or fewer values than terms, or one is not finite.</exception>
    public required ImmutableArray<double> Values
    {
        get;
        init
        {
            var count = Enum.GetValues<FingerTerm>().Length;
            if (value.IsDefault || value.Length != count) throw new ArgumentException($"There are {count} terms, not {(value.IsDefault ? 0 : value.Length)}.", nameof(value));
            if (!value.All(double.IsFinite)) throw new ArgumentException("A cost is finite.", nameof(value));
            field = value;
        }
    }

    /// <summary>The cost of a term.</summary>
    public double this[FingerTerm term] => Values[(int)term];

    private static ImmutableArray<double> Table(params ReadOnlySpan<(FingerTerm Term, double Cost)> costs)
    {
        var values = new double[Enum.GetValues<FingerTerm>().Length];
        foreach (var (term, cost) in costs) values[(int)term] = cost;
        return [.. values];
    }
}
