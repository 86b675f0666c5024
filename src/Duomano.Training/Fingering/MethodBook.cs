using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Music;

namespace Duomano.Training.Fingering;

/// <summary>
/// The fingerings that every method book has: major and minor scales, broken chords, trills, repeated notes
/// and triads. Editions print them
/// nowhere, because everybody knows them.
/// </summary>
internal static class MethodBook
{
    private static readonly int[] Major = [0, 2, 4, 5, 7, 9, 11];
    private static readonly int[] Minor = [0, 2, 3, 5, 7, 8, 11];
    private static readonly int[] MajorChord = [0, 4, 7];
    private static readonly int[] MinorChord = [0, 3, 7];

    // An octave's fingers from the tonic up, and the last one; the left hand's from the tonic up as well.
    private static readonly (int[] Tonics, int[] Steps, HandSide Hand, string Octave, char Last)[] Figures =
    [
        ([0, 2, 4, 7, 9, 11], Major, HandSide.Right, "1231234", '5'),
        ([0, 2, 4, 7, 9, 11], Minor, HandSide.Right, "1231234", '5'),
        ([5], Major, HandSide.Right, "1234123", '4'),
        ([5], Minor, HandSide.Right, "1234123", '4'),
        ([0, 2, 4, 5, 7, 9], Major, HandSide.Left, "1432132", '1'),
        ([0, 2, 4, 5, 7, 9], Minor, HandSide.Left, "1432132", '1'),
        ([11], Major, HandSide.Left, "1321432", '1'),
        ([10], Major, HandSide.Right, "4123123", '4'),
        ([3], Major, HandSide.Right, "3123412", '3'),
        ([8], Major, HandSide.Right, "3412312", '3'),
        ([1], Major, HandSide.Right, "2312341", '2'),
        ([6], Major, HandSide.Right, "2341231", '2'),
        ([10, 3, 8, 1], Major, HandSide.Left, "3214321", '3'),
        ([6], Major, HandSide.Left, "4321321", '4'),
        ([0, 2, 4, 5, 7, 9, 11], MajorChord, HandSide.Right, "123", '5'),
        ([0, 2, 4, 5, 7, 9], MinorChord, HandSide.Right, "123", '5'),
        ([0, 5, 7], MajorChord, HandSide.Left, "142", '1'),
        ([2, 4, 9], MajorChord, HandSide.Left, "132", '1'),
        ([0, 2, 4, 5, 7, 9], MinorChord, HandSide.Left, "142", '1'),
        ([3, 8, 1, 10], MajorChord, HandSide.Right, "412", '4'),
        ([3, 8, 1], MajorChord, HandSide.Left, "214", '2'),
        ([10], MajorChord, HandSide.Left, "321", '3'),
    ];

    /// <summary>All of it, slow and fast, one and two octaves.</summary>
    public static IEnumerable<IReadOnlyList<Note>> Pieces()
    {
        foreach (var (tonics, steps, hand, octave, last) in Figures)
        {
            foreach (var tonic in tonics)
            {
                foreach (var octaves in (int[])[1, 2])
                {
                    var first = hand == HandSide.Right ? 55 + (tonic + 5) % 12 : 36 + tonic;
                    var up = Enumerable.Range(0, octaves).SelectMany(i => steps.Select(step => first + 12 * i + step)).Append(first + 12 * octaves).ToArray();
                    var fingers = string.Concat(Enumerable.Repeat(octave, octaves)) + last;
                    // The left hand begins with its little finger where the figure's thumb would have no one to follow.
                    var outermost = steps.Length > 3 ? (char)(fingers[1] + 1) : '5';
                    if (hand == HandSide.Left && fingers[0] == '1') fingers = outermost + fingers[1..];
                    yield return Line(hand, octaves == 1 ? 0.25 : 0.13, [.. up, .. up.Reverse().Skip(1)], fingers + new string([.. fingers.Reverse().Skip(1)]));
                }
            }
        }

        foreach (var key in (int[])[60, 64, 67, 69, 71])
        {
            yield return Line(HandSide.Right, 0.08, [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? key : key + (key is 64 or 71 ? 1 : 2))], string.Concat(Enumerable.Repeat("23", 8)));
            yield return Line(HandSide.Left, 0.08, [.. Enumerable.Range(0, 16).Select(i => i % 2 == 0 ? key - 12 : key - (key is 64 or 71 ? 11 : 10))], string.Concat(Enumerable.Repeat("32", 8)));
        }

        foreach (var key in (int[])[60, 62, 65, 67, 69, 72])
        {
            foreach (var step in (double[])[0.08, 0.1, 0.12])
            {
                foreach (var group in (string[])["321", "4321"])
                {
                    var fingers = string.Concat(Enumerable.Repeat(group, 12 / group.Length));
                    yield return Line(HandSide.Right, step, [.. Enumerable.Repeat(key, 12)], fingers);
                    yield return Line(HandSide.Left, step, [.. Enumerable.Repeat(key - 12, 12)], fingers);
                }
            }

            foreach (var third in (int[])[3, 4])
            {
                yield return Chords(HandSide.Right, [key, key + third, key + 7], "135");
                yield return Chords(HandSide.Left, [key - 12, key - 12 + third, key - 5], "531");
            }
        }
    }

    // A chord three times.
    private static Note[] Chords(HandSide hand, int[] keys, string fingers) =>
        [.. Enumerable.Range(0, 3).SelectMany(time => keys.Select((key, i) => new Note(time * 0.6, time * 0.6 + 0.5, new PianoKey(key), 64) { Hand = hand, Finger = (Finger)(fingers[i] - '0') }))];

    private static Note[] Line(HandSide hand, double step, int[] keys, string fingers) =>
        [.. keys.Select((key, i) => new Note(i * step, (i + 1) * step, new PianoKey(key), 64) { Hand = hand, Finger = (Finger)(fingers[i] - '0') })];
}
