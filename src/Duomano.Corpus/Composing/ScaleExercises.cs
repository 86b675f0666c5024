using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Everything that runs up and down a scale: single notes, thirds and sixths, octaves, semitones.</summary>
internal static class ScaleExercises
{
    /// <summary>How two hands share a run.</summary>
    private enum Together
    {
        RightAlone,
        LeftAlone,
        Parallel,
        Tenths,
        Contrary,
        Alternating,
    }

    public static Interpretation Scales(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 50, 150);
        Runs(sketch, random, how, () => Tonality.Draw(random), [0], random.Pick(0.25, 0.25, 1 / 3.0, 0.5), 4);
        return how;
    }

    public static Interpretation DoubleNotes(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 40, 90);
        Runs(sketch, random, how, () => Tonality.Draw(random), random.Chance(0.65) ? [0, 2] : [0, 5], random.Pick(0.25, 0.5), 2);
        return how;
    }

    public static Interpretation Octaves(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 95) with { Hold = new(random.Uniform(0.4, 0.8), random.Uniform(0.4, 0.8)) };
        var chromatic = random.Chance(0.2);
        var filled = random.Chance(0.2); // octaves with the fifth or third inside
        Runs(sketch, random, how, () => chromatic ? Tonality.Chromatic : Tonality.Draw(random), chromatic ? [0, 12] : filled ? [0, random.Pick(2, 4), 7] : [0, 7], random.Pick(0.25, 0.5, 0.5), 2);
        return how;
    }

    public static Interpretation Chromatic(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 50, 130);
        Runs(sketch, random, how, () => Tonality.Chromatic, [0], random.Pick(0.25, 0.25, 1 / 6.0, 1 / 3.0), 3);
        return how;
    }

    // Runs in changing keys until the time is filled. 'stack' holds the degrees played at once above each step.
    private static void Runs(Sketch sketch, SeededRandom random, Interpretation how, Func<Tonality> key, int[] stack, double step, int mostOctaves)
    {
        var enough = how.BeatsIn(random.Uniform(25, 60));
        for (var beat = 0.0; beat < enough;)
        {
            var tonality = key();
            var octaves = random.Between(1, mostOctaves);
            var together = (Together)random.Next(6);
            var path = Path(random, tonality.Size, octaves);
            beat = Run(sketch, random, tonality, together, path, stack, octaves, beat, step);
        }
    }

    // Degrees relative to the start: plain up and down, in broken thirds, or in groups of four.
    private static int[] Path(SeededRandom random, int size, int octaves)
    {
        var up = Enumerable.Range(0, size * octaves + 1).ToArray();
        var there = random.Next(4) switch
        {
            0 => [.. up[..^2].SelectMany(d => (int[])[d, d + 2]), up[^1]],
            1 => [.. up[..^3].SelectMany(d => (int[])[d, d + 1, d + 2, d + 3]), up[^1]],
            _ => up,
        };
        return random.Next(4) switch
        {
            0 => there,
            1 => [.. there.Reverse()],
            _ => [.. there, .. there.Reverse().Skip(1)],
        };
    }

    private static double Run(Sketch sketch, SeededRandom random, Tonality tonality, Together together, int[] path, int[] stack, int octaves, double beat, double step)
    {
        // Lowest octave of each hand's run so that its highest note stays on the keyboard.
        var tall = octaves + (stack[^1] >= tonality.Size ? 1 : 0);
        var right = random.Between(together == Together.RightAlone ? 2 : 3, Math.Max(3, 7 - tall));
        var left = together is Together.Parallel or Together.Tenths or Together.Alternating
            ? Math.Max(1, right - random.Pick(1, 1, 2))
            : random.Between(1, Math.Max(1, 5 - tall));
        right = Math.Min(right, 7 - tall);
        left = Math.Min(left, 7 - tall);
        if (together is Together.Parallel or Together.Tenths && left >= right) left = Math.Max(1, right - 1);
        var highest = tonality.Size * octaves;
        for (var i = 0; i < path.Length; i++)
        {
            var length = i == path.Length - 1 ? Math.Max(step, 1) : step;
            var accent = i % 4 == 0 ? 0.6 : 0;
            foreach (var hand in HandSides.Both)
            {
                var isRight = hand == HandSide.Right;
                var silent = together switch
                {
                    Together.RightAlone => !isRight,
                    Together.LeftAlone => isRight,
                    Together.Alternating => i / 4 % 2 == (isRight ? 1 : 0),
                    _ => false,
                };
                if (silent) continue;
                var degree = path[i];
                if (!isRight && together == Together.Contrary) degree = highest - degree;
                if (isRight && together == Together.Tenths) degree += 2;
                var octave = isRight ? right : left;
                sketch.PlayChord(hand, beat, length, stack.Select(above => tonality.Midi(degree + above, octave)), accent);
            }

            beat += length;
        }

        return Math.Ceiling(beat + random.Pick(0, 0, 1));
    }
}
