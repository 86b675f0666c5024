using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>Adds up what it costs to give a note to a hand.</summary>
internal sealed class HandCosts(IReadOnlyList<Note> notes, FingeringOptions options)
{
    /// <summary>An octave along the keyboard, metres: the unit of all distances here.</summary>
    public const double Octave = 7 * PianoKey.WhiteSpacing;

    // How far to each side of its middle a hand plays without moving, and the widest it takes easily, octaves.
    private const double Reach = 0.4;
    private const double EasySpan = 0.9;

    // Hurried costs halve at this time, seconds.
    private const double Hurry = 0.4;

    // Only what was played within this time echoes, seconds.
    private const double EchoTime = 0.6;

    private readonly double[] _places = [.. notes.Select(note => note.Key.CenterX / Octave)];
    private readonly double[] _weights = [.. options.Hands.Values];

    /// <summary>How much of each term was counted, where somebody wants to know.</summary>
    public double[]? Tally { get; set; }

    /// <summary>Where the hand's middle has to go for a note, octaves.</summary>
    public double MiddleFor(in HandGrip own, int index) => Math.Clamp(own.Middle, _places[index] - Reach, _places[index] + Reach);

    /// <summary>What the note costs.</summary>
    /// <param name="own">The hand that is to strike it.</param>
    /// <param name="other">The other one.</param>
    /// <param name="index">Which note.</param>
    /// <param name="direction">1 for the right hand, −1 for the left one.</param>
    public double Of(HandGrip own, HandGrip other, int index, int direction)
    {
        var place = _places[index];
        var middle = MiddleFor(own, index);
        var hurry = Haste(own, index);
        var cost = Grip(own, index) + Meeting(other, index, direction)
            + Term(HandTerm.Movement, Math.Abs(middle - own.Middle) * hurry)
            + Term(HandTerm.Crowding, Math.Max(0, Reach - (middle - other.Middle) * direction))
            + Term(HandTerm.Wandering, Math.Abs(middle - own.Middle))
            + Term(HandTerm.Register, Math.Max(0, -place * direction))
            + Term(HandTerm.FarRegister, Math.Max(0, -place * direction - 1));
        if (own.Last.Length > 0) cost += Term(HandTerm.Leap, Math.Min(2, Nearest(own, index)) * hurry);
        if (other.Last.Length > 0)
        {
            cost += Term(HandTerm.Intrusion, Math.Max(0, 1 - Nearest(other, index)) * Haste(other, index));
            cost += Term(HandTerm.Overtaking, Math.Max(0, Beyond(other, index, direction)) * Haste(other, index));
            if (other.Time > own.Time && notes[index].Onset - other.Time > options.ChordWindow) cost += Term(HandTerm.Alternation, 1);
        }

        return cost;
    }

    private double Haste(HandGrip hand, int index) => 1 / (1 + (notes[index].Onset - hand.Time) / Hurry);

    private double Nearest(HandGrip hand, int index)
    {
        var nearest = double.PositiveInfinity;
        foreach (var last in hand.Last) nearest = Math.Min(nearest, Math.Abs(_places[last] - _places[index]));
        return nearest;
    }

    // How far the note lies beyond the outermost one the other hand played last; negative on this hand's side.
    private double Beyond(HandGrip other, int index, int direction)
    {
        var beyond = double.PositiveInfinity;
        foreach (var last in other.Last) beyond = Math.Min(beyond, (_places[last] - _places[index]) * direction);
        return beyond;
    }

    // What the note does to the hand's own grip.
    private double Grip(HandGrip own, int index)
    {
        var struck = 0;
        double chord = 0, hold = 0;
        foreach (var held in own.Held)
        {
            var distance = Math.Abs(_places[held] - _places[index]);
            if (notes[index].Onset - notes[held].Onset <= options.ChordWindow)
            {
                struck++;
                chord = Math.Max(chord, distance);
            }
            else
            {
                hold = Math.Max(hold, distance);
            }
        }

        var cost = Term(HandTerm.WideChord, Math.Max(0, chord - EasySpan)) + Term(HandTerm.WideHold, Math.Max(0, hold - EasySpan))
            + Term(HandTerm.TooMany, Math.Max(0, own.Held.Length + 1 - Fingers.All.Count));
        cost += Term(HandTerm.HoldingOn, own.Held.Length - struck);
        if (struck > 0) cost += Term(HandTerm.ThickChord, 1);
        var impossible = chord * Octave > FingerReach.Widest * options.HandSize || struck >= Fingers.All.Count;
        return impossible ? cost + Impossible : cost;
    }

    // More than anything else a hand could be spared.
    private const double Impossible = 100;

    // What the note does to the other hand.
    private double Meeting(HandGrip other, int index, int direction)
    {
        var deepest = 0.0;
        var stolen = false;
        foreach (var held in other.Held)
        {
            deepest = Math.Max(deepest, (_places[held] - _places[index]) * direction);
            stolen |= notes[held].Key == notes[index].Key;
        }

        double cost = 0;
        if (stolen) cost += Term(HandTerm.Stolen, 1);
        if (deepest > 0) cost += Term(HandTerm.Crossing, 1) + Term(HandTerm.CrossingDistance, deepest);
        foreach (var last in other.Last)
        {
            if (notes[last].Key == notes[index].Key && notes[index].Onset - notes[last].Onset < EchoTime) cost += Term(HandTerm.Echo, 1);
        }

        return cost;
    }

    private double Term(HandTerm term, double amount)
    {
        if (Tally is not null) Tally[(int)term] += amount;
        return _weights[(int)term] * amount;
    }
}
