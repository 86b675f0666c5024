using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Keyboard;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>What keys and joints ask of the fingers.</summary>
internal sealed partial class HandTrajectory
{
    // What a miss costs is its square over the square of these, metres and radians.
    private const double DownDepth = 0.0002;
    private const double DownAside = 0.0003;
    private const double Clear = 0.0003;
    private const double BoneClear = 0.001;
    private const double WristClear = 0.002;
    private const double Limit = 0.01;

    // The same for a pad before and after its stroke: what it is next to it, and after how long it is e times as much.
    private const double Room = 0.0005;
    private const double Fading = 0.08;

    // The same for a motion that has its own way to its keys.
    private const double Approach = 0.045;

    // How many times as much a motion may have its own way to a key, across and up.
    private const double AsideBefore = 4;
    private const double HeightBefore = 2;

    // The depth a pad is pressed to is felt, its place along the key is not.
    private const double AlongKey = 1.5;

    // How high above other keys a pad stays, and how far into its own it may rest, metres.
    private const float Clearance = 0.0015f;
    private const float Touch = 0.0005f;

    // A finger rests on its own key from this long before its stroke to this long after it, seconds.
    private const double Resting = 0.2;

    // How high above the keys bones' ends and the wrist stay, for a hand of size 1, metres.
    private const float BoneHeight = 0.004f;
    private const int BonesOfAFinger = 3;
    private const float WristHeight = 0.020f;

    // The solution stays this far within the limits, radians.
    private const double LimitRoom = 0.01;

    private static readonly int[][] FingerColumns =
        [.. Enumerable.Range(0, 5).Select(slot => (int[])[0, 1, 2, 3, 4, 5, HandState.Angles(slot), HandState.Angles(slot) + 1, HandState.Angles(slot) + 2])];

    private void AddPads(int frame, int index)
    {
        for (var slot = 0; slot < 5; slot++)
        {
            var pad = _geometry.Pad(slot);
            ref readonly var moment = ref _times[_first + frame, slot];
            if (Observed is not null)
            {
                AddSeenPad(frame, index, slot, pad, moment);
            }
            else if (_targets is not null)
            {
                AddTarget(frame, index, slot, pad, moment);
            }
            else if (moment.Stroke is not null)
            {
                var miss = pad - _pads![frame * 5 + slot];
                var room = Room * Math.Exp(moment.Away / Fading);
                Push(index, slot, pad, Vector3.UnitX, miss.X, moment.IsDown ? DownAside : room);
                Push(index, slot, pad, Vector3.UnitY, miss.Y, moment.IsDown ? DownDepth : room);
                Push(index, slot, pad, Vector3.UnitZ, miss.Z, AlongKey * room);
            }

            if (!moment.IsDown) KeepClear(moment, index, slot, pad);
            for (var segment = 1; segment < 3; segment++)
            {
                KeepBoneClear(index, slot, segment);
                KeepBoneAboveBlackKeys(moment, index, slot, segment - 1, _geometry.Joint(slot, segment));
            }

            KeepBoneAboveBlackKeys(moment, index, slot, 2, Vector3.Lerp(_geometry.Joint(slot, 2), pad, 0.5f));
        }
    }

    // A finger is on its way to its key, or from it, and the nearer in time the nearer.
    private void AddTarget(int frame, int index, int slot, Vector3 pad, in StrokeSchedule.Moment moment)
    {
        if (moment.Stroke is not { } stroke) return;
        var miss = pad - _targets!.Contact(_first + frame, slot);
        if (moment.IsDown)
        {
            Push(index, slot, pad, Vector3.UnitX, miss.X, DownAside);
            Push(index, slot, pad, Vector3.UnitY, miss.Y, DownDepth);
            Push(index, slot, pad, Vector3.UnitZ, miss.Z, AlongKey * Room);
            return;
        }

        var room = Room * Math.Exp(moment.Away / Approach);
        var ground = moment.Away <= Resting ? stroke.Place.TopY : KeyHeightField.At(pad.Z).Height;
        Push(index, slot, pad, Vector3.UnitX, miss.X, AsideBefore * room);
        Push(index, slot, pad, Vector3.UnitY, pad.Y - ground - _targets.Height(_first + frame, slot), HeightBefore * room);
        Push(index, slot, pad, Vector3.UnitZ, miss.Z, AsideBefore * room);
    }

