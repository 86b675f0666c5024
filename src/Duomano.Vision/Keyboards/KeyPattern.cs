using Duomano.Core.Keyboard;

namespace Duomano.Vision.Keyboards;

/// <summary>
/// The keys' places on a keyboard without ends: what a part of a keyboard shows before its octave is known. Black keys are numbered from C#4 = 0,
/// white keys from C4 = 0, both also below 0.
/// </summary>
internal static class KeyPattern
{
    public const int BlackKeysPerOctave = 5, WhiteKeysPerOctave = 7;

    /// <summary>Metres from a key to the same key an octave higher.</summary>
    public const double Octave = WhiteKeysPerOctave * (double)PianoKey.WhiteSpacing;

    private const int MiddleC = 60;

    private static readonly int[] BlackPitchClasses = [1, 3, 6, 8, 10], WhitePitchClasses = [0, 2, 4, 5, 7, 9, 11];

    private static readonly double[] X = [.. Enumerable.Range(MiddleC, 12).Select(midi => (double)new PianoKey(midi).CenterX)];

    // A mirror in the middle of D maps black keys onto black keys: read backwards, the pattern is the same.
    private static readonly double Mirror = X[2];

    /// <summary>Semitones above C, 0 to 11, of a black key; its octave is counted from C4.</summary>
    public static (int Octave, int PitchClass) Black(int number) => Split(number, BlackPitchClasses);

    /// <summary>The same of a white key.</summary>
    public static (int Octave, int PitchClass) White(int number) => Split(number, WhitePitchClasses);

    /// <summary>The middle of a black key, metres.</summary>
    public static double BlackX(int number)
    {
        var (octave, pitchClass) = Black(number);
        return X[pitchClass] + octave * Octave;
    }

    /// <summary>The middle of a white key, metres.</summary>
    public static double WhiteX(int number)
    {
        var (octave, pitchClass) = White(number);
        return X[pitchClass] + octave * Octave;
    }

    /// <summary>The MIDI number of a white key; it need not be on the piano.</summary>
    public static int WhiteMidi(int number)
    {
        var (octave, pitchClass) = White(number);
        return MiddleC + 12 * octave + pitchClass;
    }

    /// <summary>The lowest black key that is not below a MIDI number.</summary>
    public static int BlackFrom(int midi)
    {
        var octave = (int)Math.Floor((midi - MiddleC) / 12.0);
        return octave * BlackKeysPerOctave + BlackPitchClasses.Count(pitchClass => pitchClass < midi - MiddleC - 12 * octave);
    }

    /// <summary>Whether a MIDI number, which need not be on the piano, is that of a black key.</summary>
    public static bool IsBlack(int midi) => BlackPitchClasses.Contains(midi - (int)Math.Floor(midi / 12.0) * 12);

    /// <summary>The white key over a place, metres.</summary>
    public static int WhiteAt(double x) => (int)Math.Floor((x - X[0]) / PianoKey.WhiteSpacing + 0.5);

    /// <summary>The place that has this one's role when the keyboard is read backwards.</summary>
    public static double Mirrored(double x) => 2 * Mirror - x;

    /// <summary>The black key that has this one's role when the keyboard is read backwards.</summary>
    public static int MirroredBlack(int number) => 1 - number;

    /// <summary>Metres from a black key to the next.</summary>
    public static double Gap(int number) => BlackX(number + 1) - BlackX(number);

    private static (int Octave, int PitchClass) Split(int number, int[] classes)
    {
        var octave = (int)Math.Floor(number / (double)classes.Length);
        return (octave, classes[number - octave * classes.Length]);
    }
}
