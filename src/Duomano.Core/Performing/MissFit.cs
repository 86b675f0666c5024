using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Performing;

/// <summary>How a hand should move as a whole for its fingers to reach what they miss.</summary>
internal struct MissFit(Vector3 wrist)
{
    // Turning by one radian is as unwelcome as missing by this much, metres.
    private const float TurnCost = 0.03f;

    private int _count;
    private Vector3 _misses;
    private Vector2 _arms;
    private float _cross;
    private float _square;
    private float? _thumb;
    private float _outwards;

    /// <summary>The largest miss so far, metres.</summary>
    public float Worst { get; private set; }

    /// <summary>Whether no finger was added.</summary>
    public readonly bool IsEmpty => _count == 0;

    /// <summary>Adds a finger, thumb first.</summary>
    public void Add(Finger finger, Vector3 target, Vector3 miss)
    {
        _count++;
        Worst = MathF.Max(Worst, miss.Length());
        var arm = target - wrist;
        _misses += miss;
        _arms += new Vector2(arm.X, arm.Z);
        _cross += arm.Z * miss.X - arm.X * miss.Z;
        _square += arm.X * arm.X + arm.Z * arm.Z;
        if (finger == Finger.Thumb) _thumb = miss.X;
        else if (_thumb is { } thumb) _outwards = MathF.Max(_outwards, miss.X - thumb);
    }

    /// <summary>The move (x, y, z) and the turn about the vertical axis (w) in the least-squares sense.</summary>
    public readonly Vector4 Solve()
    {
        var (miss, arm) = (_misses / _count, _arms / _count);
        var cross = _cross / _count - (arm.Y * miss.X - arm.X * miss.Z);
        var square = _square / _count - arm.LengthSquared();
        var turn = cross / (square + TurnCost * TurnCost);
        // Thumb and another finger that both miss outwards: the hand must open, as for a wider chord.
        var open = Stretch.Of(_outwards);
        return new(miss.X - turn * arm.Y, miss.Y + open.Y, miss.Z + turn * arm.X + open.Z, turn + open.Yaw);
    }
}
