using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Fingering;

/// <summary>
/// What tells the hand of a note: where the notes around it lie (before it with their hands, after it without), when they
/// begin and end, and what each hand would have to span. All of it is relative to the note, and there or not.
/// </summary>
internal sealed class HandFeatures
{
    /// <summary>Hands of this many notes before a note are looked at.</summary>
    public const int Memory = 64;

    /// <summary>A list that holds all features of a note at once.</summary>
    public const int Most = 512;

    // Notes after a note that are looked at.
    private const int Ahead = 40;

    private const double Past = 4;
    private const double Future = 3;

    // Notes that end this near to where another begins are linked to it, seconds.
    private const double Link = 0.05;

    private const int Intervals = 41;
    private const int SpanBins = 20;
    private static readonly double[] Ages = [0.15, 0.35, 0.8, 1.6];
    private static readonly double[] Delays = [0.12, 0.3, 0.7, 1.5];
    private static readonly double[] Pauses = [0.05, 0.12, 0.2, 0.35, 0.6, 1, 2];
    private static readonly double[] Lengths = [0.08, 0.15, 0.25, 0.4, 0.7, 1.2, 2.5];

    // Kinds of note before: struck together and ending together or not, still held (new, old), linked, let go by age.
    private const int PastKinds = 10;

    // Kinds of note after: struck together and ending together or not, then by delay, held into or not, linked.
    private const int FutureKinds = 13;

    private const int PastBlock = 0;
    private const int LastBlock = PastBlock + 2 * PastKinds * Intervals;
    private const int CentreBlock = LastBlock + 2 * 4 * Intervals;
    private const int ChordSpanBlock = CentreBlock + 2 * Intervals;
    private const int HeldSpanBlock = ChordSpanBlock + 2 * SpanBins;
    private const int MatesBlock = HeldSpanBlock + 2 * SpanBins;
    private const int HeldBlock = MatesBlock + 2 * 6;
    private const int PauseBlock = HeldBlock + 2 * 6;
    private const int TurnBlock = PauseBlock + 2 * 8;
    private const int FutureBlock = TurnBlock + 16;
    private const int PlaceBlock = FutureBlock + FutureKinds * Intervals;
    private const int LengthBlock = PlaceBlock + 30;
    private const int StepBlock = LengthBlock + 8;
    private const int RankBlock = StepBlock + 8;
    private const int BeforeBlock = RankBlock + 2 * 6 + 11;

    /// <summary>Number of features.</summary>
    public const int Count = BeforeBlock + PastKinds * Intervals;

    private readonly double[] _onsets;
    private readonly double[] _offsets;
    private readonly int[] _keys;
    private readonly double _window;

    /// <summary>Prepares a piece.</summary>
    /// <param name="notes">Notes sorted by onset.</param>
    /// <param name="window">Notes that start within this time are struck together, seconds.</param>
    public HandFeatures(IReadOnlyList<Note> notes, double window)
    {
        _window = window;
        _onsets = [.. notes.Select(note => note.Onset)];
        _offsets = [.. notes.Select(note => note.Offset)];
        _keys = [.. notes.Select(note => note.Key.Midi)];
    }

    /// <summary>What does not depend on the hands of other notes.</summary>
    /// <returns>How many features were written.</returns>
    public int Context(int index, Span<int> features)
    {
        var count = 0;
        var (onset, offset, key) = (_onsets[index], _offsets[index], _keys[index]);
        int below = 0, above = 0;
        for (var j = index + 1; j < _onsets.Length && j <= index + Ahead && _onsets[j] - onset <= Future; j++)
        {
            var delay = _onsets[j] - onset;
            int kind;
            if (delay <= _window)
            {
                kind = EndTogether(index, j) ? 0 : 1;
                if (_keys[j] > key) above++;
                else below++;
            }
            else if (Math.Abs(_onsets[j] - offset) <= Link)
            {
                kind = 2;
            }
            else
            {
                kind = 3 + Bin(Delays, delay) * 2 + (offset > _onsets[j] ? 1 : 0);
            }

            features[count++] = FutureBlock + kind * Intervals + Interval(_keys[j] - key);
        }

        var together = 0;
        for (var j = index - 1; j >= 0 && onset - _onsets[j] <= _window; j--)
        {
            together++;
            if (_keys[j] > key) above++;
            else below++;
        }

        for (var j = index - 1; j >= 0 && j >= index - Ahead && onset - _onsets[j] <= Future; j--)
        {
            features[count++] = BeforeBlock + Kind(j, index) * Intervals + Interval(_keys[j] - key);
        }

        features[count++] = PlaceBlock + (key - 21) / 3;
        features[count++] = LengthBlock + Bin(Lengths, offset - onset);
        features[count++] = StepBlock + Bin(Pauses, index - together == 0 ? double.MaxValue : onset - _onsets[index - together - 1]);
        features[count++] = RankBlock + Math.Min(below, 5);
        features[count++] = RankBlock + 6 + Math.Min(above, 5);
        features[count++] = RankBlock + 12 + Math.Min(below + above, 10);
        return count;
    }

