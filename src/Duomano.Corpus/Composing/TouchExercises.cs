using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Trills, repeated notes, leaps and textures that wander over the keyboard.</summary>
internal static class TouchExercises
{
    public static Interpretation Trills(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 50, 90) with { Hold = new(0.9, 0.85) };
        var tonality = Tonality.Draw(random);
        var bars = (int)(how.BeatsIn(random.Uniform(25, 55)) / 4) + 2;
        var roots = Harmony.Progression(random, bars);
        var degree = random.Between(0, 7);
        for (var bar = 0; bar < bars; bar++)
        {
            var trilling = random.Chance(0.3) ? HandSide.Left : HandSide.Right;
            var low = trilling == HandSide.Left ? -14 : 0;
            degree = Math.Clamp(degree + random.Between(-3, 3), 0, 11);
            var main = degree + low;
            var width = random.Pick(1, 1, 1, 2, 5); // second, third, or tremolo of a sixth
            var step = width == 5 ? 0.25 : random.Pick(0.125, 0.125, 1 / 6.0);
            var length = random.Pick(1, 2, 3);
            var turns = (int)Math.Round(length / step);
            for (var i = 0; i < turns; i++) sketch.Play(trilling, bar * 4 + i * step, step, tonality.Midi(main + (i % 2) * width, 4), i == 0 ? 0.8 : -0.2);
            // Out of the trill by step.
            for (var i = 0; i < 2 * (4 - length); i++) sketch.Play(trilling, bar * 4 + length + i * 0.5, 0.5, tonality.Midi(main + (i % 3) - 1, 4));
            var support = Harmony.Near(Harmony.Chord(roots[bar]), trilling == HandSide.Left ? 4 : -9);
            for (var half = 0; half < 2; half++) sketch.PlayChord(trilling.Other(), bar * 4 + half * 2, 2, support.Select(d => tonality.Midi(d, 4)), 0.3);
        }

        return how;
    }

    public static Interpretation RepeatedNotes(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 55, 110) with { Hold = new(random.Uniform(0.4, 0.7), random.Uniform(0.4, 0.7)) };
        var tonality = Tonality.Draw(random);
        var bars = (int)(how.BeatsIn(random.Uniform(25, 50)) / 4) + 2;
        var roots = Harmony.Progression(random, bars);
        var degree = 4;
        var times = random.Pick(2, 3, 4);
        var chords = random.Chance(0.35);
        for (var bar = 0; bar < bars; bar++)
        {
            var busy = random.Chance(0.3) ? HandSide.Left : HandSide.Right;
            for (var beat = 0; beat < 4; beat++)
            {
                degree = Math.Clamp(degree + random.Between(-2, 2), -2, 12);
                var low = busy == HandSide.Left ? -12 : 0;
                int[] tones = chords ? Harmony.Near(Harmony.Chord(roots[bar]), degree + low) : [degree + low];
                for (var i = 0; i < times; i++) sketch.PlayChord(busy, bar * 4 + beat + i / (double)times, 1.0 / times, tones.Select(d => tonality.Midi(d, 4)), i == 0 ? 0.6 : 0);
                if (beat % 2 == 0) sketch.Play(busy.Other(), bar * 4 + beat, 2, tonality.Midi(roots[bar] + (busy == HandSide.Left ? 9 : -14), 4));
            }
        }

        return how;
    }

    public static Interpretation Leaps(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 110);
        var tonality = Tonality.Draw(random);
        var bars = (int)(how.BeatsIn(random.Uniform(25, 50)) / 4) + 2;
        var roots = Harmony.Progression(random, bars);
        var widest = random.Between(10, 21); // degrees
        var step = random.Pick(0.5, 1, 1);
        for (var bar = 0; bar < bars; bar++)
        {
            var leaping = random.Next(3); // left, right, or both
            foreach (var hand in HandSides.Both)
            {
                var home = hand == HandSide.Right ? 4 : -15;
                var leaps = leaping == 2 || leaping == (int)hand;
                for (var i = 0; i < 4 / step; i++)
                {
                    var away = leaps && i % 2 == 1 ? random.Between(7, widest) : 0;
                    if (hand == HandSide.Right && random.Chance(0.2)) away = -Math.Min(away, 8);
                    var wanted = home + roots[bar] % 4 + away;
                    var tones = Harmony.Near(Harmony.Chord(roots[bar]), wanted);
                    var count = leaps ? random.Pick(1, 1, 2, 3) : 1;
                    if (!leaps && i % 2 == 1) continue;
                    var midis = tones.Take(count).Select(d => tonality.Midi(d, 4));
                    sketch.PlayChord(hand, bar * 4 + i * step, leaps ? step * 0.8 : 2 * step, midis, away == 0 ? 0.3 : 0);
                }
            }

            if (random.Chance(0.3)) sketch.Pedal(bar * 4, 4);
        }

        return how;
    }

    public static Interpretation Wandering(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 110);
        var tonality = random.Chance(0.3) ? Tonality.Chromatic : Tonality.Draw(random);
        var enough = how.BeatsIn(random.Uniform(30, 60));
        foreach (var hand in HandSides.Both)
        {
            var centre = hand == HandSide.Right ? random.Between(60, 84) : random.Between(36, 60);
            double beat = random.Pick(0, 0, 1, 2);
            while (beat < enough)
            {
                // A stretch of music with one density, then maybe a rest or a new place.
                var step = random.Pick(0.25, 0.25, 1 / 3.0, 0.5, 0.5, 1);
                var reach = random.Between(2, 12);
                var mostAtOnce = random.Pick(1, 1, 1, 2, 3, 4);
                for (var i = random.Between(4, 16); i > 0; i--, beat += step)
                {
                    var tones = Enumerable.Range(0, random.Between(1, mostAtOnce))
                        .Select(_ => tonality.Midi(tonality.DegreeNear(centre + random.Between(-reach, reach) / 2), 4))
                        .Distinct();
                    sketch.PlayChord(hand, beat, step * random.Pick(1, 1, 2), tones, random.Uniform(-0.5, 0.8));
                    centre += random.Between(-2, 2);
                }

                if (random.Chance(0.3)) beat += random.Pick(0.5, 1, 2);
                if (random.Chance(0.3)) centre += random.Between(-14, 14);
                centre = hand == HandSide.Right ? Math.Clamp(centre, 52, 100) : Math.Clamp(centre, 28, 72);
                beat = Math.Ceiling(beat * 4) / 4;
            }
        }

        return how;
    }
}
