using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Motion;

public sealed partial class TwoHandClip
{
    /// <summary>
    /// The same motion at another frame rate; frame i stands at i / fps seconds in both. Positions follow a cubic through
    /// their neighbours (Catmull–Rom), rotations the shortest arc (slerp), written as axis-angle vectors without jumps.
    /// </summary>
    /// <param name="fps">Frames a second, positive and finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not positive and finite.</exception>
    public TwoHandClip Resample(double fps)
    {
        if (!(fps > 0 && double.IsFinite(fps))) throw new ArgumentOutOfRangeException(nameof(fps), fps, "A frame rate is positive and finite.");
        if (fps == Fps || FrameCount == 0) return new(Hands, Skeletons, fps, Notes) { Pedal = Pedal, Seen = Seen };
        var count = Math.Max(1, checked((int)Math.Round(FrameCount * (fps / Fps))));
        // Seen is what lies between two frames that were.
        bool[] SeenAt(bool[] seen) => [.. Enumerable.Range(0, count).Select(i => Math.Min(i * Fps / fps, FrameCount - 1)).Select(position => seen[(int)position] && seen[(int)Math.Ceiling(position)])];
        return new(Hands.Map(track => Resample(track, count, Fps / fps)), Skeletons, fps, Notes) { Pedal = Pedal, Seen = Seen?.Map(SeenAt) };
    }

    private static HandTrack Resample(HandTrack track, int count, double step)
    {
        var result = new HandTrack(count);
        var last = track.FrameCount - 1;
        var (from, to, between) = (new HandPose(), new HandPose(), new HandPose());
        for (var i = 0; i < count; i++)
        {
            var position = Math.Min(i * step, last);
            var frame = (int)position;
            var next = Math.Min(frame + 1, last);
            var part = (float)(position - frame);
            track.GetPose(frame, from);
            track.GetPose(next, to);

            // Beyond its ends the motion goes straight on.
            var before = frame > 0 ? track.Wrist(frame - 1) : 2 * from.Wrist - to.Wrist;
            var after = next < last ? track.Wrist(next + 1) : 2 * to.Wrist - from.Wrist;
            between.Wrist = CatmullRom(before, from.Wrist, to.Wrist, after, part);
            for (var joint = 0; joint < HandJoint.Count; joint++)
            {
                // The vector nearest to the source's keeps the source's own choice among equal rotations.
                var rotation = Quaternion.Slerp(Rotation.FromAxisAngle(from.Rotations[joint]), Rotation.FromAxisAngle(to.Rotations[joint]), part);
                var reference = Vector3.Lerp(from.Rotations[joint], to.Rotations[joint], part);
                between.Rotations[joint] = part == 0 ? from.Rotations[joint] : Rotation.Nearest(Rotation.ToAxisAngle(rotation), reference);
            }

            result.SetPose(i, between);
        }

        return result;
    }

    private static Vector3 CatmullRom(Vector3 before, Vector3 from, Vector3 to, Vector3 after, float part)
    {
        var square = part * part;
        var cube = square * part;
        return 0.5f * (2 * from + (to - before) * part + (2 * before - 5 * from + 4 * to - after) * square + (3 * from - before - 3 * to + after) * cube);
    }
}
