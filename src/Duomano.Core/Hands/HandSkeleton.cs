using System.Numerics;

namespace Duomano.Core.Hands;

/// <summary>
/// Rest positions of one hand's 16 joints and five fingertip pads, metres, relative to the wrist, with the fingers
/// straight. The right hand points along −x, palm down (−y), thumb towards +z, as MANO's does; the left hand is its
/// mirror image in x. Bones are those of an average adult (Buryanov and Kotiuk 2010, "Proportions of hand segments"),
/// times a size.
/// </summary>
public sealed class HandSkeleton
{
    // Knuckles (and the thumb's saddle joint) from the wrist joint, metres.
    private static readonly Vector3 IndexKnuckle = new(-0.088f, -0.002f, 0.022f);
    private static readonly Vector3 MiddleKnuckle = new(-0.090f, 0, 0);
    private static readonly Vector3 RingKnuckle = new(-0.083f, -0.002f, -0.020f);
    private static readonly Vector3 LittleKnuckle = new(-0.073f, -0.006f, -0.038f);
    private static readonly Vector3 ThumbSaddle = new(-0.022f, -0.012f, 0.026f);

    // The pad touches a key a little before the fingertip's end and below the bone.
    private const float PadInset = 0.003f;
    private const float PadDepth = 0.006f;

    private readonly Vector3[] _points;

    /// <summary>Wraps rest positions.</summary>
    /// <param name="side">Which hand they are of.</param>
    /// <param name="points">21 positions in <see cref="HandJoint"/>'s order, the wrist at the origin.</param>
    /// <param name="size">The size they were made with, 1 for an average adult.</param>
    /// <param name="mano">The MANO hand they are of, or null; its flesh then tells where the fingertips are.</param>
    public HandSkeleton(HandSide side, IReadOnlyList<Vector3> points, float size = 1, ManoShape? mano = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count != HandJoint.PointCount) throw new ArgumentException($"A hand has {HandJoint.PointCount} points, not {points.Count}.", nameof(points));
        Side = side;
        Size = size;
        Mano = mano;
        _points = [.. points];
    }

    /// <summary>Smallest hand made, times the average.</summary>
    public const float SmallestSize = 0.7f;

    /// <summary>Largest hand made, times the average.</summary>
    public const float LargestSize = 1.4f;

    /// <summary>Which hand this is.</summary>
    public HandSide Side { get; }

    /// <summary>Times an average adult's hand.</summary>
    public float Size { get; }

    /// <summary>The MANO hand it is of, or null.</summary>
    public ManoShape? Mano { get; }

    /// <summary>The same hand with fingertips fixed to their last bones, as solvers take it; itself unless it is a MANO hand.</summary>
    public HandSkeleton Rigid => Mano is null ? this : Side == HandSide.Right ? new(Side, Mano.RigidPoints(), Size) : new HandSkeleton(HandSide.Right, Mano.RigidPoints(), Size).Mirrored();

    /// <summary>The 21 rest positions, metres, the wrist at the origin.</summary>
    public ReadOnlySpan<Vector3> Points => _points;

    /// <summary>An average adult's hand times a size.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="size">0.7 to 1.4.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is outside that range.</exception>
    public static HandSkeleton Create(HandSide side, float size = 1)
    {
        if (!(size >= SmallestSize && size <= LargestSize)) throw new ArgumentOutOfRangeException(nameof(size), size, $"A hand size is {SmallestSize} to {LargestSize}, times the average adult.");
        var points = new Vector3[HandJoint.PointCount];
        Grow(points, Fingering.Finger.Index, IndexKnuckle, Splayed(3), 0.0398f, 0.0224f, 0.0197f);
        Grow(points, Fingering.Finger.Middle, MiddleKnuckle, Splayed(0), 0.0446f, 0.0263f, 0.0214f);
        Grow(points, Fingering.Finger.Ring, RingKnuckle, Splayed(-4), 0.0414f, 0.0257f, 0.0213f);
        Grow(points, Fingering.Finger.Little, LittleKnuckle, Splayed(-9), 0.0327f, 0.0181f, 0.0197f);
        Grow(points, Fingering.Finger.Thumb, ThumbSaddle, Vector3.Normalize(new(-0.72f, -0.20f, 0.66f)), 0.0462f, 0.0316f, 0.0253f);
        for (var i = 0; i < points.Length; i++)
        {
            points[i] *= size;
            if (side == HandSide.Left) points[i] = HandMirror.Point(points[i]);
        }

        return new(side, points, size);
    }

    /// <summary>The vector from a point's parent to it at rest, metres.</summary>
    public Vector3 Bone(int point) => point == HandJoint.Wrist ? Vector3.Zero : _points[point] - _points[HandJoint.Parents[point]];

    /// <summary>The opposite hand of the same build.</summary>
    public HandSkeleton Mirrored() => new(Side.Other(), Array.ConvertAll(_points, HandMirror.Point), Size, Mano);

    private static Vector3 Splayed(float degrees)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        return new(-cos, 0, sin);
    }

    private static void Grow(Vector3[] points, Fingering.Finger finger, Vector3 root, Vector3 direction, float proximal, float middle, float distal)
    {
        var first = HandJoint.First(finger);
        points[first] = root;
        points[first + 1] = root + direction * proximal;
        points[first + 2] = points[first + 1] + direction * middle;
        points[HandJoint.Tip(finger)] = points[first + 2] + direction * (distal - PadInset) - Vector3.UnitY * PadDepth;
    }
}
