namespace Duomano.Core.Fingering;

/// <summary>
/// Many fingerings of one hand at once: at each slice the states that the cheapest partial solutions are in, and all ways
/// from state to state. A state is known by its last two shapes and the fingers that hold keys. A fingering's probability
/// is exp(−cost / <see cref="Temperature"/>), up to a factor.
/// </summary>
internal sealed class FingerLattice(IReadOnlyList<Slice> slices, FingeringCosts costs, double handSize, int beamWidth)
{
    /// <summary>The cost that makes a fingering e times less probable.</summary>
    public const double Temperature = 3;

    // Keys let go this soon after the next one is struck were only played legato, seconds.
    private const double LegatoOverlap = 0.05;

    private readonly NoteContexts _contexts = new(slices);

    /// <summary>What else speaks against the fingers (1 to 5, 0 for none) of a slice, and how much.</summary>
    public Func<int, byte[], double>? Evidence { get; init; }

    /// <summary>Fingers that the hand has not got.</summary>
    public IReadOnlyList<Finger> Lacking { get; init; } = [];

    /// <summary>The states of a stretch of slices, and how probable it is to come to them and to go on from them.</summary>
    /// <param name="start">The state before the stretch; null at the beginning.</param>
    /// <param name="from">First slice.</param>
    /// <param name="to">The slice after the last one.</param>
    public List<FingerState>[] Columns(FingerState? start, int from, int to)
    {
        var columns = new List<FingerState>[to - from];
        for (var i = from; i < to; i++)
        {
            columns[i - from] = i > from ? Go(columns[i - from - 1], i) : Go([start], i);
        }

        foreach (var state in columns[^1]) state.Backward = 0;
        for (var i = columns.Length - 1; i > 0; i--)
        {
            foreach (var state in columns[i])
            {
                foreach (var (before, cost) in state.From) before!.Backward = Sum(before.Backward, state.Backward + cost / Temperature);
            }
        }

        return columns;
    }

    /// <summary>Goes from a state to the next slice.</summary>
    /// <param name="before">The state; null at the beginning.</param>
    /// <param name="index">The next slice.</param>
    /// <param name="shape">The fingers there.</param>
    /// <param name="alone">What they cost by themselves.</param>
    public FingerState Enter(FingerState? before, int index, byte[] shape, double alone)
    {
        var slice = slices[index];
        if (before is null) return new(shape, []) { Cost = alone, Forward = alone / Temperature, From = [(null, alone)] };
        var previous = slices[index - 1];
        var cost = alone + costs.Step(previous.Notes, before.Shape, slice.Notes, shape, slice.Onset - previous.Onset, slice.Onset - previous.End);
        if (before.Best is { } earlier)
        {
            cost += costs.Skip(slices[index - 2].Notes, earlier.Shape, slice.Notes, shape, slice.Onset - slices[index - 2].End - previous.Length);
            cost += costs.Turn(slices[index - 2].Notes, earlier.Shape, previous.Notes, before.Shape, slice.Notes, shape);
        }

        cost += costs.Line(previous.Notes, before.Shape, slice.Notes, shape, index + 1 < slices.Count ? slices[index + 1].Notes : null);

        var held = new List<(HandNote Note, byte Finger)>();
        foreach (var (note, finger) in before.Held) Hold(note, finger);
        for (var i = 0; i < before.Shape.Length; i++)
        {
            if (before.Shape[i] != 0) Hold(previous.Notes[i], before.Shape[i]);
        }

        return new(shape, held.Count == 0 ? [] : [.. held])
        {
            Best = before,
            Cost = before.Cost + cost,
            Forward = before.Forward + cost / Temperature,
            From = [(before, cost)],
        };

        void Hold(in HandNote note, byte finger)
        {
            if (note.Offset <= slice.Onset + LegatoOverlap) return;
            for (var i = 0; i < shape.Length; i++)
            {
                if (shape[i] == 0) continue;
                if (!costs.CanHold(note, finger, slice.Notes[i], shape[i]))
                {
                    cost += costs.LetGo();
                    return;
                }
            }

            for (var i = 0; i < shape.Length; i++)
            {
                if (shape[i] != 0) cost += costs.Hold(note, finger, slice.Notes[i], shape[i]);
            }

            held.Add((note, finger));
        }
    }

    /// <summary>What a shape costs by itself.</summary>
    public double Alone(int index, byte[] shape) =>
        costs.Shape(slices[index].Notes, shape) + costs.Alone(_contexts, index, slices[index].Notes, shape) + (Evidence?.Invoke(index, shape) ?? 0);

    /// <summary>−log(e^−a + e^−b).</summary>
    public static double Sum(double a, double b) =>
        double.IsPositiveInfinity(a) ? b : double.IsPositiveInfinity(b) ? a : Math.Min(a, b) - Math.Log(1 + Math.Exp(-Math.Abs(a - b)));

    private List<FingerState> Go(IReadOnlyList<FingerState?> before, int index)
    {
        var found = new Dictionary<(byte[]?, byte[], ulong), FingerState>();
        foreach (var shape in ChordShapes.Of(slices[index], handSize, Lacking))
        {
            var alone = Alone(index, shape);
            foreach (var from in before)
            {
                var next = Enter(from, index, shape, alone);
                var key = (from?.Shape, shape, HeldKey(next.Held));
                if (found.TryGetValue(key, out var same)) same.Merge(next);
                else found[key] = next;
            }
        }

        return found.Count <= beamWidth ? [.. found.Values] : [.. found.Values.OrderBy(state => state.Cost).Take(beamWidth)];
    }

    private static ulong HeldKey((HandNote Note, byte Finger)[] held)
    {
        ulong key = 0;
        foreach (var (note, finger) in held) key = (key * 0x9E3779B97F4A7C15) + ((ulong)note.Index << 3) + finger + 1;
        return key;
    }
}
