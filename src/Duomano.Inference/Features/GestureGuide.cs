using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Inference.Motion;

namespace Duomano.Inference.Features;

/// <summary>
/// What goes into a gesture network beside the noisy pose: both wrists, as published, and for networks that take it how each
/// finger would have to reach from the wrist for its key. The difference between a key and a wrist is millimetres among a
/// metre of keyboard; given as it is, it need not be learned as one.
/// </summary>
public sealed class GestureGuide
{
    /// <summary>Numbers a frame of the published guide: own and other wrist.</summary>
    public const int WristsWidth = 6;

    /// <summary>Numbers a frame with the reach of five fingers.</summary>
    public const int ReachWidth = WristsWidth + PlayingFeatures.Fingers * PerFinger;

    /// <summary>Numbers a frame with the own wrist alone, the reach of five fingers, and finer times.</summary>
    public const int OwnReachWidth = 3 + PlayingFeatures.Fingers * PerFingerFiner;

    // Reach along, up and inwards, held, nearness of the next onset and of the last release; finer, both again for what is very near.
    private const int PerFinger = 6;
    private const int PerFingerFiner = PerFinger + 2;

    // Times fade within about this, so that a stroke is told to a few milliseconds.
    private const float FineSeconds = 0.08f;

    // Metres that count as one, for a hand of average size, and how many of them are told apart.
    private const float Unit = 0.025f;
    private const float Farthest = 6;

    // Where pads mostly meet keys, metres (z).
    private const float WhiteZ = -0.035f;
    private const float BlackZ = -0.062f;

    private readonly MotionCodec _codec;
    private readonly bool _reaches;
    private readonly bool _ownOnly;

    /// <summary>Prepares guides of a width.</summary>
    /// <param name="width"><see cref="WristsWidth"/>, <see cref="ReachWidth"/> or <see cref="OwnReachWidth"/>.</param>
    /// <param name="codec">What positions are scaled by.</param>
    /// <exception cref="ArgumentException">No guide is so wide.</exception>
    public GestureGuide(int width, MotionCodec codec)
    {
        ArgumentNullException.ThrowIfNull(codec);
        if (!IsWidth(width)) throw new ArgumentException($"A guide is {WristsWidth} (wrists), {ReachWidth} (wrists and reach) or {OwnReachWidth} (own wrist, reach and finer times) numbers wide, not {width}.", nameof(width));
        Width = width;
        _codec = codec;
        _ownOnly = width == OwnReachWidth;
        _reaches = width == ReachWidth || _ownOnly;
    }

    /// <summary>Numbers a frame.</summary>
    public int Width { get; }

    /// <summary>Whether a guide can be so wide.</summary>
    public static bool IsWidth(int width) => width is WristsWidth or ReachWidth or OwnReachWidth;

    /// <summary>Both hands' guides.</summary>
    /// <param name="positions">Each hand's normalised wrist track, [frames, 3].</param>
    /// <param name="features">What <see cref="PlayingFeatures"/> tells each hand of the same frames; not looked at without reach.</param>
    /// <returns>Each [frames, <see cref="Width"/>].</returns>
    public PerHand<float[]> Of(PerHand<float[]> positions, PerHand<float[]> features) => positions.Zip(features, (track, rows) => (track, rows)).MapWithOther((own, other) =>
    {
        if (own.track.Length != other.track.Length || own.track.Length % 3 != 0) throw new ArgumentException($"{own.track.Length} and {other.track.Length} values are no two equal tracks of 3.", nameof(positions));
        var guide = new float[own.track.Length / 3 * Width];
        for (var frame = 0; frame * 3 < own.track.Length; frame++)
        {
            var row = guide.AsSpan(frame * Width, Width);
            own.track.AsSpan(frame * 3, 3).CopyTo(row);
            if (!_ownOnly) other.track.AsSpan(frame * 3, 3).CopyTo(row[3..]);
            if (_reaches) FillReach(row[(_ownOnly ? 3 : WristsWidth)..], _ownOnly, _codec.WristAt(row[..3]), own.rows.AsSpan(frame * PlayingFeatures.Width, PlayingFeatures.Width));
        }

        return guide;
    });

    private static void FillReach(Span<float> row, bool finer, Vector3 wrist, ReadOnlySpan<float> features)
    {
        var scale = 1 / (Unit * PlayingFeatures.HandSizeIn(features));
        for (var finger = 0; finger < PlayingFeatures.Fingers; finger++)
        {
            var width = finer ? PerFingerFiner : PerFinger;
            var part = row.Slice(finger * width, width);
            var plays = PlayingFeatures.FingerIn(features, finger);
            (part[3], part[4], part[5]) = (plays.Held, plays.NextOnset, plays.LastRelease);
            if (finer) (part[6], part[7]) = (Finer(plays.NextOnset), Finer(plays.LastRelease));
            if (plays.Key is not { } key) continue;
            part[0] = Limited((key.X - wrist.X) * scale);
            part[1] = Limited((key.TopY - wrist.Y) * scale);
            part[2] = Limited(((key.IsBlack ? BlackZ : WhiteZ) - wrist.Z) * scale);
        }
    }

    private static float Finer(float nearness) => MathF.Exp(-PlayingFeatures.SecondsOf(nearness) / FineSeconds);

    private static float Limited(float reach) => Math.Clamp(reach, -Farthest, Farthest);
}
