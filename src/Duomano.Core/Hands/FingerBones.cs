using System.Numerics;
using Duomano.Core.Fingering;

namespace Duomano.Core.Hands;

/// <summary>The bones of one straight finger of a right hand of size 1.</summary>
/// <param name="Root">The knuckle (the thumb's saddle joint) from the wrist joint, metres.</param>
/// <param name="Direction">The unit vector along the finger.</param>
/// <param name="Proximal">From the first joint to the second, metres (the thumb's metacarpal bone).</param>
/// <param name="Middle">From the second joint to the third, metres.</param>
/// <param name="Distal">From the third joint to the fingertip's end, metres.</param>
internal readonly record struct FingerBones(Vector3 Root, Vector3 Direction, float Proximal, float Middle, float Distal)
{
    /// <summary>How a thumb lies beside the flat hand.</summary>
    public static readonly Vector3 ThumbDirection = Vector3.Normalize(new(-0.72f, -0.20f, 0.66f));

    // Lengths from wrist to fingertip are those that the recorded hands reach when stretched (their 95 % quantile, parallax
    // of the wrist taken off, the wrist 55 mm above the fingertips); the shares of the bones in them are those of the
    // joints seen in the video, which agree with published proportions within 2 mm.
    private static readonly FingerBones[] Pianist =
    [
        new(new(-0.023f, -0.012f, 0.030f), ThumbDirection, 0.0480f, 0.0350f, 0.0280f),
        new(new(-0.0905f, -0.002f, 0.0230f), Splayed(5), 0.0442f, 0.0249f, 0.0219f),
        new(new(-0.0925f, 0, 0), Splayed(0), 0.0477f, 0.0281f, 0.0229f),
        new(new(-0.0860f, -0.002f, -0.0190f), Splayed(-3.5f), 0.0445f, 0.0276f, 0.0229f),
        new(new(-0.0755f, -0.006f, -0.0365f), Splayed(-9), 0.0372f, 0.0206f, 0.0220f),
    ];

    private static readonly FingerBones[] Average =
    [
        new(new(-0.022f, -0.012f, 0.026f), ThumbDirection, 0.0462f, 0.0316f, 0.0253f),
        new(new(-0.088f, -0.002f, 0.022f), Splayed(3), 0.0398f, 0.0224f, 0.0197f),
        new(new(-0.090f, 0, 0), Splayed(0), 0.0446f, 0.0263f, 0.0214f),
        new(new(-0.083f, -0.002f, -0.020f), Splayed(-4), 0.0414f, 0.0257f, 0.0213f),
        new(new(-0.073f, -0.006f, -0.038f), Splayed(-9), 0.0327f, 0.0181f, 0.0197f),
    ];

    /// <summary>The bones of a finger of a build.</summary>
    public static FingerBones Of(HandBuild build, Finger finger) => (build == HandBuild.Average ? Average : Pianist)[(int)finger - 1];

    /// <summary>A finger so many times as long, at the same knuckle.</summary>
    public FingerBones Times(float length) => this with { Proximal = Proximal * length, Middle = Middle * length, Distal = Distal * length };

    private static Vector3 Splayed(float degrees)
    {
        var (sin, cos) = MathF.SinCos(degrees * MathF.PI / 180);
        return new(-cos, 0, sin);
    }
}
