using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>A tonic and a mode: turns scale degrees into MIDI numbers.</summary>
internal sealed class Tonality
{
    private static readonly int[][] Modes =
    [
        [0, 2, 4, 5, 7, 9, 11],  // major
        [0, 2, 3, 5, 7, 8, 11],  // harmonic minor
        [0, 2, 3, 5, 7, 9, 11],  // melodic minor, upwards
        [0, 2, 3, 5, 7, 8, 10],  // natural minor
        [0, 2, 3, 5, 7, 9, 10],  // Dorian
        [0, 2, 4, 5, 7, 9, 10],  // Mixolydian
    ];

    private readonly int _tonic;
    private readonly int[] _steps;

    private Tonality(int tonic, int[] steps)
    {
        _tonic = tonic;
        _steps = steps;
    }

    /// <summary>Degrees in an octave.</summary>
    public int Size => _steps.Length;

    /// <summary>Any of the twelve tonics and six modes; major and harmonic minor are the likeliest.</summary>
    public static Tonality Draw(SeededRandom random)
    {
        var mode = random.Chance(0.45) ? 0 : random.Chance(0.5) ? 1 : random.Next(Modes.Length);
        return new(random.Next(12), Modes[mode]);
    }

    /// <summary>A major key.</summary>
    public static Tonality Major(int tonic) => new(tonic, Modes[0]);

    /// <summary>Every semitone is a degree.</summary>
    public static Tonality Chromatic { get; } = new(0, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);

    /// <summary>The MIDI number of a degree, counted from the tonic of an octave (octave 4 starts with C4 = 60).</summary>
    /// <param name="degree">0 for the tonic; negative and beyond the octave go on in other octaves.</param>
    /// <param name="octave">Scientific octave of degree 0.</param>
    public int Midi(int degree, int octave)
    {
        var turn = (int)Math.Floor(degree / (double)Size);
        return 12 * (octave + 1 + turn) + _tonic + _steps[degree - turn * Size];
    }

    /// <summary>The degree (counted from octave 4) whose note lies nearest to a MIDI number.</summary>
    public int DegreeNear(int midi)
    {
        var best = 0;
        for (var degree = -5 * Size; degree <= 5 * Size; degree++)
        {
            if (Math.Abs(Midi(degree, 4) - midi) < Math.Abs(Midi(best, 4) - midi)) best = degree;
        }

        return best;
    }
}
