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

    private const int CorrectionsAfterwards = 2;

    // A stroke draws its finger at most this long before and after, seconds.
    private const double Influence = 0.8;

    // A free finger's pad is at most this much above the higher one of its neighbours, metres.
    private const float HighestStep = 0.024f;

    // An unused finger that cannot follow stays at its height first of all.
    private static readonly Vector3 Upright = 4 * Vector3.UnitY;

    // The wrist is in place this long before a key goes down, seconds.
    private const double Ahead = 0.03;

    // Targets and angles that differ by less are the same, metres and radians.
    private const float Same = 2e-5f;

    private readonly IReadOnlyList<Stroke> _strokes;
    private readonly HandIk _hand;
    private readonly NaturalPosture _posture;
    private readonly WristPath _wrist;
    private readonly PadPath[] _pads;
    private readonly HandCapsules _flesh;
    private readonly double _fps;
    private readonly int _frames;
    private readonly HandSide _side;
    private readonly Vector3[] _targets;
    private readonly Vector3[] _reached;
    private readonly float[] _freedom;
    private readonly FingerAngles[] _angles;
    private readonly Vector3[] _ends;
    private readonly WristPose[] _aimed;
    private readonly WristCorrection _correction;

    public HandPerformer(
        HandSide side, HandIk hand, HandCapsules flesh, NaturalPosture posture, IReadOnlyList<Stroke> strokes, WristPath wrist, PerformanceStyle style, int frames, double fps)
    {
        (_side, _hand, _flesh, _posture, _strokes, _wrist, _frames, _fps) = (side, hand, flesh, posture, strokes, wrist, frames, fps);
        _pads = [.. Fingers.All.Select(finger => new PadPath([.. strokes.Where(stroke => stroke.Finger == finger)], style))];
        Offsets = new(frames, fps);
        _targets = new Vector3[frames * 5];
        _reached = new Vector3[frames * 5];
        _freedom = new float[frames * 5];
        _angles = new FingerAngles[frames * 5];
        _ends = new Vector3[frames * HandCapsules.EndCount];
        Changed = new bool[frames];
        _aimed = new WristPose[frames];
        _correction = new(hand, frames, RestingAngles());
    }

    /// <summary>How the pads depart from their ways to keep clear.</summary>
    public FingerOffsets Offsets { get; }

    /// <summary>Which frames the last <see cref="Bend"/> changed.</summary>
    public bool[] Changed { get; }

    /// <summary>How free a finger is to go elsewhere at a frame, 0 to 1.</summary>
    public float Freedom(int frame, int slot) => _freedom[frame * 5 + slot];

    /// <summary>How free the wrist is at a frame: as free as its busiest finger.</summary>
    public float WristFreedom(int frame) => MathF.Min(MathF.Min(MathF.Min(Freedom(frame, 0), Freedom(frame, 1)), MathF.Min(Freedom(frame, 2), Freedom(frame, 3))), Freedom(frame, 4));

    /// <summary>The wrist's path.</summary>
    public WristPath Wrist => _wrist;

    /// <summary>The points that the hand's capsules lie between at a frame, in the frame of a right hand.</summary>
    public ReadOnlySpan<Vector3> Ends(int frame) => _ends.AsSpan(frame * HandCapsules.EndCount, HandCapsules.EndCount);

    /// <summary>Asks the stroke that holds a finger at a frame to meet its key elsewhere.</summary>
    public void AskContact(int frame, int slot, Vector3 move) => _pads[slot].Holding(frame / _fps, Ahead)?.Ask(move);

    /// <summary>Gives in to what was asked of wrist, contacts and pads.</summary>
    public void GiveIn()
    {
        var moved = _wrist.GiveIn();
        foreach (var stroke in _strokes)
        {
            if (!stroke.GiveIn()) continue;
            moved = true;
            var first = Math.Clamp((int)((stroke.Press - Influence) * _fps), 0, _frames - 1);
            var last = Math.Clamp((int)((stroke.Release + Influence) * _fps), 0, _frames - 1);
            Array.Clear(_aimed, first, last - first + 1);
            _correction.Forget(first, last);
        }

        if (moved) Prepare(CorrectionsAfterwards);
        Offsets.GiveIn();
    }

    /// <summary>Moves the wrist until all keys are reached, and plans where the pads go.</summary>
    /// <param name="corrections">How often the wrist is corrected at most.</param>
    /// <param name="progress">Told the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Stops between corrections.</param>
    public void Prepare(int corrections = Corrections, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        for (var i = 0; i < corrections; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress?.Report(i / (double)corrections);
            if (!_correction.Look(_wrist.At, Held)) break;
            _wrist.Move(_correction);
        }

        for (var frame = 0; frame < _frames; frame++)
        {
            var wrist = _wrist.At(frame);
            if (Vector3.DistanceSquared(wrist.Position, _aimed[frame].Position) < Same * Same
                && (wrist.Orientation - _aimed[frame].Orientation).LengthSquared() < Same * Same) continue;
            _aimed[frame] = wrist;
            Aim(frame);
            _reached.AsSpan(frame * 5, 5).Fill(new(float.NaN));
        }
    }

    /// <summary>Bends the fingers, frame after frame, wherever something has changed.</summary>
    public void Bend()
    {
        var angles = RestingAngles();
        Span<bool> turned = stackalloc bool[5];
        for (var frame = 0; frame < _frames; frame++)
        {
            var wrist = _wrist.At(frame);
            Changed[frame] = false;
            foreach (var finger in Fingers.All)
            {
                var slot = (int)finger - 1;
                var i = frame * 5 + slot;
                var target = Given(frame, slot);
                if (turned[slot] || !(Vector3.DistanceSquared(target, _reached[i]) < Same * Same))
                {
                    var bent = Reached(finger, frame, wrist, target, angles[slot]);
                    turned[slot] = !IsSame(bent, _angles[i]);
                    Changed[frame] |= turned[slot] || float.IsNaN(_reached[i].X);
                    (_angles[i], _reached[i]) = (bent, target);
                }

                angles[slot] = _angles[i];
            }

            if (Changed[frame]) Place(frame, wrist);
        }
    }

    /// <summary>How deep two fingers were in each other if the wrist moved and their pads stayed; a pad that cannot counts as deeper.</summary>
    public float DepthAfter(int frame, int own, int other, WristMove move)
    {
        var wrist = _wrist.At(frame, move);
        Span<Vector3> ends = stackalloc Vector3[HandCapsules.EndCount];
        var missed = 0f;
        foreach (var slot in (ReadOnlySpan<int>)[own, other])
        {
            var i = frame * 5 + slot;
            var angles = _hand.Reach((Finger)(slot + 1), wrist, _reached[i], _angles[i], out var miss);
            missed += miss.Length();
            Place((Finger)(slot + 1), angles, wrist, ends);
        }

        return _flesh.DeepestBetween((Finger)(own + 1), (Finger)(other + 1), ends) + missed;
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

    private static bool IsSame(FingerAngles a, FingerAngles b) =>
        MathF.Abs(a.Abduction - b.Abduction) < Same && MathF.Abs(a.Flexion - b.Flexion) < Same && MathF.Abs(a.Curl - b.Curl) < Same;

    // Where a pad goes after giving way: never deeper into the keys for it.
    private Vector3 Given(int frame, int slot)
    {
        var target = _targets[frame * 5 + slot];
        var freedom = _freedom[frame * 5 + slot];
        if (freedom <= 0) return target;
        var given = target + Offsets[frame, slot] * freedom;
        if (given == target) return target;
        var lowest = KeySurface.Lowest(given.X, given.Z, _side, null);
        given.Y = MathF.Max(given.Y, MathF.Min(target.Y, lowest));
        return given;
    }

    // Where the pads go at a frame by themselves.
    private void Aim(int frame)
    {
        var time = frame / _fps;
        for (var slot = 0; slot < 5; slot++)
        {
            _targets[frame * 5 + slot] = _pads[slot].At(time, _wrist.Rest((Finger)(slot + 1), frame));
            _freedom[frame * 5 + slot] = _pads[slot].Freedom(time);
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

    private void Place(int frame, WristPose wrist)
    {
        var ends = _ends.AsSpan(frame * HandCapsules.EndCount, HandCapsules.EndCount);
        ends[HandJoint.Wrist] = wrist.Position;
        foreach (var finger in Fingers.All) Place(finger, _angles[frame * 5 + (int)finger - 1], wrist, ends);
    }

    private void Place(Finger finger, FingerAngles angles, WristPose wrist, Span<Vector3> ends)
    {
        var (first, chain) = (HandJoint.First(finger), _hand[finger]);
        var (middle, distal, tip) = chain.Joints(angles, _flesh.FingertipAxis(finger));
        ends[first] = InPiano(chain.Knuckle);
        ends[first + 1] = InPiano(middle);
        ends[first + 2] = InPiano(distal);
        ends[HandJoint.PointCount + (int)finger - 1] = InPiano(tip);

        Vector3 InPiano(Vector3 local) => wrist.Position + Vector3.Transform(local, wrist.Orientation);
    }

    private Vector3? Held(Finger finger, int frame)
    {
        var pads = _pads[(int)finger - 1];
        return pads.Holding(frame / _fps, Ahead) is null ? null : pads.At(frame / _fps, _wrist.Rest(finger, frame));
    }

    private FingerAngles[] RestingAngles() => [.. Fingers.All.Select(_posture.Angles)];
}
