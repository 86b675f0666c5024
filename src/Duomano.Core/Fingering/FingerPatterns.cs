namespace Duomano.Core.Fingering;

/// <summary>
/// Numbers what a fingering consists of: which fingers on which keys how far apart, before which turn of the line, in which
/// chord. Each such pattern has a learned cost of its own, in addition to the costs of <see cref="FingerTerm"/>.
/// </summary>
internal static class FingerPatterns
{
    private const int Fingers = 5;
    private const int Farthest = 13;
    private const int Intervals = 2 * Farthest + 1;
    private const int Sizes = 5;
    private const int Runs = 27;

    private static readonly double[] Steps = [0.14, 0.28];
    private static readonly double[] Rests = [0.02, 0.12, 0.4, 1];

    private const int PairBlock = 0;
    private const int ShadelessBlock = PairBlock + Fingers * Fingers * Intervals * 4;
    private const int SkipBlock = ShadelessBlock + Fingers * Fingers * Intervals;
    private const int TurnBlock = SkipBlock + Fingers * Fingers * Intervals;
    private const int HurryBlock = TurnBlock + Fingers * Fingers * Fingers * Sizes * Sizes;
    private const int RunBlock = HurryBlock + Fingers * Fingers * Sizes * 3;
    private const int ComingBlock = RunBlock + Fingers * 2 * Runs;
    private const int RestBlock = ComingBlock + Fingers * Sizes * Sizes * Sizes;
    private const int RankBlock = RestBlock + Fingers * 5 * Sizes;
    private const int ChordBlock = RankBlock + Fingers * 4 * 5;

    private const int WindowBlock = ChordBlock + Fingers * Fingers * (Farthest + 1) * 4;

    // Notes that a hand takes without moving: within a fifth, within an octave, each to come or past.
    private const int Windows = 4;
    private const int WindowSize = Fingers * 8 * 8;
    private const int WindowLength = 10;
    private const double WindowRest = 0.6;

    /// <summary>Number of patterns.</summary>
    public const int Count = WindowBlock + Windows * WindowSize;

    /// <summary>One note after another.</summary>
    public static int Pair(in HandNote from, byte fromFinger, in HandNote to, byte toFinger) =>
        PairBlock + (Two(fromFinger, toFinger) * Intervals + Interval(from, to)) * 4 + Shades(from, to);

    /// <summary>The same whatever the keys' colours.</summary>
    public static int Shadeless(in HandNote from, byte fromFinger, in HandNote to, byte toFinger) =>
        ShadelessBlock + Two(fromFinger, toFinger) * Intervals + Interval(from, to);

    /// <summary>One note after another, by how fast.</summary>
    public static int Hurry(in HandNote from, byte fromFinger, in HandNote to, byte toFinger, double time) =>
        HurryBlock + (Two(fromFinger, toFinger) * Sizes + Size(from, to)) * 3 + Bin(Steps, time);

    /// <summary>A note and the next but one.</summary>
    public static int Skip(in HandNote from, byte fromFinger, in HandNote to, byte toFinger) =>
        SkipBlock + Two(fromFinger, toFinger) * Intervals + Interval(from, to);

    /// <summary>Three single notes.</summary>
    public static int Turn(in HandNote a, byte fingerA, in HandNote b, byte fingerB, in HandNote c, byte fingerC) =>
        TurnBlock + ((Two(fingerA, fingerB) * Fingers + fingerC - 1) * Sizes + Size(a, b)) * Sizes + Size(b, c);

    /// <summary>A note before a run: how long it goes on in one direction.</summary>
    public static int Run(IReadOnlyList<Slice> slices, int index, in HandNote note, byte finger)
    {
        var length = 0;
        var direction = 0;
        while (index + length + 1 < slices.Count && length < 8)
        {
            var next = Math.Sign(slices[index + length + 1].Notes[^1].Height - slices[index + length].Notes[^1].Height);
            if (length > 0 && next != direction) break;
            direction = next;
            length++;
        }

        return RunBlock + ((finger - 1) * 2 + (note.Black ? 1 : 0)) * Runs + (direction + 1) * 9 + length;
    }

