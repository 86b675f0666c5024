using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Core.Performing;

/// <summary>Carries out one (right) hand's strokes.</summary>
internal sealed class HandPerformer
{
    private const int Corrections = 5;

    // Misses smaller than this leave the wrist where it is, metres.
    private const float NearEnough = 0.0003f;
    private const float Gain = 1.4f;

    // The wrist is in place this long before a key goes down, seconds.
    private const double Ahead = 0.03;

    private readonly HandIk _hand;
    private readonly NaturalPosture _posture;
    private readonly WristPath _wrist;
    private readonly PadPath[] _pads;
    private readonly double _fps;

    public HandPerformer(HandIk hand, NaturalPosture posture, IReadOnlyList<Stroke> strokes, WristPath wrist, PerformanceStyle style, double fps)
    {
        _hand = hand;
        _posture = posture;
        _wrist = wrist;
        _fps = fps;
        _pads = [.. Fingers.All.Select(finger => new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], style))];
    }

    public HandTrack Play(int frames)
    {
        for (var i = 0; i < Corrections; i++)
        {
            if (!Correct(frames)) break;
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
                var target = Target(finger, frame);
                ref var current = ref angles[(int)finger - 1];
                current = _hand.Reach(finger, wrist, target, current, out _);
                _hand[finger].Write(current, pose);
            }

            track.SetPose(frame, pose);
        }

        return track;
    }

    private Vector3 Target(Finger finger, int frame) => _pads[(int)finger - 1].At(frame / _fps, _wrist.Rest(finger, frame));

    // Moves the wrist's path where fingers miss the keys they hold; false if none does.
    private bool Correct(int frames)
    {
        var sums = new Vector3[frames];
        var weights = new float[frames];
        var angles = RestingAngles();
        var missed = false;
        for (var frame = 0; frame < frames; frame++)
        {
            var wrist = _wrist.At(frame);
            foreach (var finger in Fingers.All)
            {
                if (_pads[(int)finger - 1].Holding(frame / _fps, Ahead) is null) continue;
                ref var current = ref angles[(int)finger - 1];
                current = _hand.Reach(finger, wrist, Target(finger, frame), current, out var miss);
                var weight = 0.15f;
                if (miss.Length() > NearEnough)
                {
                    missed = true;
                    weight = 1;
                }

                sums[frame] += miss * (Gain * weight);
                weights[frame] += weight;
            }
        }

        if (missed) _wrist.Move(sums, weights);
        return missed;
    }

    private FingerAngles[] RestingAngles() => [.. Fingers.All.Select(_posture.Angles)];
}
