using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Core.Tests.Contact;

/// <summary>What a camera above the keys sees of a motion that is known.</summary>
internal static class FilmedPianist
{
    /// <summary>The episode of a clip.</summary>
    /// <param name="clip">The motion.</param>
    /// <param name="camera">Who films it.</param>
    /// <param name="notes">The notes that are told.</param>
    /// <param name="noise">How far places are off, metres (uniformly to either side).</param>
    /// <param name="isSeen">Whether a hand is seen in a frame; null for always.</param>
    /// <param name="stretch">How many times as long the keyboard seems as it is.</param>
    public static RecordedEpisode Film(TwoHandClip clip, OverheadCamera camera, IEnumerable<Note> notes, float noise = 0, Func<int, HandSide, bool>? isSeen = null, float stretch = 1)
    {
        var random = new Random(7);
        float Off() => noise * (2 * random.NextSingle() - 1);
        var (points, joints, trust) = (new List<Vector2>(), new List<Vector2>(), new List<float>());
        var all = PerHand.Create(clip.Points);
        for (var frame = 0; frame < clip.FrameCount; frame++)
        {
            foreach (var side in HandSides.Both)
            {
                var seen = isSeen?.Invoke(frame, side) ?? true;
                Vector2 At(int point) => seen ? camera.Project(all[side][frame * HandJoint.PointCount + point]) * new Vector2(stretch, 1) + new Vector2(Off(), Off()) : new(9, 9);
                points.Add(At(HandJoint.Wrist));
                foreach (var finger in Fingers.All) points.Add(At(HandJoint.Tip(finger)));
                foreach (var finger in Fingers.All) for (var segment = 0; segment < 3; segment++) joints.Add(At(HandJoint.First(finger) + segment));
                trust.Add(seen ? 1 : 0);
            }
        }

        return new([.. points], clip.Fps, notes, 0) { Joints = [.. joints], Trust = [.. trust] };
    }

    /// <summary>Median distance of the fingertips of two clips over some frames, metres, along each axis.</summary>
    public static Vector3 Apart(TwoHandClip a, TwoHandClip b, HandSide side, int from, int to)
    {
        var (x, y, z) = (new List<float>(), new List<float>(), new List<float>());
        var (one, other) = (a.Points(side), b.Points(side));
        for (var frame = from; frame < to; frame++)
        {
            foreach (var finger in Fingers.All)
            {
                var apart = Vector3.Abs(one[frame * HandJoint.PointCount + HandJoint.Tip(finger)] - other[frame * HandJoint.PointCount + HandJoint.Tip(finger)]);
                x.Add(apart.X);
                y.Add(apart.Y);
                z.Add(apart.Z);
            }
        }

        return new(Median(x), Median(y), Median(z));
    }

    private static float Median(List<float> values) => values.Order().ElementAt(values.Count / 2);
}
