using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Vision.Watching;

/// <summary>What hands a pianist has, from the distances between wrist and joints over a whole video.</summary>
public static class HandEstimate
{
    // Where the parts of a hand are while it plays, metres above the keys: the palm with its knuckles, the fingers' joints and their tips.
    private const float PalmHeight = 0.055f, MiddleHeight = 0.05f, OuterHeight = 0.035f, TipHeight = 0.015f;

    // The wrist that is seen lies a little farther from the knuckles than the joint, and the palm is seen from above at a slope: together the
    // palm looks so many times as large as it is, measured on drawn hands whose size is known.
    private const float Looks = 0.945f;

    // Fingers look shorter the more they are bent; how long they look in the frames in which they are straightest depends on the player, but
    // less how long one looks beside the others. This is what fingers of usual lengths show, the thumb's first, as shares of the mean of five: between
    // drawn hands, who hold the index straighter, and the person whom the pianist's build was measured from, who holds the little finger so.
    private const double Straightest = 0.9;
    private static readonly float[] UsualShares = [0.978f, 1.018f, 1.031f, 0.994f, 0.979f];

    // Of a difference so much is the hand's: hands differ by about 4 %, how their fingers are held by 5 %.
    private const float Believed = 0.4f;
    private const float LargestDifference = 0.1f;

    // Frames that are looked at, most of all.
    private const int Frames = 2000;

    // Hands seen worse than this are not measured.
    private const float LeastTrust = 0.5f;

    /// <summary>Estimates the size of a pianist's hands, in the middle of what single frames tell.</summary>
    /// <param name="episode">What was seen, joints included.</param>
    /// <param name="camera">The camera.</param>
    /// <returns>Times the usual; 1 where no hand was seen.</returns>
    public static float Size(RecordedEpisode episode, OverheadCamera camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        var skeleton = HandSkeleton.Create(HandSide.Right);
        Vector2 Rest(int joint) => new(skeleton.Points[joint].X, skeleton.Points[joint].Z);
        var usual = Around(Rest(HandJoint.Wrist), Rest(HandJoint.First(Finger.Index)), Rest(HandJoint.First(Finger.Little)));
        var sizes = new List<float>();
        foreach (var (frame, side) in WellSeen(episode))
        {
            var joints = episode.JointsOf(frame, side);
            Vector2 Place(Vector2 seen) => camera.PlaceAt(seen, PalmHeight);
            sizes.Add(Around(Place(episode.Points(frame, side)[0]), Place(joints[3]), Place(joints[12])) / usual / Looks);
        }

        return sizes.Count == 0 ? 1 : Math.Clamp(At(sizes, 0.5), HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
    }

    /// <summary>Estimates how long a pianist's fingers are beside one another, both hands taken together.</summary>
    /// <param name="episode">What was seen, joints included.</param>
    /// <param name="camera">The camera.</param>
    /// <returns>From the thumb to the little finger, times those of usual hands of the same size, as <see cref="HandSkeleton.FingerLengths"/>; 1 where no hand was seen.</returns>
    public static IReadOnlyList<float> FingerLengths(RecordedEpisode episode, OverheadCamera camera)
    {
        ArgumentNullException.ThrowIfNull(camera);
        var skeleton = HandSkeleton.Create(HandSide.Right);
        var looks = new List<float>[Fingers.All.Count];
        for (var slot = 0; slot < looks.Length; slot++) looks[slot] = [];
        foreach (var (frame, side) in WellSeen(episode))
        {
            var joints = episode.JointsOf(frame, side);
            var points = episode.Points(frame, side);
            for (var slot = 0; slot < looks.Length; slot++)
            {
                var (knuckle, middle) = (camera.PlaceAt(joints[3 * slot], PalmHeight), camera.PlaceAt(joints[3 * slot + 1], MiddleHeight));
                var (outer, tip) = (camera.PlaceAt(joints[3 * slot + 2], OuterHeight), camera.PlaceAt(points[slot + 1], TipHeight));
                looks[slot].Add(Vector2.Distance(knuckle, middle) + Vector2.Distance(middle, outer) + Vector2.Distance(outer, tip));
            }
        }

        if (looks[0].Count == 0) return skeleton.FingerLengths;
        float[] shares = [.. Fingers.All.Select(finger => At(looks[(int)finger - 1], Straightest) / Length(skeleton, finger))];
        var mean = shares.Average();
        return [.. shares.Select((share, slot) => 1 + Math.Clamp(Believed * (share / mean / UsualShares[slot] - 1), -LargestDifference, LargestDifference))];
    }

    // Of three bones.
    private static float Length(HandSkeleton skeleton, Finger finger) =>
        skeleton.Bone(HandJoint.First(finger) + 1).Length() + skeleton.Bone(HandJoint.First(finger) + 2).Length() + skeleton.Bone(HandJoint.Tip(finger)).Length();

    // Frames from all over the video, as many as are worth it.
    private static IEnumerable<(int Frame, HandSide Side)> WellSeen(RecordedEpisode episode)
    {
        ArgumentNullException.ThrowIfNull(episode);
        if (episode.Joints is null) yield break;
        var step = Math.Max(1, episode.FrameCount / Frames);
        for (var frame = 0; frame < episode.FrameCount; frame += step)
        {
            foreach (var side in HandSides.Both)
            {
                if (episode.TrustOf(frame, side) >= LeastTrust) yield return (frame, side);
            }
        }
    }

    private static float At(List<float> values, double share)
    {
        values.Sort();
        return values[(int)(share * (values.Count - 1))];
    }

    // The way around wrist and outer knuckles.
    private static float Around(Vector2 wrist, Vector2 index, Vector2 little) => Vector2.Distance(wrist, index) + Vector2.Distance(index, little) + Vector2.Distance(little, wrist);
}
