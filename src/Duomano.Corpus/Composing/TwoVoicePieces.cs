using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Two voices of equal rights.</summary>
internal static class TwoVoicePieces
{
    private static readonly double[][] SubjectRhythms =
    [
        [0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5],
        [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5],
        [0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 0.25, 0.25, 1],
        [0.25, 0.25, 0.5, 0.25, 0.25, 0.5, 0.5, 0.5, 0.5, 0.5],
        [0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25, 0.25],
    ];

    private static readonly double[][] CounterRhythms = [[1, 1, 1, 1], [0.5, 0.5, 1, 0.5, 0.5, 1], [2, 1, 1], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5]];

    /// <summary>A bar-long subject, carried by turns by each hand through the progression, against a freer voice in the other.</summary>
    public static Interpretation Invention(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 55, 105);
        var tonality = Tonality.Draw(random);
        var rhythm = random.Choose(SubjectRhythms);
        var counter = random.Choose(CounterRhythms);
        var subject = Contour(random, rhythm.Length);
        var bars = Math.Max(8, (int)(how.BeatsIn(random.Uniform(30, 60)) / 4));
        var roots = Harmony.Progression(random, bars);
        var free = new PerHand<int>(-10, 6);
        for (var bar = 0; bar < bars; bar++)
        {
            var leader = bar % 2 == 0 ? HandSide.Right : HandSide.Left;
            var inverted = bar >= bars / 2 && random.Chance(0.4);
            var home = (leader == HandSide.Right ? 4 : -10) + roots[bar] % 4;
            var beat = bar * 4.0;
            if (bar == bars - 1)
            {
                foreach (var hand in HandSides.Both) sketch.Play(hand, beat, 4, tonality.Midi(hand == HandSide.Right ? 7 : -7, 4), 0.3);
                break;
            }

            for (var i = 0; i < rhythm.Length; beat += rhythm[i], i++)
            {
                sketch.Play(leader, beat, rhythm[i], tonality.Midi(home + (inverted ? -subject[i] : subject[i]), 4), i == 0 ? 0.8 : 0.2);
            }

            if (bar == 0) continue; // the first entry is alone
            free = WriteFreeVoice(sketch, random, tonality, leader.Other(), counter, bar * 4.0, roots[bar], free);
        }

        return how;
    }

    private static PerHand<int> WriteFreeVoice(Sketch sketch, SeededRandom random, Tonality tonality, HandSide hand, double[] rhythm, double beat, int root, PerHand<int> places)
    {
        var (lowest, highest) = hand == HandSide.Right ? (2, 13) : (-16, -4);
        var place = places[hand];
        foreach (var length in rhythm)
        {
            place = Math.Clamp(place + random.Pick(-2, -1, 1, 2), lowest, highest);
            if (beat == Math.Floor(beat) && !Harmony.InTriad(place, root)) place += place < highest ? 1 : -1;
            sketch.Play(hand, beat, length, tonality.Midi(place, 4));
            beat += length;
        }

        return hand == HandSide.Left ? places with { Left = place } : places with { Right = place };
    }

    private static int[] Contour(SeededRandom random, int length)
    {
        var contour = new int[length];
        for (var i = 1; i < length; i++)
        {
            var step = random.Pick(1, 1, 1, -1, -1, 2, -2, 3);
            if (Math.Abs(contour[i - 1] + step) > 6) step = -step;
            contour[i] = contour[i - 1] + step;
        }

        return contour;
    }
}
