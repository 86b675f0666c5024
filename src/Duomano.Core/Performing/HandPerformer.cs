using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Core.Performing;

/// <summary>Carries out one (right) hand's strokes.</summary>
internal sealed class HandPerformer
{
    private const int Corrections = 8;

    // An unused finger that cannot follow stays at its height first of all.
    private static readonly Vector3 Upright = 4 * Vector3.UnitY;

    // The wrist is in place this long before a key goes down, seconds.
    private const double Ahead = 0.03;

    private readonly HandIk _hand;
    private readonly NaturalPosture _posture;
    private readonly WristPath _wrist;
    private readonly PadPath[] _pads;
    private readonly double _fps;
    private readonly HandSide _side;

    public HandPerformer(HandSide side, HandIk hand, NaturalPosture posture, IReadOnlyList<Stroke> strokes, WristPath wrist, PerformanceStyle style, double fps)
    {
        _side = side;
        _hand = hand;
        _posture = posture;
        _wrist = wrist;
        _fps = fps;
        _pads = [.. Fingers.All.Select(finger => new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], style))];
    }

    public HandTrack Play(int frames)
    {
        var correction = new WristCorrection(_hand, frames, RestingAngles());
        for (var i = 0; i < Corrections; i++)
        {
            if (!correction.Look(_wrist.At, Held)) break;
            _wrist.Move(correction);
        }

        var track = new HandTrack(frames);
        var pose = new HandPose();
        var angles = RestingAngles();
        var before = Vector3.Zero;
        for (var frame = 0; frame < frames; frame++)
        {
            var wrist = _wrist.At(frame);
            pose.Wrist = wrist.Position;
            before = Rotation.Nearest(Rotation.ToAxisAngle(wrist.Orientation), before);
            pose.Rotations[HandJoint.Wrist] = before;
            foreach (var finger in Fingers.All)
            {
                ref var current = ref angles[(int)finger - 1];
                current = Bend(finger, frame, wrist, current);
                _hand[finger].Write(current, pose);
            }

            track.SetPose(frame, pose);
        }

        return track;
    }

    private FingerAngles Bend(Finger finger, int frame, WristPose wrist, FingerAngles before)
    {
        var pads = _pads[(int)finger - 1];
        var target = Target(finger, frame);
        var time = frame / _fps;
        if (pads.Holding(time) is not null) return _hand.Reach(finger, wrist, target, before, out _, default, HandIk.MotionSteadiness);
        var angles = _hand.Reach(finger, wrist, target, before, out var miss, Upright, HandIk.MotionSteadiness);
        var pad = target - miss;
        var lowest = KeySurface.Lowest(pad.X, pad.Z, _side, pads.Nearest(time)?.Note.Key);
        return pad.Y >= lowest ? angles : _hand.Reach(finger, wrist, pad with { Y = lowest }, angles, out _, Upright, HandIk.MotionSteadiness);
    }

    private Vector3 Target(Finger finger, int frame) => _pads[(int)finger - 1].At(frame / _fps, _wrist.Rest(finger, frame));

    private Vector3? Held(Finger finger, int frame) =>
        _pads[(int)finger - 1].Holding(frame / _fps, Ahead) is null ? null : Target(finger, frame);

    private FingerAngles[] RestingAngles() => [.. Fingers.All.Select(_posture.Angles)];
}
