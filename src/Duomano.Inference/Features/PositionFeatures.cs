using Duomano.Core.Hands;

namespace Duomano.Inference.Features;

/// <summary>
/// What the position predictors are told: <see cref="PlayingFeatures"/>, and for networks that take it the same keys as seen
/// from the hand's <see cref="HandAnchor"/>, and where that goes. A wrist departs from it by millimetres, which are hard to
/// find as the difference of two places on a metre of keyboard.
/// </summary>
public sealed class PositionFeatures
{
    /// <summary>Numbers a frame with what is seen from the anchor.</summary>
    public const int AnchoredWidth = PlayingFeatures.Width + PlayingFeatures.Fingers + Chords + Ahead;

    // The hand's next keys and its last ones.
    private const int Chords = 2;
    private const int Ahead = 4;

    // Metres that count as one, and how many of them are told apart.
    private const float Unit = 0.025f;
    private const float Farthest = 6;

    private readonly bool _anchored;
    private readonly bool _styled;

    /// <summary>Prepares features of a width.</summary>
    /// <param name="width"><see cref="PlayingFeatures.Width"/> or <see cref="AnchoredWidth"/>, and <see cref="StyleFeatures.Width"/> more with the style.</param>
    /// <exception cref="ArgumentException">No features are so wide.</exception>
    public PositionFeatures(int width)
    {
        if (!IsWidth(width)) throw new ArgumentException($"Features are {PlayingFeatures.Width} (fingers and keys) or {AnchoredWidth} (and seen from the anchor) numbers wide, not {width}.", nameof(width));
        Width = width;
        _styled = TakesStyle(width);
        _anchored = width - (_styled ? StyleFeatures.Width : 0) == AnchoredWidth;
    }

    // Frames before and after at which the anchor's way is told.
    private static ReadOnlySpan<int> Way => [-10, -4, 4, 10];

    /// <summary>Numbers a frame.</summary>
    public int Width { get; }

    /// <summary>Whether features can be so wide.</summary>
    public static bool IsWidth(int width) => width is PlayingFeatures.Width or AnchoredWidth || TakesStyle(width);

    /// <summary>Whether features so wide have a style.</summary>
    public static bool TakesStyle(int width) => width - StyleFeatures.Width is PlayingFeatures.Width or AnchoredWidth;

    /// <summary>A hand's features of a window.</summary>
    /// <param name="playing">What <see cref="PlayingFeatures"/> tells, [frames, <see cref="PlayingFeatures.Width"/>].</param>
    /// <param name="anchor">Its anchor in the same frames, metres.</param>
    /// <param name="style">Who plays and how, [<see cref="StyleFeatures.ToldWidth"/>]; not looked at by networks that know no styles.</param>
    /// <returns>[frames, <see cref="Width"/>].</returns>
    public float[] Of(float[] playing, float[] anchor, float[] style)
    {
        var rows = Anchored(playing, anchor);
        return _styled ? StyleFeatures.Append(rows, Width - StyleFeatures.Width, style, player: PlayingFeatures.Width - 1) : rows;
    }

    private float[] Anchored(float[] playing, float[] anchor)
    {
        ArgumentNullException.ThrowIfNull(playing);
        ArgumentNullException.ThrowIfNull(anchor);
        if (!_anchored) return playing;
        if (playing.Length != anchor.Length * PlayingFeatures.Width) throw new ArgumentException($"{anchor.Length} frames of anchor and {playing.Length} features are not of the same frames.", nameof(anchor));
        var rows = new float[anchor.Length * AnchoredWidth];
        for (var frame = 0; frame < anchor.Length; frame++)
        {
            var told = playing.AsSpan(frame * PlayingFeatures.Width, PlayingFeatures.Width);
            var row = rows.AsSpan(frame * AnchoredWidth, AnchoredWidth);
            told.CopyTo(row);
            Fill(row[PlayingFeatures.Width..], told, anchor, frame);
        }

        return rows;
    }

    /// <summary>Both hands' features of a window.</summary>
    public PerHand<float[]> Of(PerHand<float[]> playing, PerHand<float[]> anchors, float[] style) => playing.Zip(anchors, (rows, anchor) => Of(rows, anchor, style));

    private static void Fill(Span<float> row, ReadOnlySpan<float> told, float[] anchor, int frame)
    {
        for (var finger = 0; finger < PlayingFeatures.Fingers; finger++)
        {
            if (PlayingFeatures.FingerIn(told, finger).Key is { } key) row[finger] = Seen(key.X - anchor[frame]);
        }

        var (next, last) = PlayingFeatures.ChordsIn(told);
        row[PlayingFeatures.Fingers] = Seen(next - anchor[frame]);
        row[PlayingFeatures.Fingers + 1] = Seen(last - anchor[frame]);
        for (var i = 0; i < Ahead; i++) row[PlayingFeatures.Fingers + Chords + i] = Seen(anchor[Math.Clamp(frame + Way[i], 0, anchor.Length - 1)] - anchor[frame]);
    }

    private static float Seen(float distance) => Math.Clamp(distance / Unit, -Farthest, Farthest);
}
