using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Performing;

/// <summary>Which keys a clip's pads press, found from positions alone.</summary>
internal static class KeyPresses
{
    private const float Pressed = 0.004f - 1e-5f;

    /// <summary>Frames × 88: whether a key is at least 4 mm down.</summary>
    public static bool[,] Of(TwoHandClip clip)
    {
        var pressed = new bool[clip.FrameCount, PianoKey.Count];
        foreach (var side in HandSides.Both)
        {
            var points = clip.Points(side);
            for (var frame = 0; frame < clip.FrameCount; frame++)
            {
                for (var tip = HandJoint.Count; tip < HandJoint.PointCount; tip++)
                {
                    var pad = points[frame * HandJoint.PointCount + tip];
                    if (PianoKey.Under(pad.X, pad.Z) is { } key && pad.Y <= key.TopY - Pressed) pressed[frame, key.Index] = true;
                }
            }
        }

        return pressed;
    }

    /// <summary>Every press: its key and the time of its first frame.</summary>
    public static List<(PianoKey Key, double Time)> Onsets(TwoHandClip clip)
    {
        var pressed = Of(clip);
        List<(PianoKey, double)> onsets = [];
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            foreach (var key in PianoKey.All)
            {
                if (pressed[frame, key.Index] && (frame == 0 || !pressed[frame - 1, key.Index])) onsets.Add((key, frame / clip.Fps));
            }
        }

        return onsets;
    }

    /// <summary>F1 of press onsets against the notes, same key within 50 ms, one to one.</summary>
    public static double NoteF1(TwoHandClip clip, IReadOnlyList<Note> notes)
    {
        var onsets = Onsets(clip);
        var total = onsets.Count + notes.Count;
        var found = 0;
        foreach (var note in notes.OrderBy(note => note.Onset))
        {
            var match = onsets.FindIndex(onset => onset.Key == note.Key && Math.Abs(onset.Time - note.Onset) <= 0.05);
            if (match < 0) continue;
            found++;
            onsets.RemoveAt(match);
        }

        return 2.0 * found / total;
    }

    /// <summary>The farthest pad below the bed of the key it is over, metres.</summary>
    public static float DeepestBelowBed(TwoHandClip clip)
    {
        var deepest = 0f;
        foreach (var side in HandSides.Both)
        {
            var points = clip.Points(side);
            for (var i = 0; i < points.Length; i++)
            {
                if (i % HandJoint.PointCount < HandJoint.Count) continue;
                Vector3 pad = points[i];
                if (PianoKey.Under(pad.X, pad.Z) is { } key) deepest = MathF.Max(deepest, key.TopY - PianoKey.Travel - pad.Y);
            }
        }

        return deepest;
    }
}
