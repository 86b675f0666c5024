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

    // Lines are played without a gap or an overlap longer than this, seconds.
    private const double Link = 0.05;

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
            + Term(HandTerm.Register, Math.Max(0, -place * direction));
        if (!Links(own, index)) cost += Term(HandTerm.Unlinked, 1);
        if (Links(other, index)) cost += Term(HandTerm.Stray, 1);
        if (other.Time > own.Time && notes[index].Onset - other.Time > options.ChordWindow) cost += Term(HandTerm.Alternation, 1);
        return cost;
    }

    // Notes of one chord end together more exactly the shorter they are.
    private bool EndTogether(int a, int b) =>
        Math.Abs(notes[a].Offset - notes[b].Offset) <= Math.Max(0.03, 0.15 * Math.Min(notes[a].Duration, notes[b].Duration));

    private double Haste(HandGrip hand, int index) => 1 / (1 + (notes[index].Onset - hand.Time) / Hurry);

    // Whether a line of this hand goes on with the note: what it played last before ends where the note begins.
    private bool Links(HandGrip hand, int index)
    {
        var onset = notes[index].Onset;
        foreach (var note in onset - hand.Time <= options.ChordWindow ? hand.Before : hand.Last)
        {
            if (Math.Abs(notes[note].Offset - onset) <= Link) return true;
        }

        return false;
    }

    // What the note does to the hand's own grip.
    private double Grip(HandGrip own, int index)
    {
        var struck = 0;
        double chord = 0, hold = 0;
        var mixed = false;
        foreach (var held in own.Held)
        {
            var distance = Math.Abs(_places[held] - _places[index]);
            if (notes[index].Onset - notes[held].Onset <= options.ChordWindow)
            {
                struck++;
                chord = Math.Max(chord, distance);
                mixed |= !EndTogether(held, index);
            }
            else
            {
                hold = Math.Max(hold, distance);
            }
        }

        var cost = Term(HandTerm.WideChord, Math.Max(0, chord - EasySpan)) + Term(HandTerm.WideHold, Math.Max(0, hold - EasySpan))
            + Term(HandTerm.TooMany, Math.Max(0, own.Held.Length + 1 - Fingers.All.Count));
        cost += Term(HandTerm.HoldingOn, own.Held.Length - struck);
        if (mixed) cost += Term(HandTerm.MixedChord, 1);
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
        bool stolen = false, split = false;
        foreach (var held in other.Held)
        {
            deepest = Math.Max(deepest, (_places[held] - _places[index]) * direction);
            stolen |= notes[held].Key == notes[index].Key;
            split |= notes[index].Onset - notes[held].Onset <= options.ChordWindow && EndTogether(held, index)
                && Math.Abs(_places[held] - _places[index]) <= 1;
        }

        double cost = 0;
        if (split) cost += Term(HandTerm.SplitChord, 1);
        if (stolen) cost += Term(HandTerm.Stolen, 1);
        if (deepest > 0) cost += Term(HandTerm.Crossing, 1) + Term(HandTerm.CrossingDistance, deepest);
        return cost;
    }

    private double Term(HandTerm term, double amount)
    {
        if (Tally is not null) Tally[(int)term] += amount;
        return _weights[(int)term] * amount;
    }
}
