using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Tests;

/// <summary>Clips to try things on: smooth, plausible, and a little different at every joint and frame.</summary>
internal static class Clips
{
    /// <summary>Two hands over the keyboard with a few notes.</summary>
    public static TwoHandClip Smooth(int frames = 40, long seed = 1, double fps = TwoHandClip.DefaultFps, float size = 1.1f)
    {
        var random = new SeededRandom(seed);
        var hands = PerHand.Create(side => Track(side, frames, fps, random));
        return new(hands, TwoHandClip.SkeletonsOfSize(size), fps, Notes(frames / fps));
    }

    public static List<Note> Notes(double duration)
    {
        List<Note> notes = [];
        for (var i = 0; i * 0.25 + 0.2 < duration; i++)
        {
            var right = i % 2 == 1;
            notes.Add(new Note(i * 0.25, i * 0.25 + 0.2, new PianoKey((right ? 60 : 40) + i % 12), 40 + i % 80)
            {
                Hand = right ? HandSide.Right : HandSide.Left,
                Finger = i % 5 == 4 ? null : Fingers.All[i % 5],
            });
        }

        return notes;
    }

    private static HandTrack Track(HandSide side, int frames, double fps, SeededRandom random)
    {
        // A right hand over the keys: fingers (−x at rest) point away from the player, −z.
        var track = new HandTrack(frames);
        var forward = Quaternion.CreateFromAxisAngle(Vector3.UnitY, -MathF.PI / 2);
        var phases = new float[HandJoint.PoseLength];
        for (var i = 0; i < phases.Length; i++) phases[i] = (float)random.Uniform(0, Math.Tau);
        var pose = new HandPose();
        for (var frame = 0; frame < frames; frame++)
        {
            var time = (float)(frame / fps);
            float Wave(int i, float size) => size * MathF.Sin(2 * time + phases[i]);
            pose.Wrist = new(0.2f + Wave(0, 0.1f), 0.08f + Wave(1, 0.02f), 0.1f + Wave(2, 0.03f));
            var tilt = Quaternion.CreateFromYawPitchRoll(Wave(0, 0.2f), Wave(1, 0.1f), Wave(2, 0.2f));
            pose.Rotations[HandJoint.Wrist] = Rotation.ToAxisAngle(tilt * forward);
            for (var joint = 1; joint < HandJoint.Count; joint++)
            {
                pose.Rotations[joint] = new(Wave(joint * 3, 0.1f), Wave(joint * 3 + 1, 0.1f), 0.4f + Wave(joint * 3 + 2, 0.3f));
            }

            track.SetPose(frame, side == HandSide.Right ? pose : HandMirror.Pose(pose));
        }

        return track;
    }
}
