using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Evaluation;

/// <summary>Where the hand of a note is another one than in the fingering compared with.</summary>
public enum HandDisagreement
{
    /// <summary>One of at least four in a row: a line was given to the other hand.</summary>
    Line,

    /// <summary>The hands lie over one another: a note of the left hand is above one of the right that sounds with it.</summary>
    Crossing,

    /// <summary>Both hands play; the note is the left hand's highest or the right's lowest, and within an octave of the other hand.</summary>
    Inner,

    /// <summary>Both hands play, and the note is farther from the other hand or not next to it.</summary>
    Outer,

    /// <summary>No note of the other hand sounds with it.</summary>
    OneHand,
}

/// <summary>Where the finger of a note is another one than in the fingering compared with, its hand being the same.</summary>
public enum FingerDisagreement
{
    /// <summary>The note was struck together with others of its hand.</summary>
    Chord,

    /// <summary>The hand's note before it is on the same key.</summary>
    Repeated,

    /// <summary>A single note that the thumb plays in one of the two: the thumb passes under elsewhere.</summary>
    Thumb,

    /// <summary>A single note for which the fingers are neighbours.</summary>
    Neighbour,

    /// <summary>A single note for which the fingers are farther apart.</summary>
    Farther,
}

/// <summary>Kinds of disagreement between two fingerings of the same notes, with their counts.</summary>
/// <param name="Hands">Notes of other hands, by kind.</param>
/// <param name="Fingers">Notes of other fingers of the same hand, by kind.</param>
/// <param name="Following">How many of these follow from the one before: the hand's last note that was compared has another finger too.</param>
public sealed record Disagreements(IReadOnlyDictionary<HandDisagreement, int> Hands, IReadOnlyDictionary<FingerDisagreement, int> Fingers, int Following)
{
    private const int LineLength = 4;
    private const int Reach = 12;
    private const double Together = 0.03;

    /// <summary>None.</summary>
    public static Disagreements None { get; } = new(Counts<HandDisagreement>([]), Counts<FingerDisagreement>([]), 0);

    /// <summary>Both counts together.</summary>
    public static Disagreements operator +(Disagreements left, Disagreements right)
    {
        ArgumentNullException.ThrowIfNull(left);
        ArgumentNullException.ThrowIfNull(right);
        return new(Sum(left.Hands, right.Hands), Sum(left.Fingers, right.Fingers), left.Following + right.Following);
    }

    /// <summary>The sum of two counts.</summary>
    public static Disagreements Add(Disagreements left, Disagreements right) => left + right;

    /// <summary>Sorts the notes on which two fingerings disagree, where both say something.</summary>
    /// <param name="reference">The notes with one fingering, sorted by onset; where hands lie and what sounds together is told by it.</param>
    /// <param name="other">The same notes in the same order with the other.</param>
    /// <exception cref="ArgumentException">They are not as many notes.</exception>
    public static Disagreements Between(IReadOnlyList<Note> reference, IReadOnlyList<Note> other)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(other);
        if (reference.Count != other.Count) throw new ArgumentException($"{other.Count} notes cannot be compared with {reference.Count} one by one.", nameof(other));
        var fingers = new List<FingerDisagreement>();
        var following = 0;
        foreach (var side in HandSides.Both)
        {
            int[] mine = [.. Enumerable.Range(0, reference.Count).Where(i => reference[i].Hand == side && other[i].Hand == side)];
            var differedBefore = false;
            for (var at = 0; at < mine.Length; at++)
            {
                if (reference[mine[at]].Finger is not { } a || other[mine[at]].Finger is not { } b) continue;
                if (a != b)
                {
                    fingers.Add(KindOf(reference, mine, at, a, b));
                    if (differedBefore) following++;
                }

                differedBefore = a != b;
            }
        }

        return new(Counts(OtherHands(reference, other)), Counts(fingers), following);
    }

    private static List<HandDisagreement> OtherHands(IReadOnlyList<Note> reference, IReadOnlyList<Note> other)
    {
        var kinds = new List<HandDisagreement>();
        int[] compared = [.. Enumerable.Range(0, reference.Count).Where(i => reference[i].Hand is not null && other[i].Hand is not null)];
        for (var at = 0; at < compared.Length;)
        {
            var end = at;
            while (end < compared.Length && reference[compared[end]].Hand != other[compared[end]].Hand) end++;
            for (var i = at; i < end; i++) kinds.Add(end - at >= LineLength ? HandDisagreement.Line : KindOf(reference, compared[i]));
            at = Math.Max(end, at + 1);
        }

        return kinds;
    }

    private static HandDisagreement KindOf(IReadOnlyList<Note> notes, int index)
    {
        var note = notes[index];
        Note[] sounding = [.. notes.TakeWhile(with => with.Onset <= note.Onset + Together).Where((with, i) => i != index && (with.Offset > note.Onset + Together || Math.Abs(with.Onset - note.Onset) <= Together))];
        int[] others = [.. sounding.Where(with => with.Hand is { } hand && hand != note.Hand).Select(with => with.Key.Midi)];
        if (others.Length == 0) return HandDisagreement.OneHand;

        // As if the note were the right hand's, from here on.
        var up = note.Hand == HandSide.Right ? 1 : -1;
        var key = up * note.Key.Midi;
        var nearest = others.Max(midi => up * midi);
        if (nearest > key) return HandDisagreement.Crossing;
        var lowest = !sounding.Any(with => with.Hand == note.Hand && up * with.Key.Midi < key);
        return lowest && key - nearest <= Reach ? HandDisagreement.Inner : HandDisagreement.Outer;
    }

    private static FingerDisagreement KindOf(IReadOnlyList<Note> notes, int[] mine, int at, Finger a, Finger b)
    {
        var note = notes[mine[at]];
        bool With(int i) => i >= 0 && i < mine.Length && Math.Abs(notes[mine[i]].Onset - note.Onset) <= Together;
        if (With(at - 1) || With(at + 1)) return FingerDisagreement.Chord;
        if (at > 0 && notes[mine[at - 1]].Key == note.Key) return FingerDisagreement.Repeated;
        if (a == Finger.Thumb || b == Finger.Thumb) return FingerDisagreement.Thumb;
        return Math.Abs((int)a - (int)b) == 1 ? FingerDisagreement.Neighbour : FingerDisagreement.Farther;
    }

    private static Dictionary<T, int> Counts<T>(IReadOnlyCollection<T> kinds)
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(kind => kind, kind => kinds.Count(other => other.Equals(kind)));

    private static Dictionary<T, int> Sum<T>(IReadOnlyDictionary<T, int> left, IReadOnlyDictionary<T, int> right)
        where T : struct, Enum => left.ToDictionary(pair => pair.Key, pair => pair.Value + right[pair.Key]);
}
