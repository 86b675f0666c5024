using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Chord progressions as scale degrees, and the chords they mean.</summary>
internal static class Harmony
{
    // Where each degree's chord usually goes (functional harmony: predominant → dominant → tonic).
    private static readonly int[][] Successors =
    [
        [1, 3, 3, 4, 4, 5, 2],
        [4, 4, 6],
        [5, 3],
        [4, 4, 1, 0],
        [0, 0, 0, 5],
        [1, 3, 4],
        [0],
    ];

    /// <summary>Chord roots, one a bar: starts on the tonic and closes with a cadence.</summary>
    public static int[] Progression(SeededRandom random, int bars)
    {
        var roots = new int[bars];
        for (var i = 1; i < bars; i++) roots[i] = random.Choose(Successors[roots[i - 1]]);
        if (bars >= 4)
        {
            roots[^3] = random.Pick(1, 3);
            roots[^2] = 4;
        }

        roots[^1] = 0;
        return roots;
    }

    /// <summary>Whether a degree (in any octave) belongs to the triad on a root.</summary>
    public static bool InTriad(int degree, int root, int size = 7)
    {
        var above = ((degree - root) % size + size) % size;
        return above is 0 or 2 or 4;
    }

    /// <summary>Degrees of a triad or seventh chord above a root.</summary>
    public static int[] Chord(int root, bool seventh = false) => seventh ? [root, root + 2, root + 4, root + 6] : [root, root + 2, root + 4];

    /// <summary>Moves a chord's degrees by octaves until each lies in [lowest, lowest + 7).</summary>
    public static int[] Near(IEnumerable<int> degrees, int lowest, int size = 7) =>
        [.. degrees.Select(degree => lowest + ((degree - lowest) % size + size) % size).Order()];
}
