using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;

namespace Duomano.Core.Performing;

/// <summary>
/// The smooth path of one (right) wrist through the places that its strokes ask for. Every stroke asks, from a while
/// before it until the key comes up, for the wrist from which its finger would meet the key at rest; least-jerk
/// smoothing weighs these wishes, so that the hand is early, shares nearby notes out among its fingers and does not
/// hurry without need.
/// </summary>
internal sealed class WristPath
{
    private const double MovesUpTo = 2.2;
    private const double TurnsUpTo = 1.2;
    private const double CorrectsUpTo = 4.5;
    private const double GivesWayUpTo = 2.5;

    // A hand that gives way does not sink lower, metres.
    private const double LowestAside = 0.028;

    // Weight of staying where nobody is in the way.
    private const double StaysAway = 0.01;

    // Weight of staying where nothing is asked, and of an early wish at its beginning and just before the stroke.
    private const double Idle = 0.004;
    private const double Early = 0.05;
    private const double Soon = 0.6;

    // At full expressiveness: rise before a stroke and sink with it (metres, for the loudest), lean to the playing finger (radians).
    private const float Rise = 0.010f;
    private const float Sink = 0.007f;
    private const float Lean = 0.11f;

    // In a long rest the wrist sinks by this share of its height within so many seconds.
    private const double RelaxedSink = 0.16;
    private const double RelaxesWithin = 0.9;

    // Keys held together for longer than this are a chord, seconds.
    private const double Touching = 0.03;

    private readonly double _fps;
    private readonly int _frames;
    private readonly IReadOnlyList<Stroke> _strokes;
    private readonly NaturalPosture _posture;
    private readonly PerformanceStyle _style;
    private readonly Placement?[] _placements;
    private readonly HandReach _reach;
    private readonly Meeting _meeting;
    private readonly WristMove[] _wishes;
    private readonly bool[] _asked;
    private double[] _x = [];
    private double[] _y = [];
    private double[] _z = [];
    private double[] _yaw = [];
    private double[] _roll = [];

    public WristPath(IReadOnlyList<Stroke> strokes, NaturalPosture posture, HandReach reach, Meeting meeting, PerformanceStyle style, int frames, double fps, float restX)
    {
        _strokes = strokes;
        _posture = posture;
        _style = style;
        _frames = frames;
        _fps = fps;
        _reach = reach;
        _meeting = meeting;
        _wishes = new WristMove[frames];
        _asked = new bool[frames];
        _placements = Placements();
        PlanYaw();
        PlanPlace(restX);
        foreach (var stroke in strokes)
        {
            var frame = Frame(stroke.Press);
            var pad = posture.Pad(stroke.Finger, (float)_yaw[frame]);
            stroke.Settle(stroke.Place.Contact((float)_x[frame] + pad.X, (float)_z[frame] + pad.Z));
        }
    }

    /// <summary>The hand's turn about the vertical axis at a frame, radians.</summary>
    public float Yaw(int frame) => (float)_yaw[frame];

    /// <summary>The wrist at a frame.</summary>
    public WristPose At(int frame) => new(Position(frame), NaturalPosture.Orientation((float)_yaw[frame], 0, (float)_roll[frame]));

    /// <summary>The wrist at a frame after a move.</summary>
    public WristPose At(int frame, WristMove move) => new(
        Position(frame) + move.Shift, NaturalPosture.Orientation((float)_yaw[frame] + move.Yaw, 0, (float)_roll[frame] + move.Roll));

    /// <summary>Where the wrist is at a frame, metres.</summary>
    public Vector3 Position(int frame) => new((float)_x[frame], (float)_y[frame], (float)_z[frame]);

    /// <summary>A finger's resting pad below the hand at a frame.</summary>
    public Vector3 Rest(Finger finger, int frame)
    {
        var pad = _posture.Pad(finger, Yaw(frame));
        return new(pad.X + (float)_x[frame], 0, pad.Z + (float)_z[frame]);
    }

    /// <summary>Shifts the path where a share is above 0, such as to give way to the other hand.</summary>
    public void Shift(ReadOnlySpan<double> shares, float y, float z)
    {
        for (var i = 0; i < _frames; i++)
        {
            _y[i] += shares[i] * y;
            _z[i] += shares[i] * z;
        }
    }

