using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;

namespace Duomano.Evaluation;

/// <summary>Reads off a motion which keys are pressed when.</summary>
public static class KeyStrokes
{
    /// <summary>Finds all presses, by onset.</summary>
    /// <remarks>
    /// A key is pressed in a frame if a pad is over its top and at least <see cref="PianoKey.PressedDepth"/> below its resting
    /// surface; a press is an unbroken run of such frames. Its onset and its end lie where the pad's height, straight
    /// between two frames, crosses that depth; a pad that comes or goes sideways presses from or to its frame.
    /// </remarks>
    /// <param name="clip">The motion.</param>
    public static IReadOnlyList<KeyStroke> Find(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return Find(PerHand.Create(clip.Points), clip.FrameCount, clip.Fps);
    }

    /// <summary>Finds all presses of hands given by their points.</summary>
    /// <param name="points">[frames × 21] positions a hand, metres.</param>
    /// <param name="frames">Number of frames.</param>
    /// <param name="fps">Frames a second.</param>
    internal static IReadOnlyList<KeyStroke> Find(PerHand<Vector3[]> points, int frames, double fps)
    {
        var strokes = new List<KeyStroke>();
        var open = new KeyStroke?[PianoKey.Count];
        var pressedBy = new (HandSide Side, Finger Finger)?[PianoKey.Count];
        var before = new (HandSide Side, Finger Finger)?[PianoKey.Count];
        for (var frame = 0; frame <= frames; frame++)
        {
            Array.Clear(pressedBy);
            if (frame < frames) Press(points, frame, pressedBy);
            for (var i = 0; i < PianoKey.Count; i++)
            {
                if (open[i] is { } stroke && pressedBy[i] is null)
                {
                    var (side, finger) = before[i]!.Value;
                    var end = frame == frames ? frames : frame - 1 + Crossing(points[side], frame, finger, stroke.Key);
                    strokes.Add(stroke with { Offset = end / fps });
                    open[i] = null;
                }
                else if (open[i] is null && pressedBy[i] is { } by)
                {
                    var key = PianoKey.All[i];
                    var start = frame == 0 ? 0 : frame - 1 + Crossing(points[by.Side], frame, by.Finger, key);
                    open[i] = new(key, start / fps, start / fps, by.Side, by.Finger);
                }
            }

            (before, pressedBy) = (pressedBy, before);
        }

        strokes.Sort((a, b) => a.Onset != b.Onset ? a.Onset.CompareTo(b.Onset) : a.Key.CompareTo(b.Key));
        return strokes;
    }

    // Of several fingers on a key the deepest one counts.
    private static void Press(PerHand<Vector3[]> points, int frame, (HandSide Side, Finger Finger)?[] pressedBy)
    {
        Span<float> deepest = stackalloc float[PianoKey.Count];
        foreach (var side in HandSides.Both)
        {
            foreach (var finger in Fingers.All)
            {
                var tip = points[side][frame * HandJoint.PointCount + HandJoint.Tip(finger)];
                if (PianoKey.Under(tip.X, tip.Z) is not { } key) continue;
                var depth = key.TopY - tip.Y;
                if (!(depth >= PianoKey.PressedDepth && depth > deepest[key.Index])) continue; // NaN is no press
                deepest[key.Index] = depth;
                pressedBy[key.Index] = (side, finger);
            }
        }
    }

    // Where between the frame before and this one a pad crosses the pressing depth (0 to 1); 1 if it does not.
    private static double Crossing(Vector3[] points, int frame, Finger finger, PianoKey key)
    {
        var tip = frame * HandJoint.PointCount + HandJoint.Tip(finger);
        double before = key.TopY - points[tip - HandJoint.PointCount].Y - PianoKey.PressedDepth;
        double now = key.TopY - points[tip].Y - PianoKey.PressedDepth;
        return before < 0 == now < 0 ? 1 : before / (before - now);
    }
}
