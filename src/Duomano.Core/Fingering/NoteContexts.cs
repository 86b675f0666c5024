namespace Duomano.Core.Fingering;

/// <summary>
/// What is known of each note of a hand before any finger is chosen: how the line goes on, what lies within the hand's reach,
/// how much time there is. Each circumstance has a number; it and a finger make a pattern (<see cref="FingerPatterns"/>).
/// </summary>
internal sealed class NoteContexts(IReadOnlyList<Slice> slices)
{
    private const int Sizes = 5;
    private const int Runs = 27;
    private const int Farthest = 13;

    // Notes that a hand takes without moving: within a fifth, within an octave, each to come or past.
    private const int Windows = 4;
    private const int WindowSize = 8 * 8;
    private const int OrderSize = 5 * 5 * 2;
    private const int WindowLength = 10;
    private const double WindowRest = 0.6;

    private const int RunBlock = 0;
    private const int SinceBlock = RunBlock + 2 * Runs;
    private const int ComingBlock = SinceBlock + 2 * Runs;
    private const int AheadBlock = ComingBlock + Sizes * Sizes * Sizes;
    private const int PastBlock = AheadBlock + Sizes * Sizes * Sizes;
    private const int RestBlock = PastBlock + Sizes * Sizes * Sizes;
    private const int TimeBlock = RestBlock + 5 * Sizes;
    private const int RankBlock = TimeBlock + 2 * 5 * 5;
    private const int NextBlock = RankBlock + 4 * 5;
    private const int LastBlock = NextBlock + 2 * (2 * Farthest + 1) * 4;
    private const int OuterBlock = LastBlock + 2 * (2 * Farthest + 1) * 4;
    private const int WindowBlock = OuterBlock + 2 * Sizes * Sizes * Sizes;
    private const int OrderBlock = WindowBlock + Windows * WindowSize;

    /// <summary>Number of conditions.</summary>
    public const int Count = OrderBlock + Windows * OrderSize;

    private static readonly double[] Rests = [0.02, 0.12, 0.4, 1];
    private static readonly double[] Times = [0.11, 0.2, 0.4, 0.8];

    private readonly (int Context, double Amount)[]?[][] _known = [.. slices.Select(slice => new (int, double)[]?[slice.Notes.Length])];

    /// <summary>A note's conditions, and how much each counts.</summary>
    /// <param name="index">Which slice.</param>
    /// <param name="note">Which note of it.</param>
    public (int Context, double Amount)[] Of(int index, int note) => _known[index][note] ??= [.. Find(index, note)];

    private IEnumerable<(int Context, double Amount)> Find(int index, int rank)
    {
        var notes = slices[index].Notes;
        var note = notes[rank];
        var share = 1.0 / notes.Length;
        yield return (RestBlock + Bin(Rests, index == 0 ? double.MaxValue : slices[index].Onset - slices[index - 1].End) * Sizes + Step(index), share);
        yield return (TimeBlock + ((notes.Length > 1 ? 5 : 0) + Bin(Times, Time(index))) * 5 + Bin(Times, Time(index + 1)), share);
        for (var window = 0; window < Windows; window++)
        {
            var (span, order) = Window(index, note, window);
            yield return (WindowBlock + window * WindowSize + span, share);
            yield return (OrderBlock + window * OrderSize + order, share);
        }

        if (notes.Length > 1)
        {
            yield return (RankBlock + Math.Clamp(notes.Length - 2, 0, 3) * 5 + Math.Min(rank, 4), 1);
            if (rank == notes.Length - 1) yield return (OuterBlock + (Step(index - 1) * Sizes + Step(index)) * Sizes + Step(index + 1), 1);
            if (rank == 0) yield return (OuterBlock + Sizes * Sizes * Sizes + (InnerStep(index - 1) * Sizes + InnerStep(index)) * Sizes + InnerStep(index + 1), 1);
        }
        else
        {
            yield return (RunBlock + (note.Black ? Runs : 0) + Run(index, 1), 1);
            yield return (SinceBlock + (note.Black ? Runs : 0) + Run(index, -1), 1);
            yield return (ComingBlock + (Step(index - 1) * Sizes + Step(index)) * Sizes + Step(index + 1), 1);
            yield return (AheadBlock + (Step(index) * Sizes + Step(index + 1)) * Sizes + Step(index + 2), 1);
            yield return (PastBlock + (Step(index - 3) * Sizes + Step(index - 2)) * Sizes + Step(index - 1), 1);
            if (index + 1 < slices.Count)
            {
                var next = slices[index + 1].Notes;
                yield return (NextBlock + ((next.Length > 1 ? 2 * Farthest + 1 : 0) + Interval(note, next[^1])) * 4 + Shades(note, next[^1]), 1);
            }

            if (index > 0)
            {
                var last = slices[index - 1].Notes;
                yield return (LastBlock + ((last.Length > 1 ? 2 * Farthest + 1 : 0) + Interval(last[^1], note)) * 4 + Shades(last[^1], note), 1);
            }
        }
    }