    /// <summary>Moves the path, smoothly, towards what fingers missed.</summary>
    public void Move(WristCorrection correction)
    {
        var strength = PathSmoother.Strength(CorrectsUpTo, _fps);
        double[][] paths = [_x, _y, _z, _yaw];
        for (var axis = 0; axis < paths.Length; axis++)
        {
            var moves = correction.Moves(axis, Idle, strength);
            for (var i = 0; i < _frames; i++) paths[axis][i] += moves[i];
        }
    }

    /// <summary>Asks the wrist to be elsewhere, or turned otherwise, at a frame.</summary>
    public void Ask(int frame, WristMove move)
    {
        _wishes[frame] += move;
        _asked[frame] = true;
    }

    /// <summary>Gives in, smoothly, to what was asked since the last time; false if nothing was.</summary>
    public bool GiveIn()
    {
        if (!Array.Exists(_asked, asked => asked)) return false;
        var (sums, weights) = (new double[_frames], new double[_frames]);
        var strength = PathSmoother.Strength(GivesWayUpTo, _fps);
        double[][] paths = [_x, _y, _z, _yaw, _roll];
        for (var axis = 0; axis < paths.Length; axis++)
        {
            for (var i = 0; i < _frames; i++) (sums[i], weights[i]) = _asked[i] ? (_wishes[i][axis], 1.0) : (0.0, StaysAway);
            var moves = PathSmoother.Solve(sums, weights, strength);
            for (var i = 0; i < _frames; i++) paths[axis][i] += moves[i];
        }

        // Flesh stays above the key bed.
        for (var i = 0; i < _frames; i++) _y[i] = Math.Max(_y[i], LowestAside);
        Array.Clear(_wishes);
        Array.Clear(_asked);
        return true;
    }

    // Where the hand is for every stroke that is part of a chord.
    private Placement?[] Placements()
    {
        var placements = new Placement?[_strokes.Count];
        List<int> held = [];
        for (var i = 0; i < _strokes.Count; i++)
        {
            held.RemoveAll(other => _strokes[other].Release < _strokes[i].Press + Touching);
            held.Add(i);
            var chordGoesOn = i + 1 < _strokes.Count && _strokes[i + 1].Press - _strokes[i].Press < Touching;
            if (chordGoesOn || held.Count < 2 || _reach.Place([.. held.Select(other => _strokes[other])], _meeting.Turn(Frame(_strokes[i].Press))) is not { } placement) continue;
            for (var k = 0; k < held.Count; k++)
            {
                placements[held[k]] = placement;
                _strokes[held[k]].Settle(placement.Contacts[k]);
            }
        }

        return placements;
    }

    private void PlanYaw()
    {
        var fits = new PostureFit[_frames];
        var (turns, turnWeights) = (new double[_frames], new double[_frames]);
        for (var i = 0; i < _strokes.Count; i++)
        {
            var stroke = _strokes[i];
            var pad = _posture.Pad(stroke.Finger);
            var placement = _placements[i];
            ForEachFrame(stroke, (frame, weight) =>
            {
                fits[frame].Add(pad, stroke.Place.X, stroke.Place.PreferredZ(stroke.Finger), (float)weight);
                if (placement is null) return;
                turns[frame] += weight * placement.Value.Yaw;
                turnWeights[frame] += weight;
            });
        }

        var (sums, weights) = (new double[_frames], new double[_frames]);
        for (var i = 0; i < _frames; i++)
        {
            weights[i] = 0.01;
            if (fits[i].IsEmpty) continue;
            // Chords say how the hand is turned; lines leave it to least squares.
            var fit = fits[i].Weight;
            var share = turnWeights[i] / fit;
            var single = fits[i].Solve(NaturalPosture.Turn(fits[i].MeanX) + _meeting.Turn(i)).Yaw;
            weights[i] += Math.Min(1, fit);
            sums[i] = Math.Min(1, fit) * (turnWeights[i] > 0 ? single * (1 - share) + turns[i] / turnWeights[i] * share : single);
        }

        _yaw = PathSmoother.Solve(sums, weights, PathSmoother.Strength(TurnsUpTo, _fps));
    }

