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

    // Misses smaller than this leave the wrist where it is, metres.
    private const float NearEnough = 0.0003f;
    private const float Gain = 1.4f;

    // Weight of staying where all keys are reached already.
    private const float Satisfied = 0.15f;

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
        var limits = new Vector3[frames * 5];
        for (var i = 0; i < Corrections; i++)
        {
            if (!Correct(frames, limits)) break;
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
        if (pads.Holding(time) is not null) return _hand.Reach(finger, wrist, target, before, out _);
        var angles = _hand.Reach(finger, wrist, target, before, out var miss, Upright);
        var pad = target - miss;
        var lowest = KeySurface.Lowest(pad.X, pad.Z, _side, pads.Nearest(time)?.Note.Key);
        return pad.Y >= lowest ? angles : _hand.Reach(finger, wrist, pad with { Y = lowest }, angles, out _, Upright);
    }

    private Vector3 Target(Finger finger, int frame) => _pads[(int)finger - 1].At(frame / _fps, _wrist.Rest(finger, frame));

    // Moves the wrist's path where fingers miss the keys they hold; false if none does.
    private bool Correct(int frames, Vector3[] limits)
    {
        var sums = new Vector4[frames];
        var weights = new float[frames];
        var angles = RestingAngles();
        var missed = false;
        for (var frame = 0; frame < frames; frame++)
        {
            var wrist = _wrist.At(frame);
            var correction = new WristStep(wrist.Position);
            var holds = false;
            foreach (var finger in Fingers.All)
            {
                if (_pads[(int)finger - 1].Holding(frame / _fps, Ahead) is null) continue;
                ref var current = ref angles[(int)finger - 1];
                var target = Target(finger, frame);
                current = _hand.Reach(finger, wrist, target, current, out var miss);
                correction.Add(target, miss, ref limits[frame * 5 + (int)finger - 1]);
                holds = true;
                missed |= miss.Length() > NearEnough;
            }

            if (!holds) continue;
            weights[frame] = correction.Worst > NearEnough ? 1 : Satisfied;
            sums[frame] = correction.Solve() * (Gain * weights[frame]);
        }

        if (missed) _wrist.Move(sums, weights);
        return missed;
    }

    private FingerAngles[] RestingAngles() => [.. Fingers.All.Select(_posture.Angles)];
}
