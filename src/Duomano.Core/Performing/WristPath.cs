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

    // Weight of staying where nothing is asked, and of an early wish at its beginning and just before the stroke.
    private const double Idle = 0.004;
    private const double Early = 0.05;
    private const double Soon = 0.6;

    private readonly double _fps;
    private readonly int _frames;
    private readonly IReadOnlyList<Stroke> _strokes;
    private readonly NaturalPosture _posture;
    private readonly PerformanceStyle _style;
    private readonly Stretch[] _stretches;
    private double[] _x = [];
    private double[] _y = [];
    private double[] _z = [];
    private double[] _yaw = [];

    public WristPath(IReadOnlyList<Stroke> strokes, NaturalPosture posture, PerformanceStyle style, int frames, double fps, float restX)
    {
        _strokes = strokes;
        _posture = posture;
        _style = style;
        _frames = frames;
        _fps = fps;
        _stretches = Stretches();
        PlanYaw();
        PlanPlace(restX);
        foreach (var stroke in strokes)
        {
            var frame = Math.Clamp((int)Math.Round(stroke.Press * fps), 0, frames - 1);
            var pad = posture.Pad(stroke.Finger, (float)_yaw[frame]);
            stroke.Contact = stroke.Place.Contact((float)_x[frame] + pad.X, (float)_z[frame] + pad.Z);
        }
    }

    /// <summary>The hand's turn about the vertical axis at a frame, radians.</summary>
    public float Yaw(int frame) => (float)_yaw[frame];

    /// <summary>The wrist at a frame.</summary>
    public WristPose At(int frame) => new(Position(frame), NaturalPosture.Orientation((float)_yaw[frame]));

    /// <summary>Where the wrist is at a frame, metres.</summary>
    public Vector3 Position(int frame) => new((float)_x[frame], (float)_y[frame], (float)_z[frame]);

    /// <summary>A finger's resting pad below the hand at a frame.</summary>
    public Vector3 Rest(Finger finger, int frame)
    {
        var pad = _posture.Pad(finger, Yaw(frame));
        return new(pad.X + (float)_x[frame], 0, pad.Z + (float)_z[frame]);
    }

    /// <summary>Moves the path, smoothly, towards what fingers missed.</summary>
    /// <param name="sums">Weighted wishes a frame: by how much to move (x, y, z) and turn (w, radians).</param>
    /// <param name="weights">Their weights; frames without one follow their neighbours.</param>
    public void Move(ReadOnlySpan<Vector4> sums, ReadOnlySpan<float> weights)
    {
        var strength = PathSmoother.Strength(CorrectsUpTo, _fps);
        var weight = new double[_frames];
        var sum = new double[_frames];
        for (var i = 0; i < _frames; i++) weight[i] = weights[i] + Idle;
        double[][] paths = [_x, _y, _z, _yaw];
        for (var axis = 0; axis < paths.Length; axis++)
        {
            for (var i = 0; i < _frames; i++) sum[i] = sums[i][axis];
            var move = PathSmoother.Solve(sum, weight, strength);
            for (var i = 0; i < _frames; i++) paths[axis][i] += move[i];
        }
    }

    // What every stroke asks for together with those that are held at the same time.
    private Stretch[] Stretches()
    {
        var stretches = new Stretch[_strokes.Count];
        List<Stroke> held = [];
        for (var i = 0; i < _strokes.Count; i++)
        {
            held.RemoveAll(stroke => stroke.Release < _strokes[i].Press);
            held.Add(_strokes[i]);
            var stretch = Stretch.Of(held, _posture);
            for (var j = i; j >= 0 && j > i - 16; j--)
            {
                if (held.Contains(_strokes[j]) && stretch.Yaw < stretches[j].Yaw) stretches[j] = stretch;
            }
        }

        return stretches;
    }

    private void PlanYaw()
    {
        var fits = new PostureFit[_frames];
        var (turns, turnWeights) = (new double[_frames], new double[_frames]);
        for (var i = 0; i < _strokes.Count; i++)
        {
            var stroke = _strokes[i];
            var pad = _posture.Pad(stroke.Finger);
            var turn = _stretches[i].Yaw;
            ForEachFrame(stroke, (frame, weight) =>
            {
                fits[frame].Add(pad, stroke.Place.X, stroke.Place.PreferredZ(stroke.Finger), (float)weight);
                turns[frame] += weight * turn;
                turnWeights[frame] += weight;
            });
        }

        var (sums, weights) = (new double[_frames], new double[_frames]);
        for (var i = 0; i < _frames; i++)
        {
            weights[i] = fits[i].IsEmpty ? 0.01 : Math.Min(1, turnWeights[i]);
            sums[i] = fits[i].IsEmpty ? 0 : weights[i] * (fits[i].Solve().Yaw + turns[i] / turnWeights[i]);
        }

        _yaw = PathSmoother.Solve(sums, weights, PathSmoother.Strength(TurnsUpTo, _fps));
    }

    private void PlanPlace(float restX)
    {
        var (x, y, z, weights) = (new double[_frames], new double[_frames], new double[_frames], new double[_frames]);
        for (var i = 0; i < _strokes.Count; i++)
        {
            var (stroke, stretch) = (_strokes[i], _stretches[i]);
            var preferred = stroke.Place.PreferredZ(stroke.Finger) + stretch.Z;
            ForEachFrame(stroke, (frame, weight) =>
            {
                var pad = _posture.Pad(stroke.Finger, Yaw(frame));
                x[frame] += weight * (stroke.Place.X - pad.X);
                y[frame] += weight * (_posture.Height + stretch.Y);
                z[frame] += weight * (preferred - pad.Z);
                weights[frame] += weight;
            });
        }

        Idling(x, weights, restX);
        Idling(y, weights, _posture.Height);
        Idling(z, weights, -0.030f - _posture.Pad(Finger.Middle).Z);
        for (var i = 0; i < _frames; i++) weights[i] += Idle;
        var strength = PathSmoother.Strength(MovesUpTo, _fps);
        _x = PathSmoother.Solve(x, weights, strength);
        _y = PathSmoother.Solve(y, weights, strength);
        _z = PathSmoother.Solve(z, weights, strength);
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
