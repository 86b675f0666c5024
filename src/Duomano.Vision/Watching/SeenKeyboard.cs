using System.Numerics;
using Duomano.Core.Keyboard;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>Where the keyboard is in each frame of a video.</summary>
public sealed class SeenKeyboard
{
    private readonly IReadOnlyList<KeyboardSighting> _frames;

    /// <summary>A keyboard that is elsewhere in each frame where the camera moves.</summary>
    /// <param name="frames">Its sighting in each frame; a single one for all of them.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public SeenKeyboard(IReadOnlyList<KeyboardSighting> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0) throw new ArgumentException("A keyboard is somewhere in one frame at least.", nameof(frames));
        _frames = frames.All(frame => ReferenceEquals(frame, frames[0])) ? [frames[0]] : frames;
    }

    /// <summary>Whether it stays where it is.</summary>
    public bool IsStill => _frames.Count == 1;

    /// <summary>Whether it is sure which octave its keys are of.</summary>
    public bool IsOctaveKnown => _frames[0].IsOctaveKnown;

    /// <summary>Where it is in a frame.</summary>
    public KeyboardSighting At(int frame) => _frames[Math.Clamp(frame, 0, _frames.Count - 1)];

    /// <summary>The same keyboard some octaves higher; null where that would leave the 88 keys.</summary>
    public SeenKeyboard? Shifted(int octaves)
    {
        if (_frames.Any(frame => !PianoKey.IsOnPiano(frame.Lowest.Midi + 12 * octaves) || !PianoKey.IsOnPiano(frame.Highest.Midi + 12 * octaves))) return null;
        return new([.. _frames.Select(frame => frame.Shifted(octaves))]);
    }

    /// <summary>A keyboard whose corners are given.</summary>
    /// <param name="corners">Pixels: far left, far right, near right and near left as whoever plays sees them.</param>
    /// <param name="lowestKey">The lowest key between them; the piano's if null.</param>
    /// <param name="highestKey">The highest one; the piano's if null.</param>
    /// <exception cref="ArgumentException">There are not four corners, or three of them lie on a line, or they are told in another order.</exception>
    public static KeyboardSighting FromCorners(IReadOnlyList<Vector2> corners, PianoKey? lowestKey, PianoKey? highestKey)
    {
        ArgumentNullException.ThrowIfNull(corners);
        var (lowest, highest) = (lowestKey ?? PianoKey.All[0], highestKey ?? PianoKey.All[^1]);
        if (corners.Count != 4) throw new ArgumentException($"A keyboard has four corners, not {corners.Count}.", nameof(corners));
        if (highest.Index < lowest.Index + 11) throw new ArgumentException($"From {lowest.Name} to {highest.Name} is less than an octave.", nameof(highestKey));
        // All turn to the same side where they go around.
        for (var i = 0; i < 4; i++)
        {
            var (a, b) = (corners[(i + 1) % 4] - corners[i], corners[(i + 2) % 4] - corners[(i + 1) % 4]);
            if (a.X * b.Y - a.Y * b.X < 1) throw new ArgumentException("The corners are not those of a keyboard: far left, far right, near right and near left of who plays were expected.", nameof(corners));
        }

        var (left, right) = (lowest.ExtentX(0).Left, highest.ExtentX(0).Right);
        return new(Homography.Fit(corners, [new(left, PianoKey.BackZ), new(right, PianoKey.BackZ), new(right, 0), new(left, 0)]), lowest, highest, true, 1);
    }
}
