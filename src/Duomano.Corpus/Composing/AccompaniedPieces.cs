using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>A melody in the right hand over the left hand's accompaniments of three centuries.</summary>
internal static class AccompaniedPieces
{
    public static Interpretation Alberti(Sketch sketch, SeededRandom random)
    {
        int[][] figures = [[0, 2, 1, 2], [0, 2, 1, 2, 1, 2, 1, 2], [0, 1, 2, 1], [0, 2, 0, 2]];
        var how = Interpretation.Draw(random, 70, 150);
        var figure = random.Choose(figures);
        var step = random.Pick(0.5, 0.5, 0.25);
        Write(sketch, random, how, 4, (0, 14), (tonality, beat, root) =>
        {
            var tones = Harmony.Near(Harmony.Chord(root), -8);
            for (var i = 0; i < 4 / step; i++) sketch.Play(HandSide.Left, beat + i * step, step, tonality.Midi(tones[figure[i % figure.Length]], 4), i % 4 == 0 ? 0.3 : -0.3);
        });
        return how;
    }

    public static Interpretation Waltz(Sketch sketch, SeededRandom random)
    {
        var beats = random.Pick(3, 3, 3, 4);
        var how = Interpretation.Draw(random, 90, 190);
        var pedalled = random.Chance(0.6);
        Write(sketch, random, how, beats, (1, 15), (tonality, beat, root) =>
        {
            var bass = -14 + root % 5;
            if (beats == 4)
            {
                sketch.Play(HandSide.Left, beat + 2, 1, tonality.Midi(bass - 3 + 7 * random.Next(2), 4), 0.2);
            }

            sketch.Play(HandSide.Left, beat, pedalled ? 1 : 0.9, tonality.Midi(bass, 4), 0.5);
            var chord = Harmony.Near(Harmony.Chord(root), -7).Select(d => tonality.Midi(d, 4)).ToArray();
            foreach (var after in beats == 3 ? (int[])[1, 2] : [1, 3]) sketch.PlayChord(HandSide.Left, beat + after, 0.6, chord, -0.6);
            if (pedalled) sketch.Pedal(beat, beats - 0.2);
        });
        return how;
    }

    public static Interpretation Stride(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 80, 170);
        var tenths = random.Chance(0.3);
        var octaves = !tenths && random.Chance(0.5);
        Write(sketch, random, how, 4, (0, 16), (tonality, beat, root) =>
        {
            for (var half = 0; half < 2; half++)
            {
                var bass = -18 + root % 7 + (half == 1 ? 4 : 0);
                int[] low = tenths ? [bass, bass + 9] : octaves ? [bass, bass + 7] : [bass];
                sketch.PlayChord(HandSide.Left, beat + 2 * half, 0.8, low.Select(d => tonality.Midi(d, 4)), 0.4);
                var chord = Harmony.Near(Harmony.Chord(root, random.Chance(0.4)), -7);
                sketch.PlayChord(HandSide.Left, beat + 2 * half + 1, 0.7, chord.Select(d => tonality.Midi(d, 4)), -0.2);
            }
        }, doubling: 0.4);
        return how;
    }

    public static Interpretation Nocturne(Sketch sketch, SeededRandom random)
    {
        var how = Interpretation.Draw(random, 45, 80) with { Hold = new(0.95, 1) };
        var six = random.Chance(0.5);
        int[] rise = six ? [0, 4, 9, 11, 9, 4] : [0, 4, 7, 9, 11, 9, 7, 4];
        Write(sketch, random, how, 4, (2, 17), (tonality, beat, root) =>
        {
            var bass = -16 + root % 6;
            for (var half = 0; half < 2; half++)
            {
                for (var i = 0; i < rise.Length; i++)
                {
                    var step = 2.0 / rise.Length;
                    sketch.Play(HandSide.Left, beat + 2 * half + i * step, step, tonality.Midi(bass + rise[i], 4), i == 0 ? 0.2 : -0.6);
                }
            }

            sketch.Pedal(beat, 3.85);
        }, doubling: 0.25);
        return how;
    }

    private static void Write(Sketch sketch, SeededRandom random, Interpretation how, int beatsPerBar, (int, int) range, Action<Tonality, double, int> accompany, double doubling = 0.15)
    {
        var tonality = Tonality.Draw(random);
        var melody = new MelodyWriter(random, tonality, beatsPerBar) { Range = range, Doubling = doubling };
        var bars = Math.Max(8, (int)(how.BeatsIn(random.Uniform(30, 70)) / beatsPerBar));
        var roots = new List<int>();
        while (roots.Count < bars) roots.AddRange(Harmony.Progression(random, 8));
        var introduction = random.Pick(0, 0, 1, 2);
        for (var bar = 0; bar < roots.Count; bar++)
        {
            double beat = bar * beatsPerBar;
            accompany(tonality, beat, roots[bar]);
            if (bar >= introduction) melody.WriteBar(sketch, beat, roots[bar], bar == roots.Count - 1);
        }
    }
}
