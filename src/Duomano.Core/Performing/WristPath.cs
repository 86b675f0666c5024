using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Core.Playing;

namespace Duomano.Core.Performing;

/// <summary>
/// The path of one (right) wrist: in the plane of the keys as people's wrists go (<see cref="PosturePlan"/>), in height and
/// roll as the strokes' force asks. Fingers that cannot reach their keys move it, smoothly and only so far.
/// </summary>
internal sealed class WristPath
{
    private const double RisesUpTo = 2.2;
    private const double TurnsUpTo = 2.5;
    private const double CorrectsUpTo = 4.5;

    // A wrist does not sink lower, metres.
    private const float LowestAside = 0.028f;

    // A wrist stays in front of the keys, z, metres.
    private const float Foremost = 0.004f;

    // Weight of staying where nothing is asked, and of an early wish at its beginning and just before the stroke.
    private const double Idle = 0.004;
    private const double Early = 0.05;
    private const double Soon = 0.6;

    // The knuckles are a little lower than in the natural posture, so that long fingers reach far in, gently bent; radians.
    private const float Pitch = -0.15f;

    // At full expressiveness: rise before a stroke and sink with it (metres, for the loudest), lean to the playing finger (radians).
    private const float Rise = 0.010f;
    private const float Sink = 0.007f;
    private const float Lean = 0.11f;

    // A hand that anticipates more than usual goes so much earlier where it has time: between strokes that are so far apart, seconds.
    private const double NoTime = 0.15, AllTime = 0.6;
    private const double LeadsUpTo = 1.5;

    // Fingers that are bent more than usual by a radian bring the wrist so much nearer to the keys, metres; the fingertips stay.
    private const float Nearer = 0.08f;

    // In a long rest the wrist sinks by this share of its height within so many seconds.
    private const double RelaxedSink = 0.16;
    private const double RelaxesWithin = 0.9;

    // How far the wrist may depart from its plan: x, y, z, metres; yaw, radians.
    private static readonly double[] Farthest = [0.045, 0.040, 0.045, 0.35];

    private readonly double _fps;
    private readonly int _frames;
    private readonly IReadOnlyList<Stroke> _strokes;
    private readonly NaturalPosture _posture;
    private readonly PerformanceStyle _style;
    private readonly PosturePlan _plan;
    private readonly double[][] _departures;
    private readonly double[] _x;
    private readonly double[] _z;
    private readonly float _nearer;
    private double[] _y = [];
    private double[] _yaw = [];
    private double[] _roll = [];

    public WristPath(IReadOnlyList<Stroke> strokes, PosturePlan plan, NaturalPosture posture, PerformanceStyle style, int frames, double fps)
    {
        _strokes = strokes;
        _posture = posture;
        _style = style;
        _frames = frames;
        _fps = fps;
        _plan = plan;
        _departures = [.. Enumerable.Range(0, Farthest.Length).Select(_ => new double[frames])];
        _nearer = Nearer * (style.FingerCurl - PerformanceStyle.Neutral.FingerCurl);
        var lead = Leads(style.AnticipationSeconds - PerformanceStyle.Neutral.AnticipationSeconds);
        Vector2 Planned(int frame)
        {
            var at = Math.Clamp(frame + lead[frame], 0, frames - 1);
            return Vector2.Lerp(plan.Wrist((int)at), plan.Wrist(Math.Min((int)at + 1, frames - 1)), (float)(at - (int)at));
        }

        _x = [.. Enumerable.Range(0, frames).Select(frame => (double)Planned(frame).X)];
        _z = [.. Enumerable.Range(0, frames).Select(frame => (double)Planned(frame).Y - _nearer)];
        PlanYaw();
        PlanHeight();
        foreach (var stroke in strokes)
        {
            var tip = plan.Tip(Frame(stroke.Press), stroke.Finger);
            stroke.Settle(stroke.Place.Contact(tip.X, tip.Y));
        }
    }

