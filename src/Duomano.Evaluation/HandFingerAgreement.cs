using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>How often two fingerings of the same notes agree, counted where both say something.</summary>
/// <param name="Hands">Notes given to a hand by both, and to the same one.</param>
/// <param name="Fingers">Notes given to a finger by both, and to the same one of the same hand.</param>
public readonly record struct HandFingerAgreement(AgreementCount Hands, AgreementCount Fingers)
{
    /// <summary>Counts of both taken together, for figures over several clips.</summary>
    public static HandFingerAgreement operator +(HandFingerAgreement left, HandFingerAgreement right) =>
        new(left.Hands + right.Hands, left.Fingers + right.Fingers);

    /// <summary>The sum of two agreements.</summary>
    public static HandFingerAgreement Add(HandFingerAgreement left, HandFingerAgreement right) => left + right;

    /// <summary>Compares two fingerings note by note.</summary>
    /// <param name="reference">The notes with one fingering, such as the printed one.</param>
    /// <param name="other">The same notes in the same order with the other.</param>
    /// <exception cref="ArgumentException">They are not the same notes.</exception>
    public static HandFingerAgreement Measure(IReadOnlyList<Note> reference, IReadOnlyList<Note> other)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(other);
        if (reference.Count != other.Count) throw new ArgumentException($"{other.Count} notes cannot be compared with {reference.Count} one by one.", nameof(other));
        AgreementCount hands = default, fingers = default;
        for (var i = 0; i < reference.Count; i++)
        {
            var (a, b) = (reference[i], other[i]);
            if (a.Key != b.Key) throw new ArgumentException($"Note {i} is {b.Key} here and {a.Key} there.", nameof(other));
            var sameHand = a.Hand is null || b.Hand is null || a.Hand == b.Hand;
            if (a.Hand is not null && b.Hand is not null) hands = hands.With(sameHand);
            if (a.Finger is not null && b.Finger is not null) fingers = fingers.With(sameHand && a.Finger == b.Finger);
        }

        return new(hands, fingers);
    }

    /// <summary>Compares the fingers that strike keys in a motion with the fingering of the notes they play.</summary>
    /// <param name="notes">The notes the key presses were measured with.</param>
    /// <param name="press">What was measured.</param>
    public static HandFingerAgreement Measure(IReadOnlyList<Note> notes, KeyPress press)
    {
        ArgumentNullException.ThrowIfNull(notes);
        ArgumentNullException.ThrowIfNull(press);
        Note[] planned = [.. press.Matches.Select(match => notes[match.Note])];
        return Measure(planned, [.. press.Matches.Select(match => notes[match.Note] with
        {
            Hand = press.Strokes[match.Stroke].Hand,
            Finger = press.Strokes[match.Stroke].Finger,
        })]);
    }
}

/// <summary>How many of how many agree.</summary>
/// <param name="Agreeing">Those that do.</param>
/// <param name="Compared">All that were compared.</param>
public readonly record struct AgreementCount(int Agreeing, int Compared)
{
    /// <summary>Share of those compared; 0 where nothing was.</summary>
    public double Share => Compared == 0 ? 0 : (double)Agreeing / Compared;

    /// <summary>Both counts together.</summary>
    public static AgreementCount operator +(AgreementCount left, AgreementCount right) =>
        new(left.Agreeing + right.Agreeing, left.Compared + right.Compared);

    /// <summary>The sum of two counts.</summary>
    public static AgreementCount Add(AgreementCount left, AgreementCount right) => left + right;

    /// <summary>One more comparison.</summary>
    public AgreementCount With(bool agrees) => new(Agreeing + (agrees ? 1 : 0), Compared + 1);
}
