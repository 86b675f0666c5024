using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>Cost terms of a hand that was recorded from above.</summary>
internal sealed partial class HandTrajectory
{
    // Standard deviations of where points are seen, metres.
    private const double WristSeen = 0.004;
    private const double TipSeen = 0.0025;

    // The same where all joints are seen: the wrist is found worse than they are, and has less to decide.
    private const double JointSeen = 0.010;
    private const double WristAmongJoints = 0.010;

    // A pad on its key is told across the keys and in depth by the key, along it by the picture, metres.
    private const double OnKeyAside = 0.0008;

    // How far pads that play nothing are from their usual height, metres.
    private const double HeightSpread = 0.006;

    // How far each number is from the resting posture that goes with the seen hand: metres, radians.
    private static readonly double[] PriorSpread = [0.05, 0.012, 0.05, 0.10, 0.30, 0.12, .. EachFinger(0.20, 0.35, 0.30)];

    // Up to which frequency its motion goes, Hz; hands that leap are faster than networks' and performers'.
    private static readonly double[] ObservedFollowing = [3.6, 2.6, 3.6, 2.6, 2.6, 2.6, .. EachFinger(4.5, 4.5, 4.5)];

    /// <summary>What was seen of the hand; null where the motion to stay near to is given whole.</summary>
    public ObservedHand? Observed { get; init; }

    /// <summary>Beyond which distance a seen point is more likely a mistake of the tracking, metres; less from step to step, so that the hand can first come near.</summary>
    public double Mistake { get; set; } = 0.012;

    private void AddPrior(int frame, int index)
    {
        for (var k = 0; k < Width; k++)
        {
            var at = frame * Width + k;
            _equations.Add(index, k, _state[at] - _given[at], 1 / (PriorSpread[k] * PriorSpread[k]));
            if (frame >= 3) _equations.AddSmoothness(index, k, ThirdDifference(_state, at), _close[k] * PathSmoother.Strength(ObservedFollowing[k], _fps));
        }
    }

    private void AddSeenWrist(int frame, int index)
    {
        AddSeen(frame, index, 0, _geometry.Wrist, Observed!.Seen(frame, 0), Observed.HasJoints ? WristAmongJoints : WristSeen, -1);
    }

    private void AddSeenPad(int frame, int index, int slot, Vector3 pad, in StrokeSchedule.Moment moment)
    {
        if (moment.IsDown)
        {
            var miss = pad - _targets!.Contact(frame, slot);
            Push(index, slot, pad, Vector3.UnitX, miss.X, OnKeyAside);
            Push(index, slot, pad, Vector3.UnitY, miss.Y, DownDepth);
            Push(index, slot, pad, Vector3.UnitZ, miss.Z, TipSeen);
            return;
        }

        AddSeen(frame, index, slot, Tip(slot, pad), Observed!.Seen(frame, slot + 1), TipSeen, 2);
        var ground = moment.Stroke is { } stroke ? stroke.Place.TopY : KeyHeightField.At(pad.Z).Height;
        var room = moment.Stroke is null ? HeightSpread : Math.Min(HeightSpread, Room * Math.Exp(moment.Away / Fading));
        Push(index, slot, pad, Vector3.UnitY, pad.Y - ground - _targets!.Height(frame, slot), room);
    }

    private Vector3 Tip(int slot, Vector3 pad) => pad + Observed!.TipAhead * Vector3.Normalize(pad - _geometry.Joint(slot, 2));

    // Knuckles belong to the palm, the other joints to the bone before them.
    private void AddSeenJoints(int frame, int index)
    {
        if (!Observed!.HasJoints) return;
        for (var slot = 0; slot < 5; slot++)
        {
            for (var segment = 0; segment < 3; segment++) AddSeen(frame, index, slot, _geometry.Joint(slot, segment), Observed.Joint(frame, slot, segment), JointSeen, segment - 1);
        }
    }

    private void AddSeen(int frame, int index, int slot, Vector3 point, Vector2 seen, double spread, int segment)
    {
        if (Observed!.Trust(frame) <= 0) return;
        var place = Observed.Camera.PlaceAt(seen, point.Y);
        var (x, z) = (point.X - place.X, point.Z - place.Y);
        spread /= Math.Sqrt(Observed.Trust(frame) * Trust(x, z));
        // The higher a point is, the nearer to the camera is the place at which it appears.
        var parallax = Observed.Camera.Parallax(seen);
        Push(index, slot, point, new(1, parallax.X, 0), x, spread, segment);
        Push(index, slot, point, new(0, parallax.Y, 1), z, spread, segment);
    }

    // Cauchy's weight: a far miss is more likely a mistake of the tracking than a place of the hand.
    private double Trust(double x, double z) => 1 / (1 + (x * x + z * z) / (Mistake * Mistake));
}
