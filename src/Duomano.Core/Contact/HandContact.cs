using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>Bends one (right) hand's motion so that its strokes meet their keys, and no other key is pressed.</summary>
internal sealed class HandContact
{
    private const int Corrections = 10;

    // The wrist follows slowly at first, then as fast as hands go.
    private const double SlowestHertz = 1.2;
    private const double FastestHertz = 4.5;
    private const double Stay = 0.02;

    // The wrist is in place this long before a key goes down, seconds.
    private const double Ahead = 0.03;

    // A pad may rest this far down on the key that it is about to press or has just let go, metres.
    private const float Touch = 0.0035f;

    // Frames over which a lift out of a wrong key begins and ends.
    private const int LiftFrames = 4;

    private static readonly Vector3 Upright = 4 * Vector3.UnitY;

    private readonly HandSide _side;
    private readonly HandIk _hand;
    private readonly HandTrack _track;
    private readonly ContactOptions _options;
    private readonly double _fps;
    private readonly int _frames;
    private readonly PadPath[] _paths;
    private readonly Vector3[] _localPads;
    private readonly WristPose[] _wrists;

    public HandContact(HandSide side, HandIk hand, HandTrack track, IReadOnlyList<Stroke> strokes, ContactOptions options, double fps)
    {
        (_side, _hand, _track, _options, _fps, _frames) = (side, hand, track, options, fps, track.FrameCount);
        var style = PerformanceStyle.Neutral with { LiftHeight = Math.Max(options.LiftHeight, 0.004f), Expressiveness = 0 };
        _paths = [.. Fingers.All.Select(finger => new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], style))];
        _localPads = new Vector3[_frames * 5];
        _wrists = new WristPose[_frames];
        Span<Vector3> points = stackalloc Vector3[HandJoint.PointCount];
        var pose = new HandPose();
        for (var frame = 0; frame < _frames; frame++)
        {
            track.GetPose(frame, pose);
            ForwardKinematics.Points(hand.Skeleton, pose, points);
            _wrists[frame] = new(pose.Wrist, Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]));
            var inverse = Quaternion.Conjugate(_wrists[frame].Orientation);
            for (var slot = 0; slot < 5; slot++) _localPads[frame * 5 + slot] = Vector3.Transform(points[HandJoint.Count + slot] - pose.Wrist, inverse);
        }

        foreach (var stroke in strokes)
        {
            var pad = Rest(stroke.Finger, Math.Clamp((int)Math.Round(stroke.Press * fps), 0, _frames - 1));
            stroke.Settle(stroke.Place.Contact(pad.X, pad.Z));
        }
    }

    /// <summary>The refined motion.</summary>
    public HandTrack Refine()
    {
        MoveWrist();
        var lifts = Lifts();
        var refined = new HandTrack(_frames);
        var limits = JointLimits.Of(_hand.Skeleton);
        HandPose pose = new(), bent = new();
        FingerAngles?[] before = new FingerAngles?[5];
        var orientation = Vector3.Zero;
        for (var frame = 0; frame < _frames; frame++)
        {
            _track.GetPose(frame, pose);
            pose.Wrist = _wrists[frame].Position;
            orientation = Rotation.Nearest(Rotation.ToAxisAngle(_wrists[frame].Orientation), frame == 0 ? pose.Rotations[HandJoint.Wrist] : orientation);
            pose.Rotations[HandJoint.Wrist] = orientation;
            if (_options.KeepLimits) limits.Clamp(pose);
            foreach (var finger in Fingers.All)
            {
                var slot = (int)finger - 1;
                var lift = lifts[frame * 5 + slot];
                var share = MathF.Max(Share(finger, frame), Math.Clamp(lift / 0.003f, 0, 1));
                if (share <= 0)
                {
                    before[slot] = null;
                    continue;
                }

                var angles = Bend(finger, frame, lift, before[slot] ?? _hand[finger].Read(pose));
                before[slot] = angles;
                _hand[finger].Write(angles, bent);
                Blend(pose, bent, HandJoint.First(finger), share);
            }

            // Between two poses within the limits there are some beyond them.
            if (_options.KeepLimits) limits.Clamp(pose);
            refined.SetPose(frame, pose);
        }

        return refined;
    }

    private static void Blend(HandPose pose, HandPose bent, int first, float share)
    {
        for (var joint = first; joint < first + 3; joint++)
        {
            var (from, to) = (Rotation.FromAxisAngle(pose.Rotations[joint]), Rotation.FromAxisAngle(bent.Rotations[joint]));
            pose.Rotations[joint] = Rotation.ToAxisAngle(Quaternion.Slerp(from, to, share));
        }
    }

    private void MoveWrist()
    {
        var start = Fingers.All.Select(finger => _hand[finger].Read(_track.GetPose(0))).ToArray();
        var correction = new WristCorrection(_hand, _frames, start);
        for (var pass = 0; pass < Corrections; pass++)
        {
            if (!correction.Look(frame => _wrists[frame], Held)) break;
            var hertz = Math.Min(FastestHertz, SlowestHertz * Math.Pow(1.3, pass));
            var strength = PathSmoother.Strength(hertz, _fps);
            var moves = Enumerable.Range(0, 4).Select(axis => correction.Moves(axis, Stay, strength)).ToArray();
            for (var i = 0; i < _frames; i++)
            {
                var turned = Quaternion.CreateFromAxisAngle(Vector3.UnitY, (float)moves[3][i]) * _wrists[i].Orientation;
                _wrists[i] = new(_wrists[i].Position + new Vector3((float)moves[0][i], (float)moves[1][i], (float)moves[2][i]), Quaternion.Normalize(turned));
            }
        }
    }

    private Vector3? Held(Finger finger, int frame) =>
        _paths[(int)finger - 1].Holding(frame / _fps, Ahead) is null ? null : Target(finger, frame);

    private Vector3 Rest(Finger finger, int frame) =>
        _wrists[frame].Position + Vector3.Transform(_localPads[frame * 5 + (int)finger - 1], _wrists[frame].Orientation);

    // The pad where the motion has it, drawn to the keys of the strokes around.
    private Vector3 Target(Finger finger, int frame)
    {
        var (rest, time) = (Rest(finger, frame), frame / _fps);
        var path = _paths[(int)finger - 1];
        var (before, after) = path.Around(time);
        var (pullBefore, pullAfter) = (PullAfter(before, time), PullBefore(before, after, time));
        var sum = pullBefore + pullAfter;
        if (sum <= 0) return rest;
        var key = ((before?.Contact ?? default) * pullBefore + (after?.Contact ?? default) * pullAfter) / sum;
        key.Y += path.HeightAt(time);
        return Vector3.Lerp(rest, key, MathF.Min(1, sum));
    }

    private float PullBefore(Stroke? before, Stroke? stroke, double time)
    {
        if (stroke is null) return 0;
        var pause = stroke.Press - (before?.Release ?? double.NegativeInfinity);
        var begin = stroke.Press - Math.Min(0.6 * _options.BlendSeconds, 0.8 * pause);
        var end = stroke.Press - Math.Min(0.04, 0.25 * pause);
        return Smooth((time - begin) / (end - begin));
    }

    private float PullAfter(Stroke? stroke, double time) =>
        stroke is null ? 0 : 1 - Smooth((time - stroke.Release - 0.02) / (0.45 * _options.BlendSeconds));

    // How much of a finger is solved for rather than left alone: wholly wherever a key draws it.
    private float Share(Finger finger, int frame)
    {
        var time = frame / _fps;
        var (before, after) = _paths[(int)finger - 1].Around(time);
        var blend = _options.BlendSeconds;
        var coming = after is null ? 0 : Smooth((time - after.Press + blend) / (0.4 * blend));
        var going = before is null ? 0 : 1 - Smooth((time - before.Release - 0.02 - 0.45 * blend) / (0.4 * blend));
        return MathF.Max(coming, going);
    }

    // By how much each finger must be lifted, frame by frame, not to press what it should not.
    private float[] Lifts()
    {
        var lifts = new float[_frames * 5];
        foreach (var finger in Fingers.All)
        {
            var slot = (int)finger - 1;
            for (var frame = 0; frame < _frames; frame++)
            {
                if (_paths[slot].Holding(frame / _fps) is not null) continue;
                var target = Target(finger, frame);
                var needed = Lowest(target, slot, frame) - target.Y;
                for (var k = -LiftFrames + 1; k < LiftFrames && needed > 0; k++)
                {
                    var near = frame + k;
                    if (near < 0 || near >= _frames || _paths[slot].Holding(near / _fps) is not null) continue;
                    ref var lift = ref lifts[near * 5 + slot];
                    lift = MathF.Max(lift, needed * (1 - MathF.Abs(k) / LiftFrames));
                }
            }
        }

        return lifts;
    }

    private float Lowest(Vector3 pad, int slot, int frame)
    {
        var own = _paths[slot].Nearest(frame / _fps);
        var lowest = KeySurface.Lowest(pad.X, pad.Z, _side, own?.Note.Key);
        return own is null ? lowest : MathF.Max(lowest, KeySurface.Lowest(pad.X, pad.Z, _side, null) - KeySurface.Clearance - Touch);
    }

    private FingerAngles Bend(Finger finger, int frame, float lift, FingerAngles before)
    {
        var slot = (int)finger - 1;
        var (target, wrist) = (Target(finger, frame), _wrists[frame]);
        if (_paths[slot].Holding(frame / _fps) is not null) return _hand.Reach(finger, wrist, target, before, out _, default, HandIk.MotionSteadiness);
        target.Y += lift;
        var angles = _hand.Reach(finger, wrist, target, before, out var miss, Upright, HandIk.MotionSteadiness);
        var pad = target - miss;
        var lowest = Lowest(pad, slot, frame);
        return pad.Y >= lowest ? angles : _hand.Reach(finger, wrist, pad with { Y = lowest }, angles, out _, Upright, HandIk.MotionSteadiness);
    }

    private static float Smooth(double share)
    {
        var x = (float)Math.Clamp(share, 0, 1);
        return x * x * (3 - 2 * x);
    }
}
