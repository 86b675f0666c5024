using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Pieces of chords: big ones that move over the keyboard, and four voices that move as little as they can.</summary>
internal static class ChordPieces
{
    public static Interpretation Chords(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 110);
        var tonality = Tonality.Draw(random);
        var bars = (int)(how.BeatsIn(random.Uniform(25, 55)) / 4) + 2;
        var roots = Harmony.Progression(random, bars);
        double[][] rhythms = [[2, 2], [1, 1, 2], [1, 1, 1, 1], [1.5, 0.5, 2], [0.5, 0.5, 1, 1, 1], [3, 1]];
        var place = random.Between(0, 5);
        for (var bar = 0; bar < bars; bar++)
        {
            var beat = bar * 4.0;
            if (random.Chance(0.6)) sketch.Pedal(beat, 3.8);
            foreach (var length in random.Choose(rhythms))
            {
                place = Math.Clamp(place + random.Between(-3, 3), -2, 14);
                var right = Harmony.Near(Harmony.Chord(roots[bar], random.Chance(0.25)), place).ToList();
                if (random.Chance(0.35)) right = [right[0], right[1], right[0] + 7];
                sketch.PlayChord(HandSide.Right, beat, length, right.Select(d => tonality.Midi(d, 4)), 0.3);
                var bass = -14 + roots[bar] % 5 + random.Pick(-7, 0, 0);
                int[] left = random.Next(3) switch
                {
                    0 => [bass, bass + 7],
                    1 => [bass, bass + 4, bass + 7],
                    _ => [.. Harmony.Near(Harmony.Chord(roots[bar]), bass + 3)],
                };
                sketch.PlayChord(HandSide.Left, beat, length, left.Select(d => tonality.Midi(d, 4)));
                beat += length;
            }
        }

        return how;
    }

    public static Interpretation Chorale(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 90) with { Hold = new(0.97, 0.97) };
        var tonality = Tonality.Draw(random);
        var chords = (int)how.BeatsIn(random.Uniform(30, 55));
        var roots = new List<int>();
        while (roots.Count < chords) roots.AddRange(Harmony.Progression(random, 8));
        int[] voices = [-10, -3, 2, 7]; // bass, tenor, alto, soprano as degrees from octave 4
        double beat = 0;
        for (var i = 0; i < roots.Count; i++)
        {
            voices = NextVoicing(voices, roots[i], random);
            var cadence = i % 8 == 7;
            for (var voice = 0; voice < 4; voice++)
            {
                var hand = voice < 2 ? HandSide.Left : HandSide.Right;
                // A voice that can pass by step to its neighbour sometimes does.
                if (!cadence && voice is 0 or 3 && random.Chance(0.2))
                {
                    sketch.Play(hand, beat, 0.5, tonality.Midi(voices[voice], 4), voice == 3 ? 0.5 : 0);
                    sketch.Play(hand, beat + 0.5, 0.5, tonality.Midi(voices[voice] + random.Pick(-1, 1), 4));
                }
                else
                {
                    sketch.Play(hand, beat, cadence ? 2 : 1, tonality.Midi(voices[voice], 4), voice == 3 ? 0.5 : 0);
                }
            }

            beat += cadence ? 2 : 1;
        }

        return how;
    }

    // The chord's nearest voicing: complete, in order, no voice too far from its neighbour in the same hand.
    private static int[] NextVoicing(int[] before, int root, SeededRandom random)
    {
        int[]? best = null;
        var least = double.PositiveInfinity;
        for (var bass = -15; bass <= -4; bass++)
        {
            if (((bass - root) % 7 + 7) % 7 != 0) continue;
            for (var tenor = Math.Max(bass, -7); tenor <= Math.Min(bass + 8, 2); tenor++)
            {
                if (!Harmony.InTriad(tenor, root)) continue;
                for (var alto = Math.Max(tenor + 1, -2); alto <= 7; alto++)
                {
                    if (!Harmony.InTriad(alto, root)) continue;
                    for (var soprano = Math.Max(alto + 1, 2); soprano <= Math.Min(alto + 7, 12); soprano++)
                    {
                        if (!Harmony.InTriad(soprano, root)) continue;
                        int[] voicing = [bass, tenor, alto, soprano];
                        var complete = voicing.Select(d => ((d - root) % 7 + 7) % 7).Distinct().Count();
                        var cost = voicing.Zip(before, (a, b) => Math.Abs(a - b)).Sum() + 6 * (3 - complete)
                            + Math.Abs(soprano - 7) * 0.3 + random.Uniform(0, 3);
                        if (cost < least) (least, best) = (cost, voicing);
                    }
                }
            }
        }

        return best ?? before;
    }
}
