using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Trajectories;

/// <summary>
/// One (right) hand's motion as the solution of a least-squares problem over many frames (trajectory optimisation by Gauss and
/// Newton): near to a given motion, whose every gesture is kept, departing from it with little jerk; pads on the keys of its
/// strokes, all other pads and bones off the keys, joints within limits, no penetration.
/// </summary>
internal sealed partial class HandTrajectory
{
    private const int Width = HandState.Length;

    // Damping relative to the residuals' weights (Levenberg and Marquardt), and the least in late steps.
    private const double FirstDamping = 5;
    private const double LeastDamping = 0.3;
    private const double MostDamping = 300;
    private const double LateDamping = 100;

    // Weight of a frame that stands still.
    private const double Pin = 1e7;

    // How far each number may be from the given motion for a cost of 1 a frame: metres, radians.
    private static readonly double[] ResidualScale = [0.015, 0.010, 0.015, 0.12, 0.12, 0.12, .. EachFinger(0.15, 0.25, 0.25)];

    // Up to which frequency the motion departs from the given one at this cost, Hz.
    private static readonly double[] DepartureCutoff = [2.2, 2.2, 2.2, 1.8, 1.8, 1.8, .. EachFinger(3.7, 3.7, 3.7)];

    // Up to which frequency hands move at all, Hz.
    private static readonly double[] Moving = [5, 5, 5, 5, 5, 5, .. EachFinger(7, 7, 7)];

    // The largest step of an iteration, metres, radians.
    private static readonly double[] LargestStep = [0.15, 0.08, 0.15, 0.3, 0.3, 0.3, .. EachFinger(0.45, 0.45, 0.45)];

    private readonly HandSide _side;
    private readonly HandIk _hand;
    private readonly HandCapsules _capsules;
    private readonly float[,] _boneHeights;
    private readonly StrokeSchedule _times;
    private readonly HandGeometry _geometry;
    private readonly NormalEquations _equations;
    private readonly int _first;
    private readonly double[] _given;
    private readonly double[] _state;
    private readonly StrokeTargets? _targets;
    private readonly Vector3[]? _pads;
    private readonly double[] _close = new double[Width];
    private readonly double[] _smooth = new double[Width];
    private readonly double[] _calm = new double[Width];
    private readonly Vector3[] _ends;
    private readonly double[] _costs;
    private readonly double[] _damping;
    private readonly double _fps;

    /// <summary>Prepares a hand.</summary>
    /// <param name="side">Whose (mirrored) keyboard it plays on.</param>
    /// <param name="hand">A right hand.</param>
    /// <param name="given">The motion to stay near to.</param>
    /// <param name="start">A motion of as many frames from which the search starts; null for the given one.</param>
    /// <param name="times">When which finger is busy.</param>
    /// <param name="targets">Where the pads should be for the strokes; null where the motion has them there already.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="stretch">The most frames that are solved for at once.</param>
    /// <param name="first">Which frame of the strokes' times the motion begins with.</param>
    public HandTrajectory(HandSide side, HandIk hand, HandTrack given, HandTrack? start, StrokeSchedule times, StrokeTargets? targets, double fps, int stretch, int first = 0)
    {
        ArgumentNullException.ThrowIfNull(given);
        (_side, _hand, _times, _targets, _first, Frames) = (side, hand, times, targets, first, given.FrameCount);
        _capsules = new(hand.Skeleton);
        _boneHeights = BoneHeights(hand.Skeleton);
        _geometry = new(hand, _capsules);
        _equations = new(stretch);
        _ends = new Vector3[stretch * HandCapsules.EndCount];
        (_costs, _damping) = (new double[stretch], new double[stretch]);
        _fps = fps;
        _given = States(given);
        _state = start is null ? [.. _given] : States(start);
        _pads = targets is null ? Meant() : null;
        for (var i = 0; i < Width; i++)
        {
            _close[i] = 1 / (ResidualScale[i] * ResidualScale[i]);
            _smooth[i] = _close[i] * PathSmoother.Strength(DepartureCutoff[i], fps);
            _calm[i] = _close[i] * PathSmoother.Strength(Moving[i], fps);
        }
    }

    public int Frames { get; }

    /// <summary>How many frames at the beginning and at the end stand still.</summary>
    public (int Before, int After) Pinned { get; init; }

