using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Corpus.Composing;

/// <summary>Writes a singable right hand over a chord progression: chord notes on the beat, steps between, a rhythm that comes back.</summary>
internal sealed class MelodyWriter
{
    private static readonly double[][] ThreeBeatBars = [[1, 1, 1], [2, 1], [1.5, 0.5, 1], [1, 0.5, 0.5, 1], [3], [0.5, 0.5, 0.5, 0.5, 0.5, 0.5], [1, 0.5, 0.5, 0.5, 0.5]];
    private static readonly double[][] FourBeatBars = [[1, 1, 1, 1], [2, 1, 1], [1.5, 0.5, 1, 1], [1, 0.5, 0.5, 2], [4], [0.5, 0.5, 0.5, 0.5, 1, 1], [0.5, 1, 0.5, 1, 1], [0.25, 0.25, 0.25, 0.25, 1, 0.5, 0.5, 1], [3, 1], [0.75, 0.25, 0.75, 0.25, 2]];

    private readonly SeededRandom _random;
    private readonly Tonality _tonality;
    private readonly double[][] _rhythms;
    private readonly double _beatsPerBar;
    private int _degree;

    /// <summary>Chooses a handful of rhythms that the whole piece keeps to.</summary>
    /// <param name="random">Decides.</param>
    /// <param name="tonality">The key.</param>
    /// <param name="beatsPerBar">3 or 4.</param>
    public MelodyWriter(SeededRandom random, Tonality tonality, int beatsPerBar)
    {
        _random = random;
        _tonality = tonality;
        _beatsPerBar = beatsPerBar;
        var all = beatsPerBar == 3 ? ThreeBeatBars : FourBeatBars;
        _rhythms = [.. Enumerable.Range(0, 3).Select(_ => random.Choose(all))];
        _degree = random.Pick(4, 7, 9);
    }

    /// <summary>Lowest and highest degree (from octave 4) the melody may reach.</summary>
    public (int Lowest, int Highest) Range { get; init; } = (0, 14);

    /// <summary>Share of long notes that get a second or third voice below.</summary>
    public double Doubling { get; init; } = 0.15;

    /// <summary>Writes one bar from a beat on.</summary>
    public void WriteBar(Sketch sketch, double start, int root, bool last)
    {
        if (last)
        {
            Move(root, strong: true);
            sketch.Play(HandSide.Right, start, _beatsPerBar, _tonality.Midi(_degree, 4), 0.4);
            return;
        }

        var beat = 0.0;
        foreach (var length in _random.Choose(_rhythms))
        {
            var strong = beat == Math.Floor(beat);
            Move(root, strong);
            if (!_random.Chance(0.06))
            {
                sketch.Play(HandSide.Right, start + beat, length, _tonality.Midi(_degree, 4), beat == 0 ? 0.8 : strong ? 0.3 : 0);
                if (length >= 1 && _random.Chance(Doubling))
                {
                    var below = Harmony.Near(Harmony.Chord(root), _degree - 7).Where(d => d < _degree - 1).ToArray();
                    sketch.PlayChord(HandSide.Right, start + beat, length, below.TakeLast(_random.Pick(1, 1, 2)).Select(d => _tonality.Midi(d, 4)), -0.5);
                }
            }

            beat += length;
        }
    }

    private void Move(int root, bool strong)
    {
        var step = _random.Pick(-1, 1, -1, 1, 0, -2, 2, 3, -4);
        if (_degree + step > Range.Highest || _degree + step < Range.Lowest) step = -step;
        _degree = Math.Clamp(_degree + step, Range.Lowest, Range.Highest);
        if (!strong) return;
        for (var away = 0; away < 3; away++)
        {
            if (Harmony.InTriad(_degree + away, root)) { _degree += away; return; }
            if (Harmony.InTriad(_degree - away, root)) { _degree -= away; return; }
        }
    }
}
