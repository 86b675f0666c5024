using System.Numerics;
using Duomano.Core.Fingering;
using Duomano.Core.Keyboard;

namespace Duomano.Core.Playing;

/// <summary>Where one finger's pad should be, frame after frame: above its next key in time, down, up, and at rest.</summary>
internal sealed class PadPath
{
    // Height of an unused pad above what is below it, metres.
    private const float RestHeight = 0.006f;

    // Seconds: between rest and the last moment before a stroke, to reach the bed, to come back to rest.
    private const double Down = 0.10;
    private const double ToBed = 0.028;
    private const double Up = 0.14;

    // Until a finger goes along with the hand again, until it is over its key, and how early it is there, seconds.
    private const double Leaving = 0.14;
    private const double Arriving = 0.16;
    private const double Settled = 0.03;

    private readonly IReadOnlyList<Stroke> _strokes;
    private readonly List<double> _times = [];
    private readonly List<float> _heights = [];
    private readonly MonotoneCurve _height;
    private int _next;

    /// <summary>Plans a finger's strokes, in order of time.</summary>
    public PadPath(IReadOnlyList<Stroke> strokes, PerformanceStyle style)
    {
        _strokes = strokes;
        for (var i = 0; i < strokes.Count; i++)
        {
            AddApproach(i == 0 ? double.NegativeInfinity : strokes[i - 1].Release, strokes[i], style);
            AddHold(strokes[i]);
        }

        if (strokes.Count > 0) AddKnot(strokes[^1].Release + Up, RestHeight);
        _height = new(_times, _heights);
    }

    /// <summary>The stroke that holds a key at a moment, give or take a margin; null between strokes.</summary>
    public Stroke? Holding(double time, double margin = 0)
    {
        Advance(time);
        if (_next < _strokes.Count && time >= _strokes[_next].Press - margin) return _strokes[_next];
        return _next > 0 && time <= _strokes[_next - 1].Release + margin ? _strokes[_next - 1] : null;
    }

    /// <summary>The stroke whose key the finger has just let go or is about to press, whichever is nearer in time.</summary>
    public Stroke? Nearest(double time)
    {
        var (before, after) = Around(time);
        if (before is null || after is null) return before ?? after;
        return time - before.Release < after.Press - time ? before : after;
    }

    /// <summary>The stroke before (or now) and the one after a moment.</summary>
    public (Stroke? Before, Stroke? After) Around(double time)
    {
        Advance(time);
        return (_next > 0 ? _strokes[_next - 1] : null, _next < _strokes.Count ? _strokes[_next] : null);
    }

    /// <summary>How far the pad is above the resting top of its key, metres; negative while the key is down.</summary>
    public float HeightAt(double time) => _times.Count == 0 ? RestHeight : _height.At(time);

    /// <summary>Where the pad should be.</summary>
    /// <param name="time">Seconds; ask in rising order for speed.</param>
    /// <param name="rest">The resting pad below the hand as it is now (x and z).</param>
    public Vector3 At(double time, Vector3 rest)
    {
        var (before, after) = Around(time);
        var (holdBefore, holdAfter) = Shares(before, after, time);
        var place = rest + Pull(before, rest, holdBefore) + Pull(after, rest, holdAfter);
        var ground = (1 - holdBefore - holdAfter) * KeySurface.Height(place.Z)
            + holdBefore * (before?.Contact.Y ?? 0) + holdAfter * (after?.Contact.Y ?? 0);
        return place with { Y = ground + HeightAt(time) };
    }

    // How much the finger belongs to the key it leaves and to the one it goes to; the rest of it goes along with the hand.
    private static (float Before, float After) Shares(Stroke? before, Stroke? after, double time)
    {
        var pause = (after?.Press ?? double.PositiveInfinity) - (before?.Release ?? double.NegativeInfinity);
        var (leaving, arriving, settled) = (Math.Min(Leaving, 0.45 * pause), Math.Min(Arriving, 0.45 * pause), Math.Min(Settled, 0.1 * pause));
        return (
            before is null ? 0 : 1 - Smooth((time - before.Release) / leaving),
            after is null ? 0 : Smooth((time - after.Press + settled + arriving) / arriving));
    }

    private static Vector3 Pull(Stroke? stroke, Vector3 rest, float share)
    {
        if (stroke is null || share <= 0) return Vector3.Zero;
        var away = stroke.Contact - rest;
        return away with { Y = 0 } * share;
    }

    private static float Smooth(double share)
    {
        var x = (float)Math.Clamp(share, 0, 1);
        return x * x * (3 - 2 * x);
    }

    private void Advance(double time)
    {
        if (_next > 0 && time < _strokes[_next - 1].Press) _next = 0;
        while (_next < _strokes.Count && time >= _strokes[_next].Press) _next++;
    }

    private void AddApproach(double released, Stroke stroke, PerformanceStyle style)
    {
        var pause = stroke.Press - released;
        var loudness = 1 + style.LiftExpressiveness * (stroke.Note.Velocity - 64) / 110f;
        var lift = style.LiftHeight * loudness;
        if (pause < Down + Up)
        {
            // There is no time for more than a hop.
            var hop = MathF.Min(lift, (float)(0.13 * pause) - PianoKey.PressedDepth + 0.001f);
            AddKnot(released + 0.55 * pause, hop);
            return;
        }

        if (double.IsFinite(released)) AddKnot(released + Up, MathF.Min(RestHeight, lift));
        if (pause > Down + Up + 0.15) AddKnot(stroke.Press - Down - 0.15, MathF.Min(RestHeight, lift));
        AddKnot(stroke.Press - Down, lift);
    }

    private void AddHold(Stroke stroke)
    {
        var length = stroke.Release - stroke.Press;
        var edge = Math.Min(ToBed, 0.36 * length);
        AddKnot(stroke.Press, -PianoKey.PressedDepth);
        AddKnot(stroke.Press + edge, -HandReach.PressDepth);
        AddKnot(stroke.Release - edge, -HandReach.PressDepth);
        AddKnot(stroke.Release, -PianoKey.PressedDepth);
    }

    private void AddKnot(double time, float height)
    {
        if (_times.Count > 0 && time <= _times[^1] + 1e-6) return;
        _times.Add(time);
        _heights.Add(height);
    }
}