    // Where the pads should be in every frame, were the motion without fault.
    private Vector3[] Meant()
    {
        var pads = new Vector3[Frames * 5];
        for (var frame = 0; frame < Frames; frame++)
        {
            _geometry.Update(State(frame));
            for (var slot = 0; slot < 5; slot++) pads[frame * 5 + slot] = Meant(_times[_first + frame, slot], _geometry.Pad(slot));
        }

        return pads;
    }

    // On its key, no deeper than the key goes.
    private Vector3 Meant(in StrokeSchedule.Moment moment, Vector3 pad)
    {
        if (moment.Stroke is not { } stroke || moment.Away > Resting) return pad;
        pad.Y = MathF.Max(pad.Y, stroke.Place.TopY - PianoKey.Travel);
        if (!moment.IsDown || PianoKey.Under(_side == HandSide.Left ? -pad.X : pad.X, pad.Z) == stroke.Note.Key) return pad;
        return stroke.Place.Within(pad) with { Y = pad.Y };
    }

    private void KeepClear(in StrokeSchedule.Moment moment, int index, int slot, Vector3 pad)
    {
        var near = moment.Stroke is not null && moment.Away <= Resting;
        if (near && PianoKey.Under(_side == HandSide.Left ? -pad.X : pad.X, pad.Z) is { } under && under == moment.Stroke!.Note.Key)
        {
            var into = under.TopY - Touch - pad.Y;
            if (into > 0) Push(index, slot, pad, Vector3.UnitY, -into, Clear);
            return;
        }

        // A finger that is not needed now keeps above the black keys' level wherever they might be.
        var slope = near ? KeyHeightField.At(pad.X, pad.Z, _side) : KeyHeightField.At(pad.Z);
        var lacking = slope.Height + Clearance - pad.Y;
        if (lacking > 0) Push(index, slot, pad, new(-slope.AlongX, 1, -slope.AlongZ), -lacking, Clear);
    }

    // The same for bones that are thicker than an adult's of the hand's size by what they are thicker.
    private static float[,] BoneHeights(HandSkeleton skeleton)
    {
        var heights = new float[5, BonesOfAFinger];
        foreach (var finger in Fingers.All)
        {
            for (var bone = 0; bone < BonesOfAFinger; bone++)
            {
                heights[(int)finger - 1, bone] = BoneHeight * skeleton.Size + MathF.Max(0, skeleton.Thickness.Of(finger, bone) - HandThickness.Usual.Of(finger, bone) * skeleton.Size);
            }
        }

        return heights;
    }

    private void KeepBoneClear(int index, int slot, int segment)
    {
        var joint = _geometry.Joint(slot, segment);
        var lacking = _boneHeights[slot, segment] - joint.Y;
        if (lacking > 0 && joint.Z < 0) Push(index, slot, joint, Vector3.UnitY, -lacking, BoneClear, segment - 1);
    }

    // A direction need not have length 1: it is the residual's gradient.
    private void Push(int index, int slot, Vector3 point, Vector3 direction, double residual, double tolerance, int segment = 2)
    {
        Span<double> row = stackalloc double[HandGeometry.RowLength];
        _geometry.Row(slot, segment, point, direction, row);
        _equations.Add(index, FingerColumns[slot], row, residual, 1 / (tolerance * tolerance));
    }

    private void AddLimits(int frame, int index)
    {
        foreach (var finger in Fingers.All)
        {
            var (chain, first) = (_hand[finger], HandState.Angles((int)finger - 1));
            KeepWithin(frame, index, first, chain.AbductionRange);
            KeepWithin(frame, index, first + 1, chain.FlexionRange);
            KeepWithin(frame, index, first + 2, chain.CurlRange);
        }

        var lacking = WristHeight - State(frame)[1];
        if (lacking > 0) _equations.Add(index, 1, -lacking, 1 / (WristClear * WristClear));
    }

    private void KeepWithin(int frame, int index, int column, AngleRange range)
    {
        var angle = State(frame)[column];
        var beyond = angle < range.Low + LimitRoom ? angle - range.Low - LimitRoom : Math.Max(0, angle - range.High + LimitRoom);
        if (beyond != 0) _equations.Add(index, column, beyond, 1 / (Limit * Limit));
    }
}
