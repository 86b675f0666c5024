namespace Duomano.Formats.MusicXml;

/// <summary>How long grace notes and the steps of an arpeggio take, seconds.</summary>
internal static class GraceTimes
{
    /// <summary>Times that are nearer than this are the same.</summary>
    public const double Moment = 1e-4;

    private const double Acciaccatura = 0.065;

    // A fifteenth of a second, and two thirds of it over and over where the chord is too short for all its notes.
    private const double Arpeggio = 1 / 15.0;
    private const double ArpeggioQuarters = 64 / 480.0;

    /// <summary>What grace notes take of the note that follows them.</summary>
    public static double Before(List<WrittenChord> graces, WrittenChord main, double length, double quarter)
    {
        // A trill goes on behind them at its own pace.
        if (main.Ornament == Ornament.Trill) return Math.Min(length / 2, OrnamentPlayer.Each(quarter) * graces.Count);
        if (graces[0].Grace == GraceKind.Acciaccatura) return Math.Min(length / 2, Acciaccatura * graces.Count);
        return length * (main.Dots == 1 ? 2 / 3.0 : main.Dots > 1 ? 4 / 7.0 : 0.5);
    }

    /// <summary>What grace notes take of the end of the note before them.</summary>
    public static double After(double length) => length / 2;

    /// <summary>From one note of an arpeggio to the next.</summary>
    /// <param name="length">Of the chord, seconds.</param>
    /// <param name="quarters">Of the chord, quarter notes.</param>
    /// <param name="count">Notes that it has.</param>
    public static double ArpeggioStep(double length, double quarters, int count)
    {
        var share = 1.0;
        while (share > 0.05 && share * ArpeggioQuarters * count > quarters) share *= 2 / 3.0;
        return Math.Min(Arpeggio * share, length / count);
    }
}
