using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Formats.Motion;

/// <summary>Finds a hand's build from where its joints are and how they are turned.</summary>
internal static class MeasuredSkeleton
{
    private const int MostFrames = 100;
    private const float LongestBone = 0.3f;

    // Points of files are rounded; builds differ by more, metres.
    private const float Rounding = 5e-5f;

    /// <summary>One of our own hands whose joints are where a file has them; null if there is none of this size.</summary>
    /// <param name="side">Whose hand it is.</param>
    /// <param name="size">Its size; null where unknown.</param>
    /// <param name="fingerLengths">How long its fingers are, times the usual; null for 1.</param>
    /// <param name="track">Its motion.</param>
    /// <param name="points">[frames × 21] positions.</param>
    public static HandSkeleton? OfSize(HandSide side, float? size, IReadOnlyList<float>? fingerLengths, HandTrack track, ReadOnlySpan<Vector3> points)
    {
        if (size is null) return null;
        var pose = new HandPose();
        track.GetPose(0, pose);
        Span<Vector3> own = stackalloc Vector3[HandJoint.PointCount];
        foreach (var build in Enum.GetValues<HandBuild>())
        {
            var skeleton = HandSkeleton.Create(side, size.Value, build, fingerLengths);
            ForwardKinematics.Points(skeleton, pose, own);
            var farthest = 0f;
            for (var point = 0; point < own.Length; point++) farthest = MathF.Max(farthest, Vector3.Distance(own[point], points[point]));
            if (farthest < Rounding) return skeleton;
        }

        return null;
    }

    /// <summary>The rest positions that explain the points best: each bone turned back to rest, on average over frames.</summary>
    /// <param name="side">Whose hand it is.</param>
    /// <param name="track">Its motion.</param>
    /// <param name="points">[frames × 21] positions.</param>
    /// <param name="error">Makes the exception for points that no hand has.</param>
    public static HandSkeleton From(HandSide side, HandTrack track, ReadOnlySpan<Vector3> points, Func<string, Exception> error)
    {
        var bones = new Vector3[HandJoint.PointCount];
        var pose = new HandPose();
        var scratch = new Vector3[HandJoint.PointCount];
        var orientations = new Quaternion[HandJoint.Count];
        var average = HandSkeleton.Create(side, build: HandBuild.Average);
        var frames = Math.Min(MostFrames, track.FrameCount);
        for (var i = 0; i < frames; i++)
        {
            var frame = (int)((long)i * track.FrameCount / frames);
            track.GetPose(frame, pose);

            // Orientations do not depend on the bones, so any skeleton gives them.
            ForwardKinematics.Points(average, pose, scratch, orientations);
            var row = points.Slice(frame * HandJoint.PointCount, HandJoint.PointCount);
            for (var point = 1; point < HandJoint.PointCount; point++)
            {
                var parent = HandJoint.Parents[point];
                bones[point] += Vector3.Transform(row[point] - row[parent], Quaternion.Conjugate(orientations[parent])) / frames;
            }
        }

        var rest = new Vector3[HandJoint.PointCount];
        for (var point = 1; point < HandJoint.PointCount; point++)
        {
            if (!(bones[point].Length() < LongestBone)) throw error($"the bone to {HandJoint.Name(point)} is {bones[point].Length() * 1000:F0} mm long, expected less than {LongestBone * 1000:F0}");
            rest[point] = rest[HandJoint.Parents[point]] + bones[point];
        }

        // Size matters to who only asks how large the hand is: its longest finger's metacarpal tells.
        var knuckle = HandJoint.First(Core.Fingering.Finger.Middle);
        var size = rest[knuckle].Length() / average.Points[knuckle].Length();
        return new(side, rest, Math.Clamp(size, HandSkeleton.SmallestSize, HandSkeleton.LargestSize));
    }
}
