using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>Where the keyboard is in a video.</summary>
public sealed class SeenKeyboard
{
    private readonly IReadOnlyList<Homography> _frames;

    /// <summary>A keyboard that does not move.</summary>
    /// <param name="toKeys">From pixels to the plane of the keys.</param>
    /// <param name="lowest">The lowest key that is seen.</param>
    /// <param name="highest">The highest one.</param>
    /// <param name="isOctaveKnown">Whether it is sure which octave they are of.</param>
    public SeenKeyboard(Homography toKeys, PianoKey lowest, PianoKey highest, bool isOctaveKnown)
        : this([toKeys], lowest, highest, isOctaveKnown)
    {
    }

    /// <summary>A keyboard that is elsewhere in each frame, since the camera moves.</summary>
    /// <param name="frames">From each frame's pixels to the plane of the keys; one for all frames.</param>
    /// <param name="lowest">The lowest key that is seen.</param>
    /// <param name="highest">The highest one.</param>
    /// <param name="isOctaveKnown">Whether it is sure which octave they are of.</param>
    public SeenKeyboard(IReadOnlyList<Homography> frames, PianoKey lowest, PianoKey highest, bool isOctaveKnown)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0) throw new ArgumentException("A keyboard is somewhere in one frame at least.", nameof(frames));
        (_frames, Lowest, Highest, IsOctaveKnown) = (frames, lowest, highest, isOctaveKnown);
    }

    /// <summary>The lowest key that is seen.</summary>
    public PianoKey Lowest { get; }

    /// <summary>The highest key that is seen.</summary>
    public PianoKey Highest { get; }

    /// <summary>Whether it is sure which octave they are of.</summary>
    public bool IsOctaveKnown { get; }

    /// <summary>Whether it stays where it is.</summary>
    public bool IsStill => _frames.Count == 1;

    /// <summary>From a frame's pixels to the plane of the keys.</summary>
    public Homography At(int frame) => _frames[Math.Clamp(frame, 0, _frames.Count - 1)];

    /// <summary>The corners of the keys that are seen, in a frame's pixels: far and near, from the bass to the treble and back.</summary>
    public Vector2[] Corners(int frame)
    {
        var (left, right) = (Edge(Lowest, -1), Edge(Highest, 1));
        var toPicture = At(frame).Inverted();
        return [.. new Vector2[] { new(left, PianoKey.BackZ), new(right, PianoKey.BackZ), new(right, 0), new(left, 0) }.Select(toPicture.Apply)];
    }

    /// <summary>The same keyboard some octaves higher; null where that would leave the 88 keys.</summary>
    public SeenKeyboard? Shifted(int octaves)
    {
        if (!PianoKey.IsOnPiano(Lowest.Midi + 12 * octaves) || !PianoKey.IsOnPiano(Highest.Midi + 12 * octaves)) return null;
        var higher = Homography.FromMatrix([1, 0, octaves * 7 * PianoKey.WhiteSpacing, 0, 1, 0, 0, 0, 1]);
        return new([.. _frames.Select(higher.After)], new(Lowest.Midi + 12 * octaves), new(Highest.Midi + 12 * octaves), IsOctaveKnown);
    }

    /// <summary>A keyboard whose corners are given.</summary>
    /// <param name="corners">Pixels: far and near corners of the keys, from the bass to the treble and back.</param>
    /// <param name="lowest">The lowest key between them.</param>
    /// <param name="highest">The highest one.</param>
    /// <exception cref="ArgumentException">There are not four corners, or three of them lie on a line, or they are told in another order.</exception>
    public static SeenKeyboard FromCorners(IReadOnlyList<Vector2> corners, PianoKey lowest, PianoKey highest)
    {
        ArgumentNullException.ThrowIfNull(corners);
        if (corners.Count != 4) throw new ArgumentException($"A keyboard has four corners, not {corners.Count}.", nameof(corners));
        if (highest.Index < lowest.Index + 11) throw new ArgumentException($"From {lowest.Name} to {highest.Name} is less than an octave.", nameof(highest));
        // All turn to the same side where they go around.
        for (var i = 0; i < 4; i++)
        {
            var (a, b) = (corners[(i + 1) % 4] - corners[i], corners[(i + 2) % 4] - corners[(i + 1) % 4]);
            if (a.X * b.Y - a.Y * b.X < 1) throw new ArgumentException("The corners are not those of a keyboard: far left, far right, near right and near left of who plays were expected.", nameof(corners));
        }

        var (left, right) = (Edge(lowest, -1), Edge(highest, 1));
        return new(Homography.Fit(corners, [new(left, PianoKey.BackZ), new(right, PianoKey.BackZ), new(right, 0), new(left, 0)]), lowest, highest, true);
    }

    private static float Edge(PianoKey key, int side) => key.CenterX + side * key.Width / 2;
}
