using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Motion;
using Duomano.Core.Music;

namespace Duomano.Evaluation.Tests;

/// <summary>Makes clips in which one finger's pad is where it is told to be, all others well above the keys.</summary>
internal sealed class PointingHand(HandSide side, Finger finger)
{
    private readonly HandSkeleton _skeleton = HandSkeleton.Create(side);

    public HandSide Side => side;

    /// <summary>A point over a key's top, some way in from the front edge.</summary>
    public static Vector3 Above(int midi, float height)
    {
        var key = new PianoKey(midi);
        return new(key.CenterX, key.TopY + height, key.FrontZ - 0.02f);
    }

    /// <summary>The pose that brings the pad to a point.</summary>
    public HandPose Reach(Vector3 target)
    {
        var pose = new HandPose();
        pose.Rotations[HandJoint.Wrist] = new(0, -MathF.PI / 2, 0); // a right hand's fingers away from the player
        foreach (var other in Fingers.All)
        {
            if (other != finger) pose.Rotations[HandJoint.First(other)] = new(0, 0, -0.7f); // lifted
        }

        if (side == HandSide.Left) pose = HandMirror.Pose(pose);
        Span<Vector3> points = stackalloc Vector3[HandJoint.PointCount];
        ForwardKinematics.Points(_skeleton, pose, points);
        pose.Wrist = target - points[HandJoint.Tip(finger)];
        return pose;
    }

    /// <summary>A clip in which this hand follows a path and the other one stays far away.</summary>
    public TwoHandClip Clip(int frames, Func<double, Vector3> path, IReadOnlyList<Note>? notes = null, double fps = 30)
    {
        var track = new HandTrack(frames);
        for (var frame = 0; frame < frames; frame++) track.SetPose(frame, Reach(path(frame / fps)));
        var away = new PointingHand(side.Other(), Finger.Index);
        var rest = new HandTrack(frames);
        for (var frame = 0; frame < frames; frame++) rest.SetPose(frame, away.Reach(new(side == HandSide.Right ? -0.9f : 0.9f, 0.3f, 0.1f)));
        var hands = side == HandSide.Left ? new PerHand<HandTrack>(track, rest) : new PerHand<HandTrack>(rest, track);
        return new(hands, TwoHandClip.SkeletonsOfSize(1), fps, notes);
    }

    /// <summary>
    /// Plays notes one after the other: the pad falls from 20 mm above the key to its bed in a twentieth of a second, so
    /// that it passes the pressing depth exactly at the onset, and rises as quickly at the end.
    /// </summary>
    public TwoHandClip Playing(int frames, IReadOnlyList<Note> notes)
    {
        return Clip(frames, At, notes);

        Vector3 At(double time)
        {
            var nearest = notes.MinBy(note => Math.Max(note.Onset - time, time - note.Offset));
            var sinceOnset = (time - nearest.Onset) / 0.05;
            var untilEnd = (nearest.Offset - time) / 0.05;
            var depth = Math.Clamp(Math.Min(sinceOnset, untilEnd) * 0.030 + PianoKey.PressedDepth, -0.020, 0.009);
            return Above(nearest.Key.Midi, (float)-depth);
        }
    }
}
