using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Vision.Watching;

/// <summary>How large a pianist's hands are, from the distances between wrist and knuckles over a whole video.</summary>
public static class HandSizeEstimate
{
    // Where the palm is while it plays, metres above the keys.
    private const float PalmHeight = 0.055f;

    // The wrist that is seen lies a little farther from the knuckles than the joint, and the palm is seen from above at a slope: together the
    // palm looks so many times as large as it is, measured on drawn hands whose size is known.
    private const float Looks = 0.945f;

    // Frames that are looked at, most of all.
    private const int Frames = 2000;

    /// <summary>Estimates the size of a pianist's hands, in the middle of what single frames tell.</summary>
    /// <param name="episode">What was seen, joints included.</param>
    /// <param name="camera">The camera.</param>
    /// <returns>Times the usual; 1 where no hand was seen.</returns>
    public static float Of(RecordedEpisode episode, OverheadCamera camera)
    {
        ArgumentNullException.ThrowIfNull(episode);
        ArgumentNullException.ThrowIfNull(camera);
        if (episode.Joints is null) return 1;
        var skeleton = HandSkeleton.Create(HandSide.Right);
        Vector2 Rest(int joint) => new(skeleton.Points[joint].X, skeleton.Points[joint].Z);
        var usual = Around(Rest(HandJoint.Wrist), Rest(HandJoint.First(Finger.Index)), Rest(HandJoint.First(Finger.Little)));
        var sizes = new List<float>();
        var step = Math.Max(1, episode.FrameCount / Frames);
        for (var frame = 0; frame < episode.FrameCount; frame += step)
        {
            foreach (var side in HandSides.Both)
            {
                if (episode.TrustOf(frame, side) < 0.5f) continue;
                var joints = episode.JointsOf(frame, side);
                Vector2 Place(Vector2 seen) => camera.PlaceAt(seen, PalmHeight);
                sizes.Add(Around(Place(episode.Points(frame, side)[0]), Place(joints[3]), Place(joints[12])) / usual / Looks);
            }
        }

        if (sizes.Count == 0) return 1;
        sizes.Sort();
        return Math.Clamp(sizes[sizes.Count / 2], HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
    }

    // The way around wrist and outer knuckles.
    private static float Around(Vector2 wrist, Vector2 index, Vector2 little) => Vector2.Distance(wrist, index) + Vector2.Distance(index, little) + Vector2.Distance(little, wrist);
}