    /// <summary>What depends on the hands of the notes before.</summary>
    /// <param name="index">Which note.</param>
    /// <param name="history">The hands of the notes before, the latest in the lowest bit, set for right.</param>
    /// <param name="features">Where to write to.</param>
    /// <returns>How many features were written.</returns>
    public int History(int index, ulong history, Span<int> features)
    {
        var count = 0;
        var (onset, key) = (_onsets[index], _keys[index]);
        Span<double> last = [double.NaN, double.NaN];
        Span<int> sum = [0, 0];
        Span<int> played = [0, 0];
        Span<int> mates = [0, 0];
        Span<int> held = [0, 0];
        Span<int> low = [key, key];
        Span<int> high = [key, key];
        Span<int> lowMate = [key, key];
        Span<int> highMate = [key, key];
        var turn = 1;
        for (var k = 0; k < Memory && k < index; k++)
        {
            var j = index - 1 - k;
            var age = onset - _onsets[j];
            if (age > Past && k >= 8) break;
            var hand = (int)(history >> k) & 1;
            var interval = _keys[j] - key;
            var kind = Kind(j, index);
            if (kind < 2)
            {
                mates[hand]++;
                lowMate[hand] = Math.Min(lowMate[hand], _keys[j]);
                highMate[hand] = Math.Max(highMate[hand], _keys[j]);
            }

            if (kind < 4)
            {
                held[hand]++;
                low[hand] = Math.Min(low[hand], _keys[j]);
                high[hand] = Math.Max(high[hand], _keys[j]);
            }

            features[count++] = PastBlock + (hand * PastKinds + kind) * Intervals + Interval(interval);
            if (age > _window && (double.IsNaN(last[hand]) || last[hand] - _onsets[j] <= _window))
            {
                if (double.IsNaN(last[hand])) last[hand] = _onsets[j];
                features[count++] = LastBlock + (hand * 4 + Math.Min(Bin(Ages, age), 3)) * Intervals + Interval(interval);
            }

            if (played[hand] < 8)
            {
                played[hand]++;
                sum[hand] += interval;
            }

            if (k < 3) turn = turn * 2 + hand;
        }

        for (var hand = 0; hand < 2; hand++)
        {
            if (played[hand] > 0) features[count++] = CentreBlock + hand * Intervals + Interval((int)Math.Round((double)sum[hand] / played[hand]));
            features[count++] = ChordSpanBlock + hand * SpanBins + Math.Min(highMate[hand] - lowMate[hand], SpanBins - 1);
            features[count++] = HeldSpanBlock + hand * SpanBins + Math.Min(high[hand] - low[hand], SpanBins - 1);
            features[count++] = MatesBlock + hand * 6 + Math.Min(mates[hand], 5);
            features[count++] = HeldBlock + hand * 6 + Math.Min(held[hand], 5);
            features[count++] = PauseBlock + hand * 8 + Bin(Pauses, double.IsNaN(last[hand]) ? double.MaxValue : onset - last[hand]);
        }

        features[count++] = TurnBlock + turn;
        return count;
    }

    /// <summary>The hand as a bit of a history.</summary>
    public static ulong Bit(HandSide side) => side == HandSide.Right ? 1u : 0u;

    // What a note has to do with a later one.
    private int Kind(int before, int index)
    {
        var age = _onsets[index] - _onsets[before];
        if (age <= _window) return EndTogether(before, index) ? 0 : 1;
        if (Math.Abs(_offsets[before] - _onsets[index]) <= Link) return 4;
        if (_offsets[before] > _onsets[index]) return age < 0.5 ? 2 : 3;
        return 5 + Bin(Ages, age);
    }

    // Notes of one chord end together more exactly the shorter they are.
    private bool EndTogether(int a, int b) =>
        Math.Abs(_offsets[a] - _offsets[b]) <= Math.Max(0.03, 0.15 * Math.Min(_offsets[a] - _onsets[a], _offsets[b] - _onsets[b]));

    private static int Bin(double[] limits, double value)
    {
        var bin = 0;
        while (bin < limits.Length && value > limits[bin]) bin++;
        return bin;
    }

    // Semitones one by one up to a tenth, then coarser and coarser.
    private static int Interval(int semitones)
    {
        var size = Math.Abs(semitones) switch
        {
            <= 14 and var near => near,
            <= 16 => 15,
            <= 19 => 16,
            <= 23 => 17,
            <= 28 => 18,
            <= 35 => 19,
            _ => 20,
        };
        return Intervals / 2 + Math.Sign(semitones) * size;
    }
}
