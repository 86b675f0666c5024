using Duomano.Core.Keyboard;

namespace Duomano.Core.Fingering;

/// <summary>Adds up what a fingering costs, in the frame in which places grow from the thumb to the little finger.</summary>
internal sealed class FingeringCosts(CostWeights<FingerTerm> weights, double handSize, double[]? patterns = null)
{
    private const double Unit = PianoKey.WhiteSpacing;

    // Hurried costs halve at this time between two notes, seconds.
    private const double Hurry = 0.2;

    // After a rest of this length what came before matters half as much, seconds.
    private const double Breath = 0.15;

    // Where fingertips rest relative to the thumb's, white keys.
    private static readonly double[] Rest = [0, 0, 1.2, 2.1, 3, 4];

    private readonly double[] _weights = [.. weights.Values];

    /// <summary>How often (or by how much) each term was counted, where somebody wants to know.</summary>
    public double[]? Tally { get; set; }

    /// <summary>The same of each pattern.</summary>
    public double[]? PatternTally { get; set; }

    /// <summary>What one count adds to a tally.</summary>
    public double TallyScale { get; set; } = 1;

    /// <summary>What a shape costs by itself.</summary>
    public double Shape(HandNote[] notes, byte[] shape)
    {
        double cost = 0;
        var played = 0;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 0) continue;
            played++;
            for (var j = 0; j < i; j++)
            {
                if (shape[j] != 0) cost += Together(notes[j], shape[j], notes[i], shape[i]);
            }
        }

        var (plain, onBlack) = played == 1
            ? (FingerTerm.Thumb, FingerTerm.ThumbOnBlack)
            : (FingerTerm.ThumbInChord, FingerTerm.ThumbOnBlackInChord);
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] != 0) cost += Term((notes[i].Black ? onBlack : plain) + (shape[i] - 1), 1);
        }

        return cost;
    }

    /// <summary>What it costs to have two keys down at once.</summary>
    public double Together(in HandNote a, byte fingerA, in HandNote b, byte fingerB)
    {
        if (fingerA > fingerB) return Together(b, fingerB, a, fingerA);
        if (fingerA == fingerB) return 0;
        ref readonly var limits = ref FingerReach.Between(fingerA, fingerB);
        var distance = (b.Place - a.Place) / handSize;
        var wide = fingerA == 1 && fingerB < 5 && !b.Black && distance > 6.5 * Unit;
        return (wide ? Term(FingerTerm.OctaveWithoutLittle, 1) : 0)
            + Term(FingerTerm.ChordStretch, Outside(distance, limits.Near, limits.Far))
            + Term(FingerTerm.ChordStrain, Outside(distance, limits.Close, limits.Wide));
    }

    /// <summary>What a shape costs at its place in the piece.</summary>
    public double Alone(NoteContexts contexts, int index, HandNote[] notes, byte[] shape)
    {
        if (patterns is null) return 0;
        double cost = 0;
        for (var i = 0; i < shape.Length; i++)
        {
            var finger = shape[i];
            if (finger == 0) continue;
            foreach (var (context, amount) in contexts.Of(index, i)) cost += Pattern(FingerPatterns.Note(context, finger), amount);
            if (i > 0 && shape[i - 1] != 0) cost += Pattern(FingerPatterns.Chord(notes[i - 1], shape[i - 1], notes[i], finger), 1);
        }

        return cost;
    }

    /// <summary>What the lines through two slices and the beginning of the next one cost.</summary>
    public double Line(HandNote[] from, byte[] fromShape, HandNote[] to, byte[] toShape, HandNote[]? next)
    {
        if (patterns is null) return 0;
        double cost = 0;
        if (fromShape.Length == 1 && toShape.Length == 1)
        {
            if (next is null || fromShape[0] == 0 || toShape[0] == 0) return 0;
            return Pattern(FingerPatterns.Going(from[0], fromShape[0], to[0], toShape[0], next[^1]), 1);
        }

        if (fromShape[^1] != 0 && toShape[^1] != 0) cost += Pattern(FingerPatterns.Edge(from[^1], fromShape[^1], to[^1], toShape[^1], outer: true), 1);
        if (fromShape[0] != 0 && toShape[0] != 0) cost += Pattern(FingerPatterns.Edge(from[0], fromShape[0], to[0], toShape[0], outer: false), 1);
        return cost;
    }

    /// <summary>What three slices in a row cost.</summary>
    public double Turn(HandNote[] a, byte[] first, HandNote[] b, byte[] second, HandNote[] c, byte[] third)
    {
        if (patterns is null || first[^1] == 0 || second[^1] == 0 || third[^1] == 0) return 0;
        if (a.Length > 1 || b.Length > 1 || c.Length > 1)
        {
            return Pattern(FingerPatterns.EdgeTurn(a[^1], first[^1], b[^1], second[^1], c[^1], third[^1]), 1);
        }

        return Pattern(FingerPatterns.Turn(a[0], first[0], b[0], second[0], c[0], third[0]), 1)
            + Pattern(FingerPatterns.ShadedTurn(a[0], first[0], b[0], second[0], c[0], third[0]), 1);
    }

    /// <summary>What it costs to go from one slice to the next.</summary>
    public double Step(HandNote[] from, byte[] fromShape, HandNote[] to, byte[] toShape, double time, double rest)
    {
        var hurry = 1 / (1 + Math.Max(0, time) / Hurry);
        var bond = Bond(rest);
        double cost = 0;
        var pairs = 0;
        var scale = bond / Math.Max(1, Math.Max(Played(fromShape), Played(toShape)));
        for (var i = 0; i < fromShape.Length; i++)
        {
            if (fromShape[i] == 0) continue;
            for (var j = 0; j < toShape.Length; j++)
            {
                if (toShape[j] == 0) continue;
                cost += Follow(from[i], fromShape[i], to[j], toShape[j], hurry, scale);
                if (patterns is not null) cost += Learned(from[i], fromShape[i], to[j], toShape[j], time, scale);
                pairs++;
            }
        }

        if (pairs == 0) return 0;
        var shift = bond * Math.Abs(Position(to, toShape) - Position(from, fromShape));
        return cost + Term(FingerTerm.Shift, shift) + Term(FingerTerm.HurriedShift, shift * hurry);
    }

    /// <summary>What two slices with one between them cost.</summary>
    public double Skip(HandNote[] from, byte[] fromShape, HandNote[] to, byte[] toShape, double rest)
    {
        var scale = Bond(rest) / Math.Max(1, Math.Max(Played(fromShape), Played(toShape)));
        double cost = 0;
        for (var i = 0; i < fromShape.Length; i++)
        {
            if (fromShape[i] == 0) continue;
            for (var j = 0; j < toShape.Length; j++)
            {
                if (toShape[j] == 0) continue;
                var (a, b) = (fromShape[i], toShape[j]);
                if (patterns is not null) cost += Pattern(FingerPatterns.Skip(from[i], a, to[j], b), scale);
                var distance = to[j].Place - from[i].Place;
                if (a == b)
                {
                    if (distance != 0) cost += Term(FingerTerm.Wander, scale);
                    continue;
                }

                if (distance == 0) cost += Term(FingerTerm.Return, scale);
                if (a > b) (a, b, distance) = (b, a, -distance);
                ref readonly var limits = ref FingerReach.Between(a, b);
                cost += Term(FingerTerm.PhraseStretch, scale * Outside(distance / handSize, limits.Near, limits.Far));
                cost += Term(FingerTerm.PhraseStrain, scale * Outside(distance / handSize, limits.Close, limits.Wide));
            }
        }

        return cost;
    }

    /// <summary>What it costs to strike a key while another one is held.</summary>
    public double Hold(in HandNote held, byte heldFinger, in HandNote struck, byte finger)
    {
        var cost = Together(held, heldFinger, struck, finger);
        return patterns is null ? cost : cost + Pattern(FingerPatterns.Held(held, heldFinger, struck, finger), 1);
    }

    /// <summary>What it costs to let a note go early.</summary>
    public double LetGo() => Term(FingerTerm.LetGo, 1);

    /// <summary>Whether one finger can stay on its key while another one strikes.</summary>
    public bool CanHold(in HandNote held, byte heldFinger, in HandNote struck, byte finger)
    {
        if (heldFinger == finger) return false;
        var distance = (struck.Place - held.Place) / handSize;
        if (distance == 0) return false;
        if (heldFinger > finger) (heldFinger, finger, distance) = (finger, heldFinger, -distance);
        ref readonly var limits = ref FingerReach.Between(heldFinger, finger);
        return distance >= limits.Least && distance <= limits.Most;
    }

    private double Follow(in HandNote from, byte fromFinger, in HandNote to, byte toFinger, double hurry, double scale)
    {
        var distance = to.Place - from.Place;
        if (fromFinger == toFinger)
        {
            return distance == 0
                ? Term(FingerTerm.HurriedRepetition, scale * hurry)
                : Slide(from, to, hurry, scale);
        }

        if (distance == 0) return Term(FingerTerm.Substitution, scale) + Term(FingerTerm.HurriedSubstitution, scale * hurry);
        var (inner, outer, innerBlack, outerBlack) = (fromFinger, toFinger, from.Black, to.Black);
        if (inner > outer) (inner, outer, innerBlack, outerBlack, distance) = (outer, inner, outerBlack, innerBlack, -distance);
        ref readonly var limits = ref FingerReach.Between(inner, outer);
        var reach = distance / handSize;
        var cost = Term(FingerTerm.LineCramp, scale * Math.Max(0, limits.Near - reach) / Unit)
            + Term(FingerTerm.LineStretch, scale * Math.Max(0, reach - limits.Far) / Unit)
            + Term(FingerTerm.LineStrain, scale * Outside(reach, limits.Close, limits.Wide))
            + Term(FingerTerm.LineBreak, scale * Outside(reach, limits.Least, limits.Most));
        if (distance < 0)
        {
            cost += inner == 1 ? Term(FingerTerm.PassIndex + (outer - 2), scale) : Term(FingerTerm.Tangle, scale);
            if (inner == 1) cost += Term(FingerTerm.HurriedPass, scale * hurry);
            if (fromFinger == 1) cost += Term(FingerTerm.PassOver, scale);
            if (inner == 1 && innerBlack && !outerBlack) cost += Term(FingerTerm.PassUphill, scale);
            if (inner == 1 && outerBlack && !innerBlack) cost += Term(FingerTerm.PassDownhill, scale);
        }
        else
        {
            if (inner == 1 && innerBlack && !outerBlack) cost += Term(FingerTerm.ThumbUpToBlack, scale);
            if (outer == 5 && outerBlack && !innerBlack) cost += Term(FingerTerm.LittleUpToBlack, scale);
            if (outer == 4 && inner == 3 && outerBlack && !innerBlack) cost += Term(FingerTerm.RingUpToBlack, scale);
        }

        if (inner == 3 && outer == 4) cost += Term(FingerTerm.MiddleRing, scale * hurry);
        if (inner == 4 && outer == 5) cost += Term(FingerTerm.RingLittle, scale * hurry);
        return cost;
    }

    private double Learned(in HandNote from, byte fromFinger, in HandNote to, byte toFinger, double time, double scale) =>
        Pattern(FingerPatterns.Pair(from, fromFinger, to, toFinger), scale)
        + Pattern(FingerPatterns.Shadeless(from, fromFinger, to, toFinger), scale)
        + Pattern(FingerPatterns.Hurry(from, fromFinger, to, toFinger, time), scale);

    private double Slide(in HandNote from, in HandNote to, double hurry, double scale)
    {
        var cost = Term(FingerTerm.Slide, scale) + Term(FingerTerm.HurriedSlide, scale * hurry);
        var off = from.Black && !to.Black && Math.Abs(to.Place - from.Place) < Unit;
        return off ? cost + Term(FingerTerm.SlideOff, scale) : cost;
    }

    // How much two slices have to do with each other.
    private static double Bond(double rest) => 1 / (1 + Math.Max(0, rest) / Breath);

    private static double Outside(double distance, double low, double high) =>
        (Math.Max(0, low - distance) + Math.Max(0, distance - high)) / Unit;

    private static int Played(byte[] shape)
    {
        var played = 0;
        foreach (var finger in shape) played += finger == 0 ? 0 : 1;
        return played;
    }

    // Where the thumb would rest if the fingers playing did, white keys.
    private static double Position(HandNote[] notes, byte[] shape)
    {
        double sum = 0;
        var played = 0;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] == 0) continue;
            sum += notes[i].Place / Unit - Rest[shape[i]];
            played++;
        }

        return sum / Math.Max(1, played);
    }

    private double Pattern(int pattern, double amount)
    {
        if (PatternTally is not null) PatternTally[pattern] += amount * TallyScale;
        return patterns![pattern] * amount;
    }

    private double Term(FingerTerm term, double amount)
    {
        if (Tally is not null) Tally[(int)term] += amount * TallyScale;
        return _weights[(int)term] * amount;
    }
}
