using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>Carries out one (right) hand's strokes.</summary>
internal sealed class HandPerformer
{
    private const int Corrections = 8;

    // Progress is told every so many frames.
    private const int Told = 64;

    // A free finger's pad is at most this much above the higher one of its neighbours, metres.
    private const float HighestStep = 0.024f;

    // An unused finger that cannot follow stays at its height first of all.
    private static readonly Vector3 Upright = 4 * Vector3.UnitY;

    // The wrist is in place this long before a key goes down, seconds.
    private const double Ahead = 0.03;

    private readonly HandIk _hand;
    private readonly NaturalPosture _posture;
    private readonly WristPath _wrist;
    private readonly PadPath[] _pads;
    private readonly double _fps;
    private readonly int _frames;
    private readonly HandSide _side;
    private readonly Vector3[] _targets;
    private readonly FingerAngles[] _angles;
    private readonly WristCorrection _correction;

    public HandPerformer(
        HandSide side, HandIk hand, NaturalPosture posture, IReadOnlyList<Stroke> strokes, WristPath wrist, PerformanceStyle style, int frames, double fps)
    {
        (_side, _hand, _posture, _wrist, _frames, _fps) = (side, hand, posture, wrist, frames, fps);
        _pads = [.. Fingers.All.Select(finger => new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], style))];
        _targets = new Vector3[frames * 5];
        _angles = new FingerAngles[frames * 5];
        _correction = new(hand, frames, RestingAngles());
    }

    /// <summary>Moves the wrist until all keys are reached, and plans where the pads go.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between corrections.</param>
    public void Prepare(IProgress<double>? progress, CancellationToken cancellation)
    {
        for (var i = 0; i < Corrections; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(i / (double)Corrections);
            if (!_correction.FindMisses(_wrist.At, Held)) break;
            _wrist.Move(_correction);
        }

        for (var frame = 0; frame < _frames; frame++) Aim(frame);
    }

    /// <summary>Bends the fingers, frame after frame.</summary>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between frames.</param>
    public void Bend(IProgress<double>? progress, CancellationToken cancellation)
    {
        var angles = RestingAngles();
        for (var frame = 0; frame < _frames; frame++)
        {
            if (frame % Told == 0)
            {
                cancellation.ThrowIfCancellationRequested();
                progress?.Report(frame / (double)_frames);
            }

            var wrist = _wrist.At(frame);
            foreach (var finger in Fingers.All)
            {
                var slot = (int)finger - 1;
                angles[slot] = _angles[frame * 5 + slot] = Reached(finger, frame, wrist, _targets[frame * 5 + slot], angles[slot]);
            }
        }
    }

    /// <summary>The finished motion.</summary>
    public HandTrack Track()
    {
        LimitSpeeds();
        var track = new HandTrack(_frames);
        var pose = new HandPose();
        var before = Vector3.Zero;
        for (var frame = 0; frame < _frames; frame++)
        {
            var wrist = _wrist.At(frame);
            pose.Wrist = wrist.Position;
            before = Rotation.Nearest(Rotation.ToAxisAngle(wrist.Orientation), before);
            pose.Rotations[HandJoint.Wrist] = before;
            foreach (var finger in Fingers.All) _hand[finger].Write(_angles[frame * 5 + (int)finger - 1], pose);
            track.SetPose(frame, pose);
        }

        return track;
    }

    // A finger that leaps with its hand does not whip round in one frame.
    private void LimitSpeeds()
    {
        var held = new bool[_frames];
        var paths = (Abduction: new float[_frames], Flexion: new float[_frames], Curl: new float[_frames]);
        for (var slot = 0; slot < 5; slot++)
        {
            for (var frame = 0; frame < _frames; frame++)
            {
                held[frame] = _pads[slot].Holding(frame / _fps) is not null;
                (paths.Abduction[frame], paths.Flexion[frame], paths.Curl[frame]) = _angles[frame * 5 + slot];
            }

            TurningSpeed.Limit(paths.Abduction, held, _fps);
            TurningSpeed.Limit(paths.Flexion, held, _fps);
            TurningSpeed.Limit(paths.Curl, held, _fps);
            for (var frame = 0; frame < _frames; frame++)
            {
                FingerAngles slow = new(paths.Abduction[frame], paths.Flexion[frame], paths.Curl[frame]);
                if (slow != _angles[frame * 5 + slot]) _angles[frame * 5 + slot] = OffOtherKeys((Finger)(slot + 1), frame, slow);
            }
        }
    }

    private FingerAngles OffOtherKeys(Finger finger, int frame, FingerAngles angles)
    {
        var wrist = _wrist.At(frame);
        var pad = wrist.Position + Vector3.Transform(_hand[finger].Pad(angles), wrist.Orientation);
        var lowest = KeySurface.Lowest(pad.X, pad.Z, _side, _pads[(int)finger - 1].Nearest(frame / _fps)?.Note.Key);
        return pad.Y >= lowest ? angles : _hand.Reach(finger, wrist, pad with { Y = lowest }, angles, out _, Upright, HandIk.MotionSteadiness);
    }

    // Where the pads go at a frame by themselves.
    private void Aim(int frame)
    {
        var time = frame / _fps;
        for (var slot = 0; slot < 5; slot++)
        {
            _targets[frame * 5 + slot] = _pads[slot].At(time, _wrist.Rest((Finger)(slot + 1), frame));
        }

        for (var slot = 0; slot < 5; slot++) KeepDown(frame, slot, time);
    }

    // No finger stands up from among its neighbours.
    private void KeepDown(int frame, int slot, double time)
    {
        if (_pads[slot].Holding(time) is not null) return;
        var neighbour = float.NegativeInfinity;
        if (slot > 0) neighbour = _targets[frame * 5 + slot - 1].Y;
        if (slot < 4) neighbour = MathF.Max(neighbour, _targets[frame * 5 + slot + 1].Y);
        ref var target = ref _targets[frame * 5 + slot];
        if (target.Y <= neighbour + HighestStep) return;
        target.Y = MathF.Max(neighbour + HighestStep, KeySurface.Lowest(target.X, target.Z, _side, _pads[slot].Nearest(time)?.Note.Key));
    }

    private FingerAngles Reached(Finger finger, int frame, WristPose wrist, Vector3 target, FingerAngles before)
    {
        var pads = _pads[(int)finger - 1];
        var time = frame / _fps;
        if (pads.Holding(time) is not null) return _hand.Reach(finger, wrist, target, before, out _, default, HandIk.MotionSteadiness);
        var angles = _hand.Reach(finger, wrist, target, before, out var miss, Upright, HandIk.MotionSteadiness);
        var pad = target - miss;
        var lowest = KeySurface.Lowest(pad.X, pad.Z, _side, pads.Nearest(time)?.Note.Key);
        return pad.Y >= lowest ? angles : _hand.Reach(finger, wrist, pad with { Y = lowest }, angles, out _, Upright, HandIk.MotionSteadiness);
    }

    private Vector3? Held(Finger finger, int frame)
    {
        var pads = _pads[(int)finger - 1];
        return pads.Holding(frame / _fps, Ahead) is null ? null : pads.At(frame / _fps, _wrist.Rest(finger, frame));
    }

    private FingerAngles[] RestingAngles() => [.. Fingers.All.Select(_posture.Angles)];
}
