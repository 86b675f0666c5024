using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Playing;

namespace Duomano.Core.Contact;

/// <summary>Finds strokes whose finger does not press its key, in spite of all.</summary>
internal static class MissedStrokes
{
    /// <summary>The notes of such strokes, by onset.</summary>
    public static List<Note> Of(TwoHandClip clip, PerHand<List<Stroke>> strokes)
    {
        var missed = new List<Note>();
        foreach (var side in HandSides.Both)
        {
            var points = clip.Points(side);
            missed.AddRange(strokes[side].Where(stroke => !IsPressed(stroke, clip, points)).Select(stroke => stroke.Note));
        }

        missed.Sort((a, b) => a.Onset != b.Onset ? a.Onset.CompareTo(b.Onset) : a.Key.CompareTo(b.Key));
        return missed;
    }

    private static bool IsPressed(Stroke stroke, TwoHandClip clip, Vector3[] points)
    {
        var last = Math.Min(clip.FrameCount - 1, (int)Math.Ceiling(stroke.Release * clip.Fps));
        for (var frame = Math.Max(0, (int)Math.Floor(stroke.Press * clip.Fps)); frame <= last; frame++)
        {
            var pad = points[frame * HandJoint.PointCount + HandJoint.Tip(stroke.Finger)];
            if (PianoKey.Under(pad.X, pad.Z) == stroke.Note.Key && pad.Y < stroke.Note.Key.TopY - PianoKey.PressedDepth) return true;
        }

        return false;
    }
}