    /// <summary>A note between the step before it and the two after it.</summary>
    public static int Coming(IReadOnlyList<Slice> slices, int index, byte finger) =>
        ComingBlock + (((finger - 1) * Sizes + Step(slices, index - 1)) * Sizes + Step(slices, index)) * Sizes + Step(slices, index + 1);

    /// <summary>A note after a rest.</summary>
    public static int Rest(IReadOnlyList<Slice> slices, int index, byte finger) =>
        RestBlock + ((finger - 1) * 5 + Bin(Rests, index == 0 ? double.MaxValue : slices[index].Onset - slices[index - 1].End)) * Sizes + Step(slices, index);

    /// <summary>A note in a chord: how many notes it has and the how many-th this is.</summary>
    public static int Rank(int size, int rank, byte finger) => RankBlock + ((finger - 1) * 4 + Math.Clamp(size - 2, 0, 3)) * 5 + Math.Min(rank, 4);

    /// <summary>Neighbours in a chord.</summary>
    public static int Chord(in HandNote inner, byte innerFinger, in HandNote outer, byte outerFinger) =>
        ChordBlock + (Two(innerFinger, outerFinger) * (Farthest + 1) + Math.Clamp(outer.Height - inner.Height, 0, Farthest)) * 4 + Shades(inner, outer);

    /// <summary>
    /// A note among those that the hand takes without moving: how far below and above it they lie.
    /// </summary>
    /// <param name="slices">One hand's slices.</param>
    /// <param name="index">Which slice.</param>
    /// <param name="note">Which note of it.</param>
    /// <param name="finger">Its finger.</param>
    /// <param name="window">0 and 1 a fifth and an octave to come, 2 and 3 the same past.</param>
    public static int Window(IReadOnlyList<Slice> slices, int index, in HandNote note, byte finger, int window)
    {
        var step = window < 2 ? 1 : -1;
        var span = window % 2 == 0 ? 7 : 12;
        var (low, high) = (note.Height, note.Height);
        for (var i = index + step; i >= 0 && i < slices.Count && Math.Abs(i - index) <= WindowLength; i += step)
        {
            var later = Math.Max(i, i - step);
            if (slices[later].Onset - slices[later - 1].End > WindowRest) break;
            var (least, most) = (Math.Min(low, slices[i].Notes[0].Height), Math.Max(high, slices[i].Notes[^1].Height));
            if (most - least > span) break;
            (low, high) = (least, most);
        }

        var unit = window % 2 == 0 ? 1 : 2;
        return WindowBlock + window * WindowSize + ((finger - 1) * 8 + (note.Height - low) / unit) * 8 + (high - note.Height) / unit;
    }

    private static int Two(byte first, byte second) => (first - 1) * Fingers + second - 1;

    private static int Shades(in HandNote a, in HandNote b) => (a.Black ? 2 : 0) + (b.Black ? 1 : 0);

    private static int Interval(in HandNote from, in HandNote to) => Math.Clamp(to.Height - from.Height, -Farthest, Farthest) + Farthest;

    private static int Step(IReadOnlyList<Slice> slices, int index) =>
        index >= 0 && index + 1 < slices.Count ? Size(slices[index].Notes[^1], slices[index + 1].Notes[^1]) : 2;

    private static int Size(in HandNote from, in HandNote to) => (to.Height - from.Height) switch
    {
        < -2 => 0,
        < 0 => 1,
        0 => 2,
        <= 2 => 3,
        _ => 4,
    };

    private static int Bin(double[] limits, double value)
    {
        var bin = 0;
        while (bin < limits.Length && value > limits[bin]) bin++;
        return bin;
    }
}
