using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Vision.Hands;
using Duomano.Vision.Keyboards;

namespace Duomano.Vision.Watching;

/// <summary>Carries hands from a video's pixels to the plane of the keys.</summary>
public static class HandsOnKeys
{
    // MediaPipe's points: the wrist, then four of each finger from the thumb on.
    private const int PointsOfFinger = 4;

    // MediaPipe's fingertips are so far in front of the pads, measured on drawn hands, metres.
    private const float TipAhead = 0.0045f;

    // Where a hand is that is never seen: beside its half of the keyboard, and how far its fingers are spread, metres.
    private const float Away = 0.45f, Spread = 0.022f, Reach = 0.15f, FrontZ = -0.02f;

    /// <summary>Makes an episode of what was seen.</summary>
    /// <param name="hands">The hands in each frame.</param>
    /// <param name="keyboard">Where the keyboard is in each frame.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="notes">The notes, times from the first frame on.</param>
    /// <returns>Places of wrists, fingertips and joints; hands that were not seen are between where they were, with no trust.</returns>
    public static RecordedEpisode Make(IReadOnlyList<PerHand<HandLandmarks?>> hands, Func<int, KeyboardSighting> keyboard, double fps, IEnumerable<Note> notes)
    {
        ArgumentNullException.ThrowIfNull(hands);
        ArgumentNullException.ThrowIfNull(keyboard);
        const int Points = RecordedEpisode.PointCount, Joints = RecordedEpisode.JointCount;
        var (points, joints, trust) = (new Vector2[hands.Count * 2 * Points], new Vector2[hands.Count * 2 * Joints], new float[hands.Count * 2]);
        foreach (var side in HandSides.Both)
        {
            for (var frame = 0; frame < hands.Count; frame++)
            {
                if (hands[frame][side] is not { } hand) continue;
                var (row, plane) = (frame * 2 + (int)side, keyboard(frame));
                points[row * Points] = plane.OnKeys(hand.Points[0]);
                for (var finger = 0; finger < 5; finger++)
                {
                    for (var joint = 0; joint < 3; joint++) joints[row * Joints + 3 * finger + joint] = plane.OnKeys(hand.Points[1 + PointsOfFinger * finger + joint]);
                    points[row * Points + finger + 1] = plane.OnKeys(hand.Points[PointsOfFinger * (finger + 1)]);
                }

                trust[row] = hand.Presence * hand.Presence;
            }

            Fill(points, trust, side, Points, (at) => At(side, at, -1));
            Fill(joints, trust, side, Joints, (at) => At(side, at / 3 + 1, at % 3));
        }

        return new(points, fps, notes, 0) { Joints = joints, Trust = trust, TipAhead = TipAhead };
    }

    // Between two times when a hand is seen it is on the straight way from one to the other.
    private static void Fill(Vector2[] places, float[] trust, HandSide side, int count, Func<int, Vector2> never)
    {
        var frames = trust.Length / 2;
        var seen = Enumerable.Range(0, frames).Where(frame => trust[frame * 2 + (int)side] > 0).ToList();
        var next = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            while (next < seen.Count && seen[next] < frame) next++;
            if (next < seen.Count && seen[next] == frame) continue;
            var (before, after) = (next > 0 ? seen[next - 1] : seen.Count > 0 ? seen[0] : -1, next < seen.Count ? seen[next] : seen.Count > 0 ? seen[^1] : -1);
            for (var at = 0; at < count; at++)
            {
                Vector2 Seen(int from) => places[(from * 2 + (int)side) * count + at];
                places[(frame * 2 + (int)side) * count + at] = before < 0 ? never(at)
                    : before == after ? Seen(before) : Vector2.Lerp(Seen(before), Seen(after), (frame - before) / (float)(after - before));
            }
        }
    }

    // A resting hand: point 0 the wrist, 1 to 5 the fingers; joint -1 for a fingertip, 0 for a knuckle.
    private static Vector2 At(HandSide side, int point, int joint)
    {
        var sign = side == HandSide.Left ? -1 : 1;
        if (point == 0) return new(sign * Away, FrontZ + Reach);
        var share = joint < 0 ? 1 : 0.5f + joint * 0.17f;
        return new(sign * (Away + share * (point - 3) * Spread), FrontZ + (1 - share) * Reach);
    }
}
