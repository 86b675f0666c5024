namespace Duomano.Core.Fingering;

/// <summary>
/// Many fingerings of one hand at once: at each slice the states that the cheapest partial solutions are in, and all ways
/// from state to state. A state is known by its last two shapes and the fingers that hold keys.
/// </summary>
internal sealed class FingerLattice
{
    // Keys let go this soon after the next one is struck were only played legato, seconds.
    private const double LegatoOverlap = 0.05;

    private readonly FingeringCosts _costs;
    private readonly IReadOnlyList<Slice> _slices;
    private readonly double _handSize;
    private readonly int _beamWidth;

    public FingerLattice(IReadOnlyList<Slice> slices, FingeringCosts costs, double handSize, int beamWidth)
    {
        (_slices, _costs, _handSize, _beamWidth) = (slices, costs, handSize, beamWidth);
    }

    /// <summary>The first slice's states.</summary>
    public List<FingerState> Begin() => Cut([.. Shapes(0).Select(shape => Enter(null, 0, shape, _costs.Shape(_slices[0].Notes, shape) + _costs.Alone(_slices, 0, shape)))]);

    /// <summary>The states of a slice.</summary>
    /// <param name="before">The states of the slice before.</param>
    /// <param name="index">Which slice.</param>
    public List<FingerState> Go(List<FingerState> before, int index)
    {
        var found = new Dictionary<(byte[], byte[], ulong), FingerState>();
        foreach (var shape in Shapes(index))
        {
            var alone = _costs.Shape(_slices[index].Notes, shape) + _costs.Alone(_slices, index, shape);
            foreach (var from in before)
            {
                var next = Enter(from, index, shape, alone);
                var key = (from.Shape, shape, HeldKey(next.Held));
                if (!found.TryGetValue(key, out var same))
                {
                    found[key] = next;
                }
                else
                {
                    same.From.AddRange(next.From);
                    if (next.Cost >= same.Cost) continue;
                    same.Cost = next.Cost;
                    same.Best = from;
                }
            }
        }

        return Cut(found.Values);
    }

    /// <summary>What it costs to go on from a state, or to begin.</summary>
    public FingerState Enter(FingerState? before, int index, byte[] shape, double alone)
    {
        var slice = _slices[index];
        if (before is null) return new(shape, []) { Cost = alone };
        var previous = _slices[index - 1];
        var cost = alone + _costs.Step(previous.Notes, before.Shape, slice.Notes, shape, slice.Onset - previous.Onset, slice.Onset - previous.End);
        if (before.Best is { } earlier)
        {
            cost += _costs.Skip(_slices[index - 2].Notes, earlier.Shape, slice.Notes, shape, slice.Onset - _slices[index - 2].End - previous.Length);
            cost += _costs.Turn(_slices, index, earlier.Shape, before.Shape, shape);
        }

        var held = new List<(HandNote Note, byte Finger)>();
        foreach (var (note, finger) in before.Held) Hold(note, finger);
        for (var i = 0; i < before.Shape.Length; i++)
        {
            if (before.Shape[i] != 0) Hold(previous.Notes[i], before.Shape[i]);
        }

        return new(shape, held.Count == 0 ? [] : [.. held]) { Cost = before.Cost + cost, Best = before, From = [(before, cost)] };

        void Hold(in HandNote note, byte finger)
        {
            if (note.Offset <= slice.Onset + LegatoOverlap) return;
            double together = 0;
            for (var i = 0; i < shape.Length; i++)
            {
                if (shape[i] == 0) continue;
                if (!_costs.CanHold(note, finger, slice.Notes[i], shape[i]))
                {
                    cost += _costs.LetGo();
                    return;
                }
            }

            for (var i = 0; i < shape.Length; i++)
            {
                if (shape[i] != 0) together += _costs.Together(note, finger, slice.Notes[i], shape[i]);
            }

            cost += together;
            held.Add((note, finger));
        }
    }

    private List<byte[]> Shapes(int index) => ChordShapes.Of(_slices[index], _handSize);

    private List<FingerState> Cut(ICollection<FingerState> states)
    {
        var kept = states.ToList();
        if (kept.Count <= _beamWidth) return kept;
        return [.. kept.OrderBy(state => state.Cost).Take(_beamWidth)];
    }

    private static ulong HeldKey((HandNote Note, byte Finger)[] held)
    {
        ulong key = 0;
        foreach (var (note, finger) in held) key = (key * 0x9E3779B97F4A7C15) + ((ulong)note.Index << 3) + finger + 1;
        return key;
    }
}

/// <summary>Where a hand is after a slice.</summary>
/// <param name="shape">Its fingers on the slice.</param>
/// <param name="held">Keys of earlier slices still down.</param>
internal sealed class FingerState(byte[] shape, (HandNote Note, byte Finger)[] held)
{
    public byte[] Shape => shape;

    public (HandNote Note, byte Finger)[] Held => held;

    /// <summary>The states one can come from, and what the way costs.</summary>
    public List<(FingerState Before, double Cost)> From { get; init; } = [];

    /// <summary>The cheapest of them.</summary>
    public FingerState? Best { get; set; }

    /// <summary>What the cheapest way here costs.</summary>
    public double Cost { get; set; }

    /// <summary>Minus the logarithm of the weight of all ways here.</summary>
    public double Forward { get; set; }

    /// <summary>The same of all ways on to the end.</summary>
    public double Backward { get; set; }
}
