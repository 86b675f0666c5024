using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Contact;

/// <summary>Chooses the hand and finger that a motion itself suggests for a note: those nearest to its key when it sounds.</summary>
internal static class SuggestedFingers
{
    // Onsets nearer than this are one chord, seconds.
    private const double ChordWindow = 0.03;

    // A finger that has just played another key is as unwelcome as one this much farther away, metres.
    private const float Busy = 0.03f;
    private const double BusySeconds = 0.15;

    /// <summary>The notes with hand and finger, as far as five fingers suffice; in the order given.</summary>
    public static Note[] Complete(IReadOnlyList<Note> notes, TwoHandClip clip)
    {
        Note[] result = [.. notes];
        if (result.All(note => note.Hand is not null && note.Finger is not null)) return result;
        var points = PerHand.Create(clip.Points);
        for (var i = 0; i < result.Length; i++) result[i] = result[i] with { Hand = result[i].Hand ?? NearestHand(result[i], clip, points) };
        foreach (var side in HandSides.Both)
        {
            var order = Enumerable.Range(0, result.Length).Where(i => result[i].Hand == side)
                .OrderBy(i => result[i].Onset).ThenBy(i => result[i].Key).ToArray();
            var last = new (double Time, int Key)[6];
            Array.Fill(last, (double.NegativeInfinity, 0));
            for (var start = 0; start < order.Length;)
            {
                var end = start + 1;
                while (end < order.Length && result[order[end]].Onset - result[order[start]].Onset < ChordWindow) end++;
                Assign(result, order.AsSpan(start, end - start), side, clip, points[side], last);
                start = end;
            }
        }

        return result;
    }

    private static void Assign(Note[] notes, Span<int> chord, HandSide side, TwoHandClip clip, Vector3[] points, (double Time, int Key)[] last)
    {
        // From the thumb's side outwards: upwards for the right hand, downwards for the left.
        if (side == HandSide.Left) chord.Reverse();
        var taken = 0;
        List<int> open = [];
        foreach (var i in chord)
        {
            if (notes[i].Finger is { } given) taken |= 1 << (int)given;
            else if (open.Count < 5) open.Add(i);
        }

        var best = 0;
        var least = float.MaxValue;
        for (var set = 0; set < 64; set += 2)
        {
            if ((set & taken) != 0 || BitOperations.PopCount((uint)set) != open.Count) continue;
            var cost = 0f;
            var finger = 0;
            foreach (var i in open)
            {
                do finger++;
                while ((set & (1 << finger)) == 0);
                cost += Distance(notes[i], clip, points, (Finger)finger);
                if (notes[i].Onset - last[finger].Time < BusySeconds && last[finger].Key != notes[i].Key.Midi) cost += Busy;
            }

            if (cost >= least) continue;
            (least, best) = (cost, set);
        }

        if (least < float.MaxValue)
        {
            var finger = 0;
            foreach (var i in open)
            {
                do finger++;
                while ((best & (1 << finger)) == 0);
                notes[i] = notes[i] with { Finger = (Finger)finger };
            }
        }

        foreach (var i in chord)
        {
            if (notes[i].Finger is { } finger) last[(int)finger] = (notes[i].Offset, notes[i].Key.Midi);
        }
    }

    private static HandSide NearestHand(Note note, TwoHandClip clip, PerHand<Vector3[]> points) =>
        HandSides.Both.MinBy(side => Fingers.All.Min(finger => Distance(note, clip, points[side], finger)));

    // Across the keyboard first of all, then how far the pad is from pressing.
    private static float Distance(Note note, TwoHandClip clip, Vector3[] points, Finger finger)
    {
        var frame = Math.Clamp((int)Math.Round(note.Onset * clip.Fps), 0, clip.FrameCount - 1);
        var pad = points[frame * HandJoint.PointCount + HandJoint.Tip(finger)];
        return MathF.Abs(pad.X - note.Key.CenterX) + 0.5f * MathF.Max(0, pad.Y - note.Key.TopY);
    }
}
