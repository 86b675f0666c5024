using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>
/// Rest positions of one hand's 16 joints and five fingertip pads, metres, relative to the wrist, with the fingers
/// straight. The right hand points along −x, palm down (−y), thumb towards +z, as MANO's does; the left hand is its
/// mirror image in x. Bones are those of a build (<see cref="HandBuild"/>) times a size.
/// </summary>
public sealed class HandSkeleton
{
    // The pad touches a key a little before the fingertip's end and below the bone.
    private const float PadInset = 0.003f;
    private const float PadDepth = 0.006f;

    // That depth, times half the thickness of fingertips that are as thick as an adult's.
    private const float PadShare = 0.9f;

    private static readonly float[] UsualFingers = [1, 1, 1, 1, 1];

    private static readonly Lazy<float> PianistLength = new(() => Create(HandSide.Right).Length);

    private readonly Vector3[] _points;

    /// <summary>Wraps rest positions.</summary>
    /// <param name="side">Which hand they are of.</param>
    /// <param name="points">21 positions in <see cref="HandJoint"/>'s order, the wrist at the origin.</param>
    /// <param name="size">The size they were made with, times the build's.</param>
    /// <param name="mano">The MANO hand they are of, or null; its mesh then tells where the fingertips are.</param>
    /// <param name="build">The build they were made from; null for bones of another origin.</param>
    /// <param name="thickness">How thick it is; null for an adult's fingers times the size, whatever the build.</param>
    public HandSkeleton(HandSide side, IReadOnlyList<Vector3> points, float size = 1, ManoShape? mano = null, HandBuild? build = null, HandThickness? thickness = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Count != HandJoint.PointCount) throw new ArgumentException($"A hand has {HandJoint.PointCount} points, not {points.Count}.", nameof(points));
        Side = side;
        Size = size;
        Mano = mano;
        Build = build;
        Thickness = thickness ?? HandThickness.Usual.Times(size);
        _points = [.. points];
    }

    /// <summary>Smallest hand made, times its build's.</summary>
    public const float SmallestSize = 0.7f;

    /// <summary>Largest hand made, times its build's.</summary>
    public const float LargestSize = 1.4f;

    /// <summary>Which hand this is.</summary>
    public HandSide Side { get; }

    /// <summary>Times the hand of its build.</summary>
    public float Size { get; }

    /// <summary>How long its fingers are from the thumb to the little finger, times those of its build and size; 1 for hands of another origin.</summary>
    public IReadOnlyList<float> FingerLengths { get; private init; } = UsualFingers;

    /// <summary>Fingers that it has not got, as some characters' hands; their bones are a neighbour's.</summary>
    public IReadOnlyList<Finger> Lacking { get; private init; } = [];

    /// <summary>How thick its parts are.</summary>
    public HandThickness Thickness { get; }

    /// <summary>From the wrist to the straight middle fingertip, times the same of the pianist's build.</summary>
    public float Reach => Length / PianistLength.Value;

    /// <summary>From the wrist to the straight middle fingertip, metres.</summary>
    public float Length => _points[HandJoint.Tip(Finger.Middle)].Length();

    /// <summary>The build it was made from; null for bones of another origin, such as a file's or MANO's.</summary>
    public HandBuild? Build { get; }

    /// <summary>The MANO hand it is of, or null.</summary>
    public ManoShape? Mano { get; }

    /// <summary>The same hand with fingertips fixed to their last bones, as solvers take it; itself unless it is a MANO hand.</summary>
    public HandSkeleton Rigid => Mano is null ? this : Side == HandSide.Right ? new(Side, Mano.RigidPoints(), Size) : new HandSkeleton(HandSide.Right, Mano.RigidPoints(), Size).Mirrored();

    /// <summary>The 21 rest positions, metres, the wrist at the origin.</summary>
    public ReadOnlySpan<Vector3> Points => _points;

    /// <summary>A hand of a build times a size.</summary>
    /// <param name="side">Which hand.</param>
    /// <param name="size">0.7 to 1.4.</param>
    /// <param name="build">Its proportions.</param>
    /// <param name="fingerLengths">How long its fingers are from the thumb to the little finger, times those of its build and size, 0.7 to 1.4 each; null for 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size or a finger's length is outside its range.</exception>
    /// <exception cref="ArgumentException">There are not five fingers.</exception>
    public static HandSkeleton Create(HandSide side, float size = 1, HandBuild build = HandBuild.Pianist, IReadOnlyList<float>? fingerLengths = null)
    {
        if (!(size >= SmallestSize && size <= LargestSize)) throw new ArgumentOutOfRangeException(nameof(size), size, $"A hand size is {SmallestSize} to {LargestSize}, times the usual.");
        fingerLengths ??= UsualFingers;
        if (fingerLengths.Count != UsualFingers.Length) throw new ArgumentException($"A hand has {UsualFingers.Length} fingers, not {fingerLengths.Count}.", nameof(fingerLengths));
        if (fingerLengths.Any(length => !(length >= SmallestSize && length <= LargestSize))) throw new ArgumentOutOfRangeException(nameof(fingerLengths), $"A finger's length is {SmallestSize} to {LargestSize}, times the usual.");
        var points = Grow([.. Fingers.All.Select(finger => FingerBones.Of(build, finger).Times(fingerLengths[(int)finger - 1]))]);
        for (var i = 0; i < points.Length; i++)
        {
            points[i] *= size;
            if (side == HandSide.Left) points[i] = HandMirror.Point(points[i]);
        }

        return new(side, points, size, build: build) { FingerLengths = fingerLengths };
    }

    /// <summary>A right hand of given bones.</summary>
    /// <param name="fingers">From the thumb to the little finger, metres.</param>
    /// <param name="thicken">What its thickness is, given the usual one of hands of its size; null for that.</param>
    /// <param name="lacking">Fingers that it has not got.</param>
    internal static HandSkeleton Of(IReadOnlyList<FingerBones> fingers, Func<HandThickness, HandThickness>? thicken = null, IReadOnlyList<Finger>? lacking = null)
    {
        var reach = new HandSkeleton(HandSide.Right, Grow(fingers)).Reach;
        var thickness = thicken?.Invoke(HandThickness.Usual.Times(reach));
        return new(HandSide.Right, Grow(fingers, reach, thickness), reach, thickness: thickness) { Lacking = lacking ?? [] };
    }

    /// <summary>The vector from a point's parent to it at rest, metres.</summary>
    public Vector3 Bone(int point) => point == HandJoint.Wrist ? Vector3.Zero : _points[point] - _points[HandJoint.Parents[point]];

    /// <summary>Fingers that one of two hands has not got.</summary>
    /// <param name="hands">The hands; null for ours, which have all.</param>
    public static IReadOnlyList<Finger> LackingOf(PerHand<HandSkeleton>? hands) => hands is { } both ? [.. both.Left.Lacking.Union(both.Right.Lacking)] : [];

    /// <summary>The opposite hand of the same build.</summary>
    public HandSkeleton Mirrored() => new(Side.Other(), Array.ConvertAll(_points, HandMirror.Point), Size, Mano, Build, Thickness) { FingerLengths = FingerLengths, Lacking = Lacking };

    // Pads lie the deeper the larger the hand, or the thicker its fingertips where that is known.
    private static Vector3[] Grow(IReadOnlyList<FingerBones> fingers, float size = 1, HandThickness? thickness = null)
    {
        var points = new Vector3[HandJoint.PointCount];
        foreach (var finger in Fingers.All)
        {
            var (first, bones) = (HandJoint.First(finger), fingers[(int)finger - 1]);
            points[first] = bones.Root;
            points[first + 1] = bones.Root + bones.Direction * bones.Proximal;
            points[first + 2] = points[first + 1] + bones.Direction * bones.Middle;
            points[HandJoint.Tip(finger)] = points[first + 2] + bones.Direction * (bones.Distal - size * PadInset) - Vector3.UnitY * (thickness is null ? size * PadDepth : PadShare * thickness.Of(finger, 2));
        }

        return points;
    }
}
