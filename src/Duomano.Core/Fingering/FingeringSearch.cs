namespace Duomano.Core.Fingering;

/// <summary>
/// Chooses the fingers of one hand: a beam search over its slices in time, in which a partial solution is known by its
/// last two shapes and the fingers that hold keys (a second-order Viterbi search, cut to a beam).
/// </summary>
internal sealed class FingeringSearch
{
    // Keys let go this soon after the next one is struck were only played legato, seconds.
    private const double LegatoOverlap = 0.05;

    private readonly FingeringCosts _costs;
    private readonly FingeringOptions _options;

    /// <summary>Prepares a search.</summary>
    public FingeringSearch(FingeringOptions options)
        : this(options, new(options.Fingers, options.HandSize))
    {
    }

    internal FingeringSearch(FingeringOptions options, FingeringCosts costs)
    {
        _options = options;
        _costs = costs;
    }

    /// <summary>Finds the cheapest fingering.</summary>
    /// <param name="slices">One hand's slices in time.</param>
    /// <returns>A finger (1 to 5, 0 for none) a note a slice.</returns>
    public IReadOnlyList<byte[]> Find(IReadOnlyList<Slice> slices)
    {
        var beam = new List<Partial>();
        var best = new Dictionary<(byte[]?, byte[], ulong), Partial>();
        for (var i = 0; i < slices.Count; i++)
        {
            var slice = slices[i];
            var shapes = ChordShapes.Of(slice, _options.HandSize);
            best.Clear();
            foreach (var shape in shapes)
            {
                var alone = _costs.Shape(slice.Notes, shape);
                if (i == 0)
                {
                    best[(null, shape, 0)] = new(null, slice, shape, [], alone);
                    continue;
                }

                foreach (var partial in beam)
                {
                    var next = Extend(partial, slice, shape, alone);
                    var key = (partial.Shape, shape, HeldKey(next.Held));
                    if (!best.TryGetValue(key, out var rival) || next.Cost < rival.Cost) best[key] = next;
                }
            }

            beam.Clear();
            beam.AddRange(best.Values.OrderBy(partial => partial.Cost).Take(_options.BeamWidth));
        }

        var result = new byte[slices.Count][];
        var step = beam.Count > 0 ? beam[0] : null;
        for (var i = slices.Count - 1; i >= 0; i--)
        {
            result[i] = step!.Shape;
            step = step.Before;
        }

        return result;
    }

    /// <summary>What a given fingering costs.</summary>
    internal double Score(IReadOnlyList<Slice> slices, IReadOnlyList<byte[]> shapes)
    {
        Partial? path = null;
        for (var i = 0; i < slices.Count; i++)
        {
            var alone = _costs.Shape(slices[i].Notes, shapes[i]);
            path = path is null ? new(null, slices[i], shapes[i], [], alone) : Extend(path, slices[i], shapes[i], alone);
        }

        return path?.Cost ?? 0;
    }

    private Partial Extend(Partial before, Slice slice, byte[] shape, double alone)
    {
        var time = slice.Onset - before.Slice.Onset;
        var cost = before.Cost + alone + _costs.Step(before.Slice.Notes, before.Shape, slice.Notes, shape, time, slice.Onset - before.Slice.End);
        if (before.Before is { } earlier) cost += _costs.Skip(earlier.Slice.Notes, earlier.Shape, slice.Notes, shape, slice.Onset - earlier.Slice.End - before.Slice.Length);

        var held = new List<(HandNote Note, byte Finger)>();
        foreach (var (note, finger) in before.Held) Hold(note, finger);
        for (var i = 0; i < before.Shape.Length; i++)
        {
            if (before.Shape[i] != 0) Hold(before.Slice.Notes[i], before.Shape[i]);
        }

        return new(before, slice, shape, held.Count == 0 ? [] : [.. held], cost);

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

                together += _costs.Together(note, finger, slice.Notes[i], shape[i]);
            }

            cost += together;
            held.Add((note, finger));
        }
    }

    private static ulong HeldKey((HandNote Note, byte Finger)[] held)
    {
        ulong key = 0;
        foreach (var (note, finger) in held) key = (key * 0x9E3779B97F4A7C15) + ((ulong)note.Index << 3) + finger + 1;
        return key;
    }

    /// <summary>A partial solution; <paramref name="Held"/> are earlier slices' keys still down.</summary>
    private sealed record Partial(Partial? Before, Slice Slice, byte[] Shape, (HandNote Note, byte Finger)[] Held, double Cost);
}
