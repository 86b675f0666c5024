using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// Divides a piece between two hands: a beam search over all notes in time. Notes are taken one by one, so nothing
/// depends on chords being struck exactly together. Each partial solution knows what each hand holds and where it is.
/// </summary>
internal sealed class HandAssigner
{
    private const double OctaveMetres = 7 * PianoKey.WhiteSpacing;

    // Partial solutions that agree on this many latest notes are one: the cheapest stays.
    private const int MergeDepth = 12;

    // Where the hands rest before they have played, octaves from the middle of the keyboard.
    private const double RestingPlace = 0.8;

    private readonly IReadOnlyList<Note> _notes;
    private readonly FingeringOptions _options;
    private readonly HandWeights _weights;
    private readonly double[] _places;

    private HandAssigner(IReadOnlyList<Note> notes, FingeringOptions options)
    {
        _notes = notes;
        _options = options;
        _weights = options.Hands;
        _places = [.. notes.Select(note => note.Key.CenterX / OctaveMetres)];
    }

    /// <summary>Chooses a hand for each note.</summary>
    /// <param name="notes">Notes sorted by onset; hands already given are kept.</param>
    /// <param name="options">Weights and beam width.</param>
    public static HandSide[] Assign(IReadOnlyList<Note> notes, FingeringOptions options) =>
        new HandAssigner(notes, options).Search();

    private HandSide[] Search()
    {
        var beam = new List<Partial> { new(null, default, PerHand.Create(side => Hand.Resting(side == HandSide.Left ? -RestingPlace : RestingPlace)), 0, 0) };
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
        var place = _places[index];
        var direction = side == HandSide.Right ? 1 : -1;
        var middle = Math.Clamp(own.Middle, place - _weights.Reach, place + _weights.Reach);
        var cost = Shape(own, index) + Between(other, index, direction);

        var time = _notes[index].Onset - own.Time;
        cost += _weights.Movement * Math.Abs(middle - own.Middle) / (1 + time / _weights.MovementTime);
        cost += _weights.Crowding * Math.Max(0, _weights.Reach - (middle - other.Middle) * direction);
        cost += _weights.Register * Math.Max(0, -place * direction);

        own = own.Striking(index, middle, _notes[index].Onset);
        var hands = side == HandSide.Left ? new PerHand<Hand>(own, other) : new PerHand<Hand>(other, own);
        var history = ((partial.History << 1) | (uint)side) & ((1u << MergeDepth) - 1);
        return new(partial, side, hands, partial.Cost + cost, history);
    }

    // What the note does to the hand's own grip.
    private double Shape(Hand own, int index)
    {
        var struck = 0;
        double chord = 0, hold = 0;
        foreach (var active in own.Active)
        {
            var distance = Math.Abs(_places[active] - _places[index]);
            if (_notes[index].Onset - _notes[active].Onset <= _options.ChordWindow)
            {
                struck++;
                chord = Math.Max(chord, distance);
            }
            else
            {
                hold = Math.Max(hold, distance);
            }
        }

        var cost = _weights.WideChord * Math.Max(0, chord - _weights.ComfortableSpan)
            + _weights.WideHold * Math.Max(0, hold - _weights.ComfortableSpan);
        if (chord * OctaveMetres > FingerReach.Widest * _options.HandSize) cost += _weights.Unreachable;
        if (struck >= Fingers.All.Count) cost += _weights.Unreachable;
        return cost + _weights.TooMany * Math.Max(0, own.Active.Length + 1 - Fingers.All.Count);
    }

    // What the note does to the other hand.
    private double Between(Hand other, int index, int direction)
    {
        var deepest = 0.0;
        var stolen = false;
        foreach (var active in other.Active)
        {
            deepest = Math.Max(deepest, (_places[active] - _places[index]) * direction);
            stolen |= _notes[active].Key == _notes[index].Key;
        }

        var cost = stolen ? _weights.Stolen : 0;
        return deepest > 0 ? cost + _weights.Crossing + _weights.CrossingDistance * deepest : cost;
    }

    /// <summary>Where a hand is and what it holds.</summary>
    private sealed record Hand(double Middle, double Time, int[] Active)
    {
        public static Hand Resting(double middle) => new(middle, double.NegativeInfinity, []);

        public Hand At(IReadOnlyList<Note> notes, int index, double window)
        {
            var now = notes[index].Onset;
            return Array.Exists(Active, Gone) ? this with { Active = Array.FindAll(Active, note => !Gone(note)) } : this;

            bool Gone(int note) => notes[note].Offset <= now && now - notes[note].Onset > window;
        }

        public Hand Striking(int index, double middle, double time) => new(middle, time, [.. Active, index]);
    }

    private sealed record Partial(Partial? Before, HandSide Side, PerHand<Hand> Hands, double Cost, uint History);
}
