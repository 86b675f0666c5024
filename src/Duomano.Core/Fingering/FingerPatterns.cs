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

    private const int NoteBlock = 0;
    private const int PairBlock = NoteBlock + Fingers * NoteContexts.Count;
    private const int ShadelessBlock = PairBlock + Fingers * Fingers * Intervals * 4;
    private const int SkipBlock = ShadelessBlock + Fingers * Fingers * Intervals;
    private const int HurryBlock = SkipBlock + Fingers * Fingers * Intervals;
    private const int EdgeBlock = HurryBlock + Fingers * Fingers * Sizes * 3;
    private const int GoingBlock = EdgeBlock + 2 * Fingers * Fingers * Intervals;
    private const int ChordBlock = GoingBlock + Fingers * Fingers * Sizes * Sizes;
    private const int HeldBlock = ChordBlock + Fingers * Fingers * (Farthest + 1) * 4;
    private const int TurnBlock = HeldBlock + Fingers * Fingers * (Farthest + 1);
    private const int EdgeTurnBlock = TurnBlock + Fingers * Fingers * Fingers * Sizes * Sizes;
    private const int ShadedTurnBlock = EdgeTurnBlock + Fingers * Fingers * Fingers * Sizes * Sizes;

    /// <summary>Number of patterns.</summary>
    public const int Count = ShadedTurnBlock + Fingers * Fingers * Fingers * 9 * 8;

    private static readonly double[] Steps = [0.14, 0.28];

    /// <summary>A note under given conditions.</summary>
    public static int Note(int context, byte finger) => NoteBlock + context * Fingers + finger - 1;

    /// <summary>One note after another.</summary>
    public static int Pair(in HandNote from, byte fromFinger, in HandNote to, byte toFinger) =>
        PairBlock + (Two(fromFinger, toFinger) * Intervals + Interval(from, to)) * 4 + Shades(from, to);

    /// <summary>The same whatever the keys' colours.</summary>
    public static int Shadeless(in HandNote from, byte fromFinger, in HandNote to, byte toFinger) =>
        ShadelessBlock + Two(fromFinger, toFinger) * Intervals + Interval(from, to);

    /// <summary>One note after another, by how fast.</summary>
    public static int Hurry(in HandNote from, byte fromFinger, in HandNote to, byte toFinger, double time) =>
        HurryBlock + (Two(fromFinger, toFinger) * Sizes + Size(from, to)) * 3 + (time > Steps[1] ? 2 : time > Steps[0] ? 1 : 0);

    /// <summary>A note and the next but one.</summary>
    public static int Skip(in HandNote from, byte fromFinger, in HandNote to, byte toFinger) =>
        SkipBlock + Two(fromFinger, toFinger) * Intervals + Interval(from, to);

    /// <summary>The outer (or inner) notes of two chords, one after the other.</summary>
    public static int Edge(in HandNote from, byte fromFinger, in HandNote to, byte toFinger, bool outer) =>
        EdgeBlock + ((outer ? Fingers * Fingers : 0) + Two(fromFinger, toFinger)) * Intervals + Interval(from, to);

    /// <summary>Two single notes and where the line goes on to.</summary>
    public static int Going(in HandNote from, byte fromFinger, in HandNote to, byte toFinger, in HandNote next) =>
        GoingBlock + (Two(fromFinger, toFinger) * Sizes + Size(from, to)) * Sizes + Size(to, next);

    /// <summary>Three single notes.</summary>
    public static int Turn(in HandNote a, byte fingerA, in HandNote b, byte fingerB, in HandNote c, byte fingerC) =>
        TurnBlock + (Three(fingerA, fingerB, fingerC) * Sizes + Size(a, b)) * Sizes + Size(b, c);

    /// <summary>The outer notes of three slices, some of them chords.</summary>
    public static int EdgeTurn(in HandNote a, byte fingerA, in HandNote b, byte fingerB, in HandNote c, byte fingerC) =>
        EdgeTurnBlock + (Three(fingerA, fingerB, fingerC) * Sizes + Size(a, b)) * Sizes + Size(b, c);

    /// <summary>Three single notes by the colours of their keys.</summary>
    public static int ShadedTurn(in HandNote a, byte fingerA, in HandNote b, byte fingerB, in HandNote c, byte fingerC) =>
        ShadedTurnBlock + ((Three(fingerA, fingerB, fingerC) * 3 + Math.Sign(b.Height - a.Height) + 1) * 3 + Math.Sign(c.Height - b.Height) + 1) * 8
            + Shades(a, b) * 2 + (c.Black ? 1 : 0);

    /// <summary>Neighbours in a chord.</summary>
    public static int Chord(in HandNote inner, byte innerFinger, in HandNote outer, byte outerFinger) =>
        ChordBlock + (Two(innerFinger, outerFinger) * (Farthest + 1) + Math.Clamp(outer.Height - inner.Height, 0, Farthest)) * 4 + Shades(inner, outer);

    /// <summary>A key held while another one is struck.</summary>
    public static int Held(in HandNote held, byte heldFinger, in HandNote struck, byte finger) =>
        HeldBlock + Two(heldFinger, finger) * (Farthest + 1) + Math.Clamp(Math.Abs(struck.Height - held.Height), 0, Farthest);

    /// <summary>How the line goes on: down or up by more than a whole tone or less, or not.</summary>
    public static int Size(in HandNote from, in HandNote to) => (to.Height - from.Height) switch
    {
        < -2 => 0,
        < 0 => 1,
        0 => 2,
        <= 2 => 3,
        _ => 4,
    };

    private static int Two(byte first, byte second) => (first - 1) * Fingers + second - 1;

    private static int Three(byte first, byte second, byte third) => Two(first, second) * Fingers + third - 1;

    private static int Shades(in HandNote a, in HandNote b) => (a.Black ? 2 : 0) + (b.Black ? 1 : 0);

    private static int Interval(in HandNote from, in HandNote to) => Math.Clamp(to.Height - from.Height, -Farthest, Farthest) + Farthest;
}
