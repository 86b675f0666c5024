using Duomano.Core.Files;

namespace Duomano.Formats.MusicXml;

/// <summary>The order in which measures are played: repeats with their endings, da capo, dal segno, coda and fine.</summary>
internal static class PlayOrder
{
    // Nested repeats multiply; what is longer than this is a mistake.
    private const int MostMeasures = 50_000;

    /// <summary>A coda sign without words: the first one sends away, the last one is where to go.</summary>
    public static void MarkCoda(WrittenFrame frame, int measure) => frame[measure].Coda = true;

    /// <summary>Numbers of the written measures as they follow each other in playing.</summary>
    /// <exception cref="UnreadableFileException">The signs never let the piece end.</exception>
    public static List<int> Of(IReadOnlyList<WrittenMeasure> measures, string path)
    {
        var order = new List<int>();
        var (toCoda, coda) = Codas(measures);
        var (at, pass, sectionStart) = (0, 1, 0);
        var jumped = false;
        var cameBack = false;
        while (at < measures.Count)
        {
            var measure = measures[at];
            if (measure.RepeatStarts && !cameBack && at != sectionStart) (sectionStart, pass) = (at, 1);
            if (at > 0 && measure.Endings.Count == 0 && measures[at - 1].Endings.Count > 0 && !cameBack) (pass, sectionStart) = (1, Math.Max(sectionStart, at));
            cameBack = false;
            if (measure.Endings.Count > 0 && !measure.Endings.Contains(jumped ? LastEnding(measures, at) : pass))
            {
                // The ending is for another time.
                at++;
                continue;
            }

            order.Add(at);
            if (order.Count > MostMeasures) throw new UnreadableFileException(path, $"measure {at + 1}", $"more than {MostMeasures} measures with all repeats");
            if (jumped && measure.Fine) break;
            if (jumped && at == toCoda && coda > 0)
            {
                at = coda;
                continue;
            }

            if (measure.RepeatTimes > 0)
            {
                if (!jumped && (measure.Endings.Count > 0 ? HasAnotherEnding(measures, at, pass) : pass < measure.RepeatTimes))
                {
                    pass++;
                    at = sectionStart;
                    cameBack = true;
                    continue;
                }

                (pass, sectionStart) = (1, at + 1);
            }

            if (!jumped && (measure.DaCapo || measure.DalSegno))
            {
                jumped = true;
                at = measure.DaCapo ? 0 : Math.Max(0, Segno(measures, at));
                (pass, sectionStart) = (1, at);
                continue;
            }

            at++;
        }

        return order;
    }

    // After a jump repeats are left out, so the last ending is played.
    private static int LastEnding(IReadOnlyList<WrittenMeasure> measures, int at)
    {
        var (first, last) = (at, at);
        while (first > 0 && measures[first - 1].Endings.Count > 0) first--;
        while (last + 1 < measures.Count && measures[last + 1].Endings.Count > 0) last++;
        var most = 0;
        for (var i = first; i <= last; i++) most = Math.Max(most, measures[i].Endings.Max);
        return most;
    }

    // A first ending stands for a second time even where no second ending is marked.
    private static bool HasAnotherEnding(IReadOnlyList<WrittenMeasure> measures, int at, int pass) =>
        pass < LastEnding(measures, at) || (measures[at].Endings.Min == 1 && pass == measures[at].Endings.Max);

    private static int Segno(IReadOnlyList<WrittenMeasure> measures, int before)
    {
        for (var i = before; i >= 0; i--)
        {
            if (measures[i].Segno) return i;
        }

        return -1;
    }

    private static (int ToCoda, int Coda) Codas(IReadOnlyList<WrittenMeasure> measures)
    {
        var signs = Enumerable.Range(0, measures.Count).Where(i => measures[i].Coda).ToList();
        var leave = Enumerable.Range(0, measures.Count).Where(i => measures[i].ToCoda).Select(i => (int?)i).LastOrDefault();
        if (leave is null && signs.Count > 1) leave = signs[0];
        if (leave is not { } toCoda || signs.Count == 0 || signs[^1] <= toCoda) return (-1, -1);
        return (toCoda, signs[^1]);
    }
}