    /// <summary>The hand's turn about the vertical axis at a frame, radians.</summary>
    public float Yaw(int frame) => (float)_yaw[frame] + Departure(3, frame);

    /// <summary>The wrist at a frame.</summary>
    public WristPose At(int frame) => new(Position(frame), NaturalPosture.Orientation(Yaw(frame), Pitch, (float)_roll[frame]));

    /// <summary>Where the wrist is at a frame, metres.</summary>
    public Vector3 Position(int frame)
    {
        var place = new Vector3((float)_x[frame] + Departure(0, frame), (float)_y[frame] + Departure(1, frame), (float)_z[frame] + Departure(2, frame));
        // The palm stays above the keys, the wrist in front of them.
        return place with { Y = MathF.Max(place.Y, LowestAside), Z = MathF.Max(place.Z, Foremost) };
    }

    /// <summary>A finger's pad below the hand at a frame, as a person's would be.</summary>
    public Vector3 Rest(Finger finger, int frame)
    {
        var pad = _plan.Tip(frame, finger) - _plan.Wrist(frame);
        var (sin, cos) = MathF.SinCos(Yaw(frame) - _plan.Yaw(frame));
        var place = Position(frame);
        return new(place.X + pad.X * cos + pad.Y * sin, 0, place.Z + _nearer + pad.Y * cos - pad.X * sin);
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
        for (var axis = 0; axis < Farthest.Length; axis++)
        {
            var moves = correction.Moves(axis, Idle, strength);
            for (var i = 0; i < _frames; i++) _departures[axis][i] += moves[i];
        }
    }

    // By how many frames the hand is earlier than usual.
    private double[] Leads(float seconds)
    {
        var (leads, weights) = (new double[_frames], new double[_frames]);
        if (seconds == 0) return leads;
        for (var i = 0; i <= _strokes.Count; i++)
        {
            var (from, to) = (i == 0 ? double.NegativeInfinity : _strokes[i - 1].Press, i == _strokes.Count ? double.PositiveInfinity : _strokes[i].Press);
            var share = Math.Clamp((to - from - NoTime) / (AllTime - NoTime), 0, 1);
            for (var frame = i == 0 ? 0 : Frame(from); frame < (i == _strokes.Count ? _frames : Frame(to)); frame++) leads[frame] = share * seconds * _fps;
        }

        Array.Fill(weights, 1);
        return PathSmoother.Solve(leads, weights, PathSmoother.Strength(LeadsUpTo, _fps));
    }

    // How far the wrist departs from its plan: freely by little, never by more than the farthest.
    private float Departure(int axis, int frame) => (float)(Farthest[axis] * Math.Tanh(_departures[axis][frame] / Farthest[axis]));

    private void PlanYaw()
    {
        var (sums, weights) = (new double[_frames], new double[_frames]);
        for (var i = 0; i < _frames; i++) (sums[i], weights[i]) = (_plan.Yaw(i), 1);
        _yaw = PathSmoother.Solve(sums, weights, PathSmoother.Strength(TurnsUpTo, _fps));
    }

    private void PlanHeight()
    {
        var (y, weights, roll) = (new double[_frames], new double[_frames], new double[_frames]);
        foreach (var stroke in _strokes)
        {
            var force = _style.WristExpressiveness * stroke.Note.Velocity / 127f;
            var lean = _style.WristExpressiveness * Lean * (3 - (int)stroke.Finger) / 2;
            ForEachFrame(stroke, (frame, weight) =>
            {
                var swing = frame < stroke.Press * _fps ? Rise : -Sink;
                y[frame] += weight * (_posture.Height + force * swing);
                roll[frame] += weight * lean;
                weights[frame] += weight;
            });
        }

        Idling(y, weights, _posture.Height);
        Relax(y, weights);
        Idling(roll, weights, 0);
        for (var i = 0; i < _frames; i++) weights[i] += Idle;
        _y = PathSmoother.Solve(y, weights, PathSmoother.Strength(RisesUpTo, _fps));
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
