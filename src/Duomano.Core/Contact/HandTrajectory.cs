using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;
using Duomano.Core.Performing;

namespace Duomano.Core.Contact;

/// <summary>
/// One (right) hand's motion as the solution of a least-squares problem over many frames: near to the given motion, with
/// little jerk, its strokes' pads where an example plays them, all other pads off the keys, joints within limits, flesh
/// out of flesh. The example is where the search starts, and the wish to be near to the given motion grows step by step,
/// so that the hand never has to find its way onto the keys by itself.
/// </summary>
internal sealed partial class HandTrajectory
{
    private const int Width = HandState.Length;

    // Damping relative to the closeness (Levenberg and Marquardt), and the least while the motion is put in order.
    private const double FirstDamping = 5;
    private const double LeastDamping = 0.3;
    private const double MostDamping = 300;
    private const double OrderlyDamping = 100;

    // A frame that costs this much in wrong or missed keys and flesh is not well solved; how far and how much the given
    // motion is then doubted around it.
    private const double Fault = 50;
    private const double DoubtSeconds = 0.33;
    private const double DoubtStrength = 0.7;

    // Weight of a frame that stands still.
    private const double Pin = 1e7;

    // How far each number may be from the given motion for a cost of 1 a frame: metres, radians.
    private static readonly double[] Closeness = [0.015, 0.010, 0.015, 0.12, 0.12, 0.12, .. EachFinger(0.15, 0.25, 0.25)];

    // Up to which frequency the given motion is followed, Hz.
    private static readonly double[] Following = [2.2, 2.2, 2.2, 1.8, 1.8, 1.8, .. EachFinger(3.7, 3.7, 3.7)];

    // The largest step of an iteration, metres, radians.
    private static readonly double[] LargestStep = [0.15, 0.08, 0.15, 0.3, 0.3, 0.3, .. EachFinger(0.45, 0.45, 0.45)];

    private readonly HandSide _side;
    private readonly HandIk _hand;
    private readonly HandCapsules _capsules;
    private readonly StrokeTimes _times;
    private readonly HandGeometry _geometry;
    private readonly NormalEquations _equations;
    private readonly bool _hasOwnWay;
    private readonly int _first;
    private readonly double[] _given;
    private readonly double[] _example;
    private readonly double[] _state;
    private readonly Vector3[] _pads;
    private readonly double[] _close = new double[Width];
    private readonly double[] _smooth = new double[Width];
    private readonly Vector3[] _ends;
    private readonly double[] _costs;
    private readonly double[] _damping;
    private readonly double[] _faults;
    private readonly double[] _trust;
    private readonly double[] _doubted;
    private readonly int _doubtFrames;
    private readonly double _fps;

    /// <summary>Prepares a hand.</summary>
    /// <param name="side">Whose (mirrored) keyboard it plays on.</param>
    /// <param name="hand">A right hand.</param>
    /// <param name="given">The motion to stay near to; null for the example itself, whose every gesture is then kept.</param>
    /// <param name="example">A motion of as many frames that carries out the strokes; null where there are none.</param>
    /// <param name="times">When which finger is busy.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="stretch">The most frames that are solved for at once.</param>
    /// <param name="first">Which frame of the strokes' times the motion begins with.</param>
    public HandTrajectory(HandSide side, HandIk hand, HandTrack? given, HandTrack? example, StrokeTimes times, double fps, int stretch, int first = 0)
    {
        var motion = given ?? example ?? throw new ArgumentNullException(nameof(given));
        (_side, _hand, _times, _first, Frames, _hasOwnWay) = (side, hand, times, first, motion.FrameCount, given is null);
        _capsules = new(hand.Skeleton);
        _geometry = new(hand, _capsules);
        _equations = new(stretch);
        _ends = new Vector3[stretch * HandCapsules.EndCount];
        (_costs, _damping, _faults) = (new double[stretch], new double[stretch], new double[stretch]);
        _doubted = new double[stretch];
        _doubtFrames = (int)Math.Ceiling(DoubtSeconds * fps);
        _fps = fps;
        _trust = [.. Enumerable.Repeat(1.0, Frames)];
        (_given, _state, _pads) = (new double[Frames * Width], new double[Frames * Width], new Vector3[Frames * 5]);
        var pose = new HandPose();
        for (var frame = 0; frame < Frames; frame++)
        {
            motion.GetPose(frame, pose);
            var row = _given.AsSpan(frame * Width, Width);
            HandState.Read(pose, hand, row);
            if (!_hasOwnWay) HandState.MakePlausible(row);
            if (example is null)
            {
                row.CopyTo(State(frame));
                continue;
            }

            example.GetPose(frame, pose);
            HandState.Read(pose, hand, State(frame));
            _geometry.Update(State(frame));
            for (var slot = 0; slot < 5; slot++) _pads[frame * 5 + slot] = Meant(_times[first + frame, slot], _geometry.Pad(slot));
        }

        _example = [.. _state];
        for (var i = 0; i < Width; i++)
        {
            _close[i] = 1 / (Closeness[i] * Closeness[i]);
            _smooth[i] = _close[i] * PathSmoother.Strength(Following[i], fps);
        }
    }