    /// <summary>Brings the geometry of some frames up to date.</summary>
    public void UpdateGeometry(int start, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _geometry.Update(State(start + i));
            _geometry.Ends.CopyTo(_ends.AsSpan(i * HandCapsules.EndCount));
        }
    }

    /// <summary>One Gauss–Newton step of some frames that both hands have updated; those before them stand still.</summary>
    /// <param name="start">The first frame.</param>
    /// <param name="count">How many.</param>
    /// <param name="step">Which step it is.</param>
    /// <param name="other">The other hand.</param>
    public void Step(int start, int count, RefinementStep step, HandTrajectory other)
    {
        _equations.Clear();
        for (var i = 0; i < count; i++)
        {
            if (Observed is null) AddMotion(start + i, i);
            else AddPrior(start + i, i);
            _geometry.Update(State(start + i));
            if (Observed is not null)
            {
                AddSeenWrist(start + i, i);
                AddSeenJoints(start + i, i);
            }

            AddPads(start + i, i);
            AddLimits(start + i, i);
            AddTurn(start + i, i);
            AddNeighbourHeights(i);
            AddFingers(i);
            AddOtherHand(i, other, step.Above is { } above ? above == _side ? 1 : -1 : 0);
        }

        Damp(count, step);
        var solution = _equations.Solve(count);
        for (var i = 0; i < count; i++)
        {
            var state = State(start + i);
            for (var k = 0; k < Width; k++) state[k] += Math.Clamp(solution[i * Width + k], -LargestStep[k], LargestStep[k]);
        }
    }

    /// <summary>The motion as it is now.</summary>
    public HandTrack ToTrack()
    {
        var track = new HandTrack(Frames);
        var pose = new HandPose();
        var before = Vector3.Zero;
        for (var frame = 0; frame < Frames; frame++)
        {
            HandState.Write(State(frame), _hand, pose);
            before = pose.Rotations[HandJoint.Wrist] = Rotation.Nearest(pose.Rotations[HandJoint.Wrist], before);
            track.SetPose(frame, pose);
        }

        return track;
    }

    private static IEnumerable<double> EachFinger(double abduction, double flexion, double curl) =>
        Enumerable.Range(0, 5).SelectMany(_ => (double[])[abduction, flexion, curl]);

    private double[] States(HandTrack track)
    {
        var states = new double[Frames * Width];
        var pose = new HandPose();
        for (var frame = 0; frame < Frames; frame++)
        {
            track.GetPose(frame, pose);
            HandState.Read(pose, _hand, states.AsSpan(frame * Width, Width));
        }

        return states;
    }

    private Span<double> State(int frame) => _state.AsSpan(frame * Width, Width);

    // The ends of the capsules in a frame of the stretch that was looked at.
    private ReadOnlySpan<Vector3> Ends(int index) => _ends.AsSpan(index * HandCapsules.EndCount, HandCapsules.EndCount);

    private void AddMotion(int frame, int index)
    {
        var closeness = frame < Pinned.Before || frame >= Frames - Pinned.After ? Pin : 1;
        for (var k = 0; k < Width; k++)
        {
            var at = frame * Width + k;
            _equations.Add(index, k, _state[at] - _given[at], closeness * _close[k]);
            if (frame < 3) continue;
            var difference = ThirdDifference(_state, at);
            _equations.AddSmoothness(index, k, difference - ThirdDifference(_given, at), _smooth[k]);
            if (_targets is not null) _equations.AddSmoothness(index, k, difference, _calm[k]);
        }
    }

    private static double ThirdDifference(double[] values, int at) =>
        values[at] - 3 * values[at - Width] + 3 * values[at - 2 * Width] - values[at - 3 * Width];

    // Frames that the last step made worse take shorter ones, the others longer ones.
    private void Damp(int count, RefinementStep step)
    {
        for (var i = 0; i < count; i++)
        {
            var cost = _equations.Cost(i);
            _damping[i] = step.IsFirst ? FirstDamping : Math.Clamp(_damping[i] * (cost < _costs[i] ? 0.35 : 3), LeastDamping, MostDamping);
            if (step.IsLate) _damping[i] = Math.Max(_damping[i], LateDamping);
            _costs[i] = cost;
            for (var k = 0; k < Width; k++) _equations.Damp(i, k, _damping[i] * _close[k]);
        }
    }
}

/// <summary>One step of the refinement.</summary>
/// <param name="IsFirst">Whether it is the first one of a stretch.</param>
/// <param name="IsLate">Whether it only clears up what the others left: misses, wrong keys and penetrations.</param>
/// <param name="Above">The hand that goes above where they meet; null for the one that is.</param>
internal readonly record struct RefinementStep(bool IsFirst, bool IsLate, HandSide? Above = null);
