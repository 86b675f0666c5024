using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Contact;

/// <summary>
/// Chooses the hand and finger that a motion itself suggests for a note. The hand is the nearest one; of all fingerings
/// that it can play, the one whose fingertips are near to their keys when they sound, and that is likely by itself: a
/// motion that is a little aside all the time is still understood.
/// </summary>
internal static class SuggestedFingers
{
    // What a fingertip's distance from its key says against a finger, a metre, in the costs of fingering.
    private const double DistanceCost = 700;

    // Farther away it says no more, metres.
    private const float Far = 0.3f;

    /// <summary>The notes with hand and finger, as far as five fingers suffice; in the order given.</summary>
    public static Note[] Complete(IReadOnlyList<Note> notes, TwoHandClip clip)
    {
        if (notes.All(IsComplete)) return [.. notes];
        var points = PerHand.Create(clip.Points);
        var size = Math.Clamp(clip.Skeletons.Right.Size, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        return Complete(notes, size, (note, side, finger) => Distance(note, clip, points[side], finger));
    }

    /// <summary>The same, by how far each finger of each hand is from a note's key when it sounds, metres.</summary>
    /// <param name="notes">The notes.</param>
    /// <param name="handSize">Size of the hands.</param>
    /// <param name="distance">How far a finger is from a note's key.</param>
    /// <param name="cost">What that says against the finger, a metre, in the costs of fingering.</param>
    public static Note[] Complete(IReadOnlyList<Note> notes, float handSize, Func<Note, HandSide, Finger, float> distance, double cost = DistanceCost)
    {
        Note[] result = [.. notes];
        if (result.All(IsComplete)) return result;
        for (var i = 0; i < result.Length; i++)
        {
            var note = result[i];
            result[i] = note with { Hand = note.Hand ?? HandSides.Both.MinBy(side => Fingers.All.Min(finger => distance(note, side, finger))) };
        }

        int[] order = [.. Enumerable.Range(0, result.Length).OrderBy(i => result[i].Onset).ThenBy(i => result[i].Key).ThenBy(i => result[i].Offset)];
        Note[] inTime = [.. order.Select(i => result[i])];
        HandSide[] sides = [.. inTime.Select(note => note.Hand!.Value)];
        var options = FingeringOptions.Default with { HandSize = handSize };
        foreach (var side in HandSides.Both)
        {
            var slices = Slice.Of(inTime, sides, side, options.ChordWindow);
            var search = new FingeringSearch(options) { Evidence = (index, shape) => cost * Sum(slices[index], shape, (note, finger) => MathF.Min(Far, distance(inTime[note], side, finger))) };
            var shapes = search.Find(slices);
            for (var i = 0; i < slices.Count; i++)
            {
                for (var j = 0; j < shapes[i].Length; j++)
                {
                    ref var note = ref result[order[slices[i].Notes[j].Index]];
                    if (note.Finger is null && shapes[i][j] != 0) note = note with { Finger = (Finger)shapes[i][j] };
                }
            }
        }

        return result;
    }

    private static bool IsComplete(Note note) => note.Hand is not null && note.Finger is not null;

    private static float Sum(Slice slice, byte[] shape, Func<int, Finger, float> distance)
    {
        var sum = 0f;
        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] != 0) sum += distance(slice.Notes[i].Index, (Finger)shape[i]);
        }

        return sum;
    }

    // Across the keyboard first of all, then how far the pad is from pressing.
    private static float Distance(Note note, TwoHandClip clip, Vector3[] points, Finger finger)
    {
        var frame = Math.Clamp((int)Math.Round(note.Onset * clip.Fps), 0, clip.FrameCount - 1);
        var pad = points[frame * HandJoint.PointCount + HandJoint.Tip(finger)];
        var distance = MathF.Abs(pad.X - note.Key.CenterX) + 0.5f * MathF.Max(0, pad.Y - note.Key.TopY);
        return distance < Far ? distance : Far;
    }
}