    public int Frames { get; }

    /// <summary>How many frames at the beginning and at the end stand still.</summary>
    public (int Before, int After) Pinned { get; init; }

    /// <summary>Finds out where the hand is in some frames.</summary>
    public void Look(int start, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _geometry.Update(State(start + i));
            _geometry.Ends.CopyTo(_ends.AsSpan(i * HandCapsules.EndCount));
        }
    }

    /// <summary>One Gauss–Newton step of some frames that both hands have looked at; those before them stand still.</summary>
    /// <param name="start">The first frame.</param>
    /// <param name="count">How many.</param>
    /// <param name="step">Which step it is.</param>
    /// <param name="other">The other hand.</param>
    public void Improve(int start, int count, RefinementStep step, HandTrajectory other)
    {
        _equations.Clear();
        Array.Clear(_faults);
        for (var i = 0; i < count; i++)
        {
            if (Observed is null) AddMotion(start + i, i, step.Share);
            else AddPrior(start + i, i);
            _geometry.Update(State(start + i));
            if (Observed is not null) AddSeenWrist(start + i, i);
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

    /// <summary>Trusts the given motion less where it keeps the hand from playing.</summary>
    /// <returns>False where there is no such place.</returns>
    public bool Doubt(int start, int count)
    {
        var found = false;
        for (var i = 0; i < count; i++)
        {
            if (_faults[i] < Fault) continue;
            found = true;
            for (var near = Math.Max(0, i - _doubtFrames); near < Math.Min(count, i + _doubtFrames + 1); near++)
            {
                _doubted[near] = Math.Max(_doubted[near], 1 - Math.Abs(near - i) / (_doubtFrames + 1.0));
            }
        }

        for (var i = 0; i < count; i++)
        {
            _trust[start + i] *= 1 - DoubtStrength * _doubted[i];
            _doubted[i] = 0;
        }

        return found;
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

    private Span<double> State(int frame) => _state.AsSpan(frame * Width, Width);

    // The ends of the capsules in a frame of the stretch that was looked at.
    private ReadOnlySpan<Vector3> Ends(int index) => _ends.AsSpan(index * HandCapsules.EndCount, HandCapsules.EndCount);

    private void AddMotion(int frame, int index, double share)
    {
        var trust = share * _trust[frame];
        var closeness = frame < Pinned.Before || frame >= Frames - Pinned.After ? Pin : _hasOwnWay ? trust : 1;
        for (var k = 0; k < Width; k++)
        {
            var at = frame * Width + k;
            _equations.Add(index, k, _state[at] - double.Lerp(_example[at], _given[at], trust), closeness * _close[k]);
            if (frame < 3) continue;
            var difference = ThirdDifference(_state, at);
            if (_hasOwnWay) difference -= ThirdDifference(_example, at);
            _equations.AddSmoothness(index, k, difference, _smooth[k] * share);
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
            if (step.PutsInOrder) _damping[i] = Math.Max(_damping[i], OrderlyDamping);
            _costs[i] = cost;
            for (var k = 0; k < Width; k++) _equations.Damp(i, k, _damping[i] * _close[k]);
        }
    }
}

/// <summary>One step of the refinement.</summary>
/// <param name="Share">How much the given motion counts beside the example, 0 to 1.</param>
/// <param name="IsFirst">Whether it is the first one of a stretch.</param>
/// <param name="PutsInOrder">Whether it only clears up what the others left: misses, wrong keys and flesh.</param>
/// <param name="Above">The hand that goes above where they meet; null for the one that is.</param>
internal readonly record struct RefinementStep(double Share, bool IsFirst, bool PutsInOrder, HandSide? Above = null);
