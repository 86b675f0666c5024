using System.Numerics;

namespace Duomano.Core.Shapes;

/// <summary>A part of a surface that bones move, of one material.</summary>
/// <param name="Material">What it is made of.</param>
/// <param name="Positions">Corners at rest, metres; a hand's from its wrist.</param>
/// <param name="Normals">Outward unit vectors.</param>
/// <param name="Tints">What to multiply the material's linear colour with: at most 1; skin is redder at fingertips and knuckles.</param>
/// <param name="Joints">Four bones a corner: in a hand 0 to 15 as in <see cref="Hands.HandJoint"/>, 16 the forearm.</param>
/// <param name="Weights">How much each of the four moves the corner; they add up to 1.</param>
/// <param name="Indices">Three corners a triangle, counter-clockwise as seen from outside.</param>
public sealed record SkinnedPart(
    SurfaceMaterial Material, Vector3[] Positions, Vector3[] Normals, Vector3[] Tints, (byte A, byte B, byte C, byte D)[] Joints, Vector4[] Weights, int[] Indices);
