namespace Duomano.Formats.MusicXml;

/// <summary>How long grace notes and the steps of an arpeggio take, seconds.</summary>
internal static class GraceTimes
{
    /// <summary>Times that are nearer than this are the same.</summary>
    public const double Moment = 1e-4;

    private const double Acciaccatura = 0.065;
    private const double Arpeggio = 0.065;

    /// <summary>What grace notes take of the note that follows them.</summary>
    public static double Before(List<WrittenChord> graces, WrittenChord main, double length)
    {
        if (graces[0].Grace == GraceKind.Acciaccatura) return Math.Min(length / 2, Acciaccatura * graces.Count);
        return length * (main.Dots == 1 ? 2 / 3.0 : main.Dots > 1 ? 4 / 7.0 : 0.5);
    }

    /// <summary>What grace notes take of the end of the note before them.</summary>
    public static double After(int count, double length) => Math.Min(length / 2, Acciaccatura * count);

    /// <summary>From one note of an arpeggio to the next; all of it is over before half of the chord is.</summary>
    public static double ArpeggioStep(double length, int count) => Math.Min(Arpeggio, length / 2 / count);
}