    private void PlanPlace(float restX)
    {
        var (x, y, z, weights) = (new double[_frames], new double[_frames], new double[_frames], new double[_frames]);
        var roll = new double[_frames];
        for (var i = 0; i < _strokes.Count; i++)
        {
            var (stroke, placement) = (_strokes[i], _placements[i]);
            var preferred = stroke.Place.PreferredZ(stroke.Finger);
            var force = _style.WristExpressiveness * stroke.Note.Velocity / 127f;
            var lean = _style.WristExpressiveness * Lean * (3 - (int)stroke.Finger) / 2;
            ForEachFrame(stroke, (frame, weight) =>
            {
                var pad = _posture.Pad(stroke.Finger, Yaw(frame));
                x[frame] += weight * (placement?.Position.X ?? stroke.Place.X - pad.X);
                var swing = frame < stroke.Press * _fps ? Rise : -Sink;
                y[frame] += weight * ((placement?.Position.Y ?? _posture.Height) + force * swing);
                roll[frame] += weight * lean;
                z[frame] += weight * (placement?.Position.Z ?? preferred - pad.Z);
                weights[frame] += weight;
            });
        }

        Idling(x, weights, restX);
        Idling(y, weights, _posture.Height);
        Relax(y, weights);
        Idling(roll, weights, 0);
        Idling(z, weights, -0.030f - _posture.Pad(Finger.Middle).Z);
        for (var i = 0; i < _frames; i++) weights[i] += Idle;
        var strength = PathSmoother.Strength(MovesUpTo, _fps);
        _x = PathSmoother.Solve(x, weights, strength);
        _y = PathSmoother.Solve(y, weights, strength);
        _z = PathSmoother.Solve(z, weights, strength);
        _roll = PathSmoother.Solve(roll, weights, PathSmoother.Strength(TurnsUpTo, _fps));
    }

    // Where nothing is asked, the hand drifts from its last place to its next one.
    private void Idling(double[] sums, double[] weights, double rest)
    {
        var last = -1;
        for (var i = 0; i <= _frames; i++)
        {
            if (i < _frames && weights[i] <= 0) continue;
            double? before = last >= 0 ? sums[last] / weights[last] : null;
            double? after = i < _frames ? sums[i] / weights[i] : null;
            for (var j = last + 1; j < i; j++)
            {
                var share = (double)(j - last) / (i - last);
                share = share * share * (3 - 2 * share);
                sums[j] = Idle * (((before ?? after) ?? rest) * (1 - share) + ((after ?? before) ?? rest) * share);
            }

            if (i < _frames) sums[i] += Idle * sums[i] / weights[i];
            last = i;
        }
    }

    // In a long rest the wrist sinks a little.
    private void Relax(double[] sums, double[] weights)
    {
        var sinks = RelaxedSink * _posture.Height;
        for (var start = 0; start < _frames; start++)
        {
            if (weights[start] > 0) continue;
            var end = start;
            while (end < _frames && weights[end] <= 0) end++;
            for (var i = start; i < end; i++)
            {
                // Where the clip begins or ends there is nobody to come from or to go to.
                var since = start == 0 ? double.PositiveInfinity : (i - start) / _fps;
                var until = end == _frames ? double.PositiveInfinity : (end - i) / _fps;
                var share = Math.Clamp(Math.Min(since, until) / RelaxesWithin, 0, 1);
                sums[i] -= Idle * sinks * share * share * (3 - 2 * share);
            }

            start = end;
        }
    }

    private int Frame(double time) => Math.Clamp((int)Math.Round(time * _fps), 0, _frames - 1);

    private void ForEachFrame(Stroke stroke, Action<int, double> visit)
    {
        var early = stroke.Press - _style.AnticipationSeconds;
        var first = Math.Max(0, (int)Math.Ceiling(early * _fps));
        var last = Math.Min(_frames - 1, (int)Math.Floor(stroke.Release * _fps));
        for (var frame = first; frame <= last; frame++)
        {
            var time = frame / _fps;
            var share = (time - early) / _style.AnticipationSeconds;
            visit(frame, share >= 0.9 ? 1 : Early + (Soon - Early) * share * share);
        }
    }
}
