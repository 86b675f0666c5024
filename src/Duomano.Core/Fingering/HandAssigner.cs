using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// Divides a piece between two hands: a beam search over all notes in time. Notes are taken one by one, so nothing
/// depends on chords being struck exactly together. Each partial solution knows what each hand holds and where it is.
/// </summary>
internal sealed class HandAssigner
{
    // Partial solutions that agree on this many latest notes are one: the cheapest stays.
    private const int MergeDepth = 12;

    // Where the hands rest before they have played, octaves from the middle of the keyboard.
    private const double RestingPlace = 0.8;

    private readonly IReadOnlyList<Note> _notes;
    private readonly FingeringOptions _options;
    private readonly HandCosts _costs;

    private HandAssigner(IReadOnlyList<Note> notes, FingeringOptions options, HandCosts costs)
    {
        _notes = notes;
        _options = options;
        _costs = costs;
    }

    /// <summary>Chooses a hand for each note.</summary>
    /// <param name="notes">Notes sorted by onset; hands already given are kept.</param>
    /// <param name="options">Weights and beam width.</param>
    public static HandSide[] Assign(IReadOnlyList<Note> notes, FingeringOptions options) => Assign(notes, options, new(notes, options));

    /// <summary>The same with costs that may be tallied.</summary>
    internal static HandSide[] Assign(IReadOnlyList<Note> notes, FingeringOptions options, HandCosts costs) =>
        new HandAssigner(notes, options, costs).Search();

    private HandSide[] Search()
    {
        var beam = new List<Partial>
        {
            new(null, default, PerHand.Create(side => HandGrip.Resting(side == HandSide.Left ? -RestingPlace : RestingPlace)), 0, 0),
        };
        var best = new Dictionary<uint, Partial>();
        for (var i = 0; i < _notes.Count; i++)
        {
            best.Clear();
            foreach (var partial in beam)
            {
                foreach (var side in HandSides.Both)
                {
                    if (_notes[i].Hand is { } given && given != side) continue;
                    var next = Extend(partial, i, side);
                    if (!best.TryGetValue(next.History, out var rival) || next.Cost < rival.Cost) best[next.History] = next;
                }
            }

            beam.Clear();
            beam.AddRange(best.Values);
            beam.Sort((a, b) => a.Cost != b.Cost ? a.Cost.CompareTo(b.Cost) : a.History.CompareTo(b.History));
            if (beam.Count > _options.BeamWidth) beam.RemoveRange(_options.BeamWidth, beam.Count - _options.BeamWidth);
        }

        var sides = new HandSide[_notes.Count];
        var step = beam[0];
        for (var i = sides.Length - 1; i >= 0; i--)
        {
            sides[i] = step.Side;
            step = step.Before!;
        }

        return sides;
    }

    private Partial Extend(Partial partial, int index, HandSide side)
    {
        var own = partial.Hands[side].At(_notes, index, _options.ChordWindow);
        var other = partial.Hands[side.Other()].At(_notes, index, _options.ChordWindow);
        var cost = _costs.Of(own, other, index, side == HandSide.Right ? 1 : -1);
        own = own.Striking(_notes, index, _costs.MiddleFor(own, index), _options.ChordWindow);
        var hands = side == HandSide.Left ? new PerHand<HandGrip>(own, other) : new PerHand<HandGrip>(other, own);
        var history = ((partial.History << 1) | (uint)side) & ((1u << MergeDepth) - 1);
        return new(partial, side, hands, partial.Cost + cost, history);
    }

    private sealed record Partial(Partial? Before, HandSide Side, PerHand<HandGrip> Hands, double Cost, uint History);
}
