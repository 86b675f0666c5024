namespace Duomano.Core.Fingering;

/// <summary>
/// How far apart two fingertips of an average adult's hand come to lie, metres from the finger nearer the thumb to the
/// other one, negative where they cross. The limits follow the table of Parncutt, Sloboda, Clarke, Raekallio and Desain,
/// "An Ergonomic Model of Keyboard Fingering for Melodic Fragments" (1997), turned from semitones into metres.
/// </summary>
internal static class FingerReach
{
    /// <summary>The widest grip of a hand, thumb to little finger, metres.</summary>
    public const double Widest = 0.240;

    private const double Semitone = 0.1645 / 12;

    // Of each pair: least and greatest possible, comfortable and relaxed distance, semitones.
    private static readonly Limits[,] Pairs = Table();

    /// <summary>The limits of a pair of fingers.</summary>
    /// <param name="inner">The finger nearer the thumb, 1 to 4.</param>
    /// <param name="outer">The other one, up to 5.</param>
    public static ref readonly Limits Between(int inner, int outer) => ref Pairs[inner, outer];

    private static Limits[,] Table()
    {
        var table = new Limits[6, 6];
        Set(1, 2, -5, -3, 1, 5, 8, 10);
        Set(1, 3, -4, -2, 3, 7, 10, 12);
        Set(1, 4, -3, -1, 5, 9, 12, 14);
        Set(1, 5, -1, 1, 7, 10, 13, Widest / Semitone);
        Set(2, 3, 0.8, 1, 1, 2, 3, 5);
        Set(2, 4, 0.8, 1, 3, 4, 5, 7);
        Set(2, 5, 1.6, 2, 5, 6, 8, 10);
        Set(3, 4, 0.8, 1, 1, 2, 2.2, 4);
        Set(3, 5, 0.8, 1, 3, 4, 5, 7);
        Set(4, 5, 0.8, 1, 1, 2, 3, 5);
        return table;

        void Set(int inner, int outer, double least, double close, double near, double far, double wide, double most) =>
            table[inner, outer] = new(least * Semitone, close * Semitone, near * Semitone, far * Semitone, wide * Semitone, most * Semitone);
    }

    /// <summary>Distances of a pair, metres.</summary>
    /// <param name="Least">Closest possible.</param>
    /// <param name="Close">Closest comfortable.</param>
    /// <param name="Near">Closest relaxed.</param>
    /// <param name="Far">Widest relaxed.</param>
    /// <param name="Wide">Widest comfortable.</param>
    /// <param name="Most">Widest possible.</param>
    public readonly record struct Limits(double Least, double Close, double Near, double Far, double Wide, double Most);
}
