using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Figures that repeat: arpeggios, broken chords and five-finger patterns.</summary>
internal static class FigureExercises
{
    // Scale steps within one hand position, in the manner of the old daily exercises.
    private static readonly int[][] FivePatterns =
    [
        [0, 1, 2, 3, 4, 3, 2, 1],
        [0, 2, 1, 3, 2, 4, 3, 1],
        [0, 2, 3, 2, 4, 3, 2, 1],
        [0, 4, 3, 4, 2, 3, 1, 2],
        [0, 2, 4, 2, 3, 1, 2, 1],
        [0, 3, 1, 4, 2, 4, 1, 3],
        [0, 1, 0, 2, 0, 3, 0, 4],
        [4, 0, 3, 0, 2, 0, 1, 0],
        [0, 2, 3, 4, 5, 4, 3, 2],
        [0, 5, 4, 5, 3, 4, 2, 3],
    ];

    public static Interpretation FiveFingers(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 50, 125);
        var enough = how.BeatsIn(random.Uniform(25, 55));
        double beat = 0;
        while (beat < enough)
        {
            var tonality = random.Chance(0.5) ? Tonality.Major(random.Next(12)) : Tonality.Draw(random);
            var pattern = random.Choose(FivePatterns);
            var hands = DrawHands(random);
            var octave = random.Between(3, 5);
            var apart = random.Pick(1, 1, 2);
            var contrary = random.Chance(0.15);
            var steps = random.Between(5, 14);
            var returning = random.Chance(0.6);
            for (var position = 0; position < (returning ? 2 * steps - 1 : steps); position++)
            {
                var start = position < steps ? position : 2 * steps - 2 - position;
                for (var i = 0; i < pattern.Length; i++, beat += 0.25)
                {
                    foreach (var hand in hands)
                    {
                        // Contrary motion is the mirror image of the right hand's figure.
                        var degree = hand == HandSide.Left && contrary ? 4 - pattern[i] - start : start + pattern[i];
                        sketch.Play(hand, beat, 0.25, tonality.Midi(degree, hand == HandSide.Right ? octave : octave - apart), i % 4 == 0 ? 0.7 : 0);
                    }
                }
            }

            foreach (var hand in hands) sketch.Play(hand, beat, 2, tonality.Midi(0, hand == HandSide.Right ? octave : octave - apart), 0.5);
            beat += 2;
        }

        return how;
    }

    public static Interpretation Arpeggios(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 130);
        var enough = how.BeatsIn(random.Uniform(25, 60));
        var step = random.Pick(0.25, 0.25, 1 / 3.0, 0.5);
        double beat = 0;
        while (beat < enough)
        {
            var tonality = Tonality.Draw(random);
            var hands = DrawHands(random);
            var octaves = random.Between(2, 4);
            var chord = Harmony.Chord(random.Next(7), random.Chance(0.3));
            var inversion = random.Next(chord.Length);
            var up = Enumerable.Range(inversion, chord.Length * octaves + 1).Select(i => chord[i % chord.Length] + 7 * (i / chord.Length)).ToArray();
            var path = random.Next(3) switch
            {
                0 => up,
                1 => [.. up.Reverse()],
                _ => [.. up, .. up.Reverse().Skip(1)],
            };
            var octave = random.Between(3, Math.Max(3, 6 - octaves));
            var lower = random.Between(1, Math.Max(1, Math.Min(octave - 1, 5 - octaves)));
            var pedal = random.Chance(0.5);
            if (pedal) sketch.Pedal(beat, path.Length * step);
            for (var i = 0; i < path.Length; i++)
            {
                var length = i == path.Length - 1 ? Math.Max(1, step) : step;
                foreach (var hand in hands) sketch.Play(hand, beat, length, tonality.Midi(path[i], hand == HandSide.Right ? octave : lower), i % 4 == 0 ? 0.5 : 0);
                beat += length;
            }

            beat = Math.Ceiling(beat);
        }

        return how;
    }

    public static Interpretation BrokenChords(Sketch sketch, SeededRandom random)
    {
        int[][] figures = [[0, 1, 2, 1], [0, 2, 1, 2], [2, 1, 0, 1], [0, 1, 2, 3], [0, 2, 1, 3], [3, 1, 2, 0], [0, 3, 2, 1, 2, 3], [0, 1, 2, 3, 2, 1]];
        var how = Interpretation.Draw(random, 45, 120);
        var enough = how.BeatsIn(random.Uniform(25, 60));
        var tonality = Tonality.Draw(random);
        double beat = 0;
        while (beat < enough)
        {
            var figure = random.Choose(figures);
            var hands = DrawHands(random);
            var alternate = hands.Count == 2 && random.Chance(0.3);
            var roots = Harmony.Progression(random, random.Pick(4, 6, 8));
            var place = new PerHand<int>(random.Between(-12, -4), random.Between(0, 10));
            for (var bar = 0; bar < roots.Length; bar++)
            {
                foreach (var hand in hands)
                {
                    // Four chord notes upwards from the hand's place, which drifts by inversions.
                    var tones = Enumerable.Range(place[hand], 9).Where(d => Harmony.InTriad(d, roots[bar])).Take(4).ToList();
                    while (tones.Count < 4) tones.Add(tones[^1]);
                    for (var i = 0; i < 8; i++)
                    {
                        if (alternate && i / 4 != (hand == HandSide.Left ? 0 : 1)) continue;
                        sketch.Play(hand, beat + i * 0.25, 0.25, tonality.Midi(tones[figure[i % figure.Length]], 4), i % 4 == 0 ? 0.6 : 0);
                    }
                }

                beat += 2;
                place = new(Math.Clamp(place.Left + random.Between(-2, 2), -16, -2), Math.Clamp(place.Right + random.Between(-2, 2), -1, 16));
            }
        }

        foreach (var hand in HandSides.Both) sketch.Play(hand, beat, 2, tonality.Midi(0, hand == HandSide.Right ? 4 : 3), 0.5);
        return how;
    }

    private static IReadOnlyList<HandSide> DrawHands(SeededRandom random) => random.Next(5) switch
    {
        0 => [HandSide.Left],
        1 => [HandSide.Right],
        _ => HandSides.Both,
    };
}