    // How long a run in one direction goes on, or has gone on.
    private int Run(int index, int step)
    {
        var length = 0;
        var direction = 0;
        for (var i = index; length < 8 && i + step >= 0 && i + step < slices.Count; i += step)
        {
            var next = Math.Sign(slices[i + step].Notes[^1].Height - slices[i].Notes[^1].Height);
            if (length > 0 && next != direction) break;
            direction = next;
            length++;
        }

        return (direction + 1) * 9 + length;
    }

    // A note among those that the hand takes without moving: how far below and above it they reach, and how many they are.
    private (int Span, int Order) Window(int index, in HandNote note, int window)
    {
        var step = window < 2 ? 1 : -1;
        var span = window % 2 == 0 ? 7 : 12;
        var (low, high) = (note.Height, note.Height);
        var below = new HashSet<int>();
        var above = new HashSet<int>();
        for (var i = index + step; i >= 0 && i < slices.Count && Math.Abs(i - index) <= WindowLength; i += step)
        {
            var later = Math.Max(i, i - step);
            if (slices[later].Onset - slices[later - 1].End > WindowRest) break;
            var (least, most) = (Math.Min(low, slices[i].Notes[0].Height), Math.Max(high, slices[i].Notes[^1].Height));
            if (most - least > span) break;
            (low, high) = (least, most);
            foreach (var other in slices[i].Notes)
            {
                if (other.Height != note.Height) (other.Height < note.Height ? below : above).Add(other.Height);
            }
        }

        var unit = window % 2 == 0 ? 1 : 2;
        return ((note.Height - low) / unit * 8 + (high - note.Height) / unit, (Math.Min(below.Count, 4) * 5 + Math.Min(above.Count, 4)) * 2 + (note.Black ? 1 : 0));
    }

    private double Time(int index) => index > 0 && index < slices.Count ? slices[index].Onset - slices[index - 1].Onset : double.MaxValue;

    private int Step(int index) => index >= 0 && index + 1 < slices.Count ? Size(slices[index].Notes[^1], slices[index + 1].Notes[^1]) : 2;

    private int InnerStep(int index) => index >= 0 && index + 1 < slices.Count ? Size(slices[index].Notes[0], slices[index + 1].Notes[0]) : 2;

    private static int Interval(in HandNote from, in HandNote to) => Math.Clamp(to.Height - from.Height, -Farthest, Farthest) + Farthest;

    private static int Shades(in HandNote a, in HandNote b) => (a.Black ? 2 : 0) + (b.Black ? 1 : 0);

    private static int Size(in HandNote from, in HandNote to) => FingerPatterns.Size(from, to);

    private static int Bin(double[] limits, double value)
    {
        var bin = 0;
        while (bin < limits.Length && value > limits[bin]) bin++;
        return bin;
    }
}
