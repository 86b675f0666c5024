using System.Numerics;

namespace Duomano.Formats.Avatars;

/// <summary>A node of a rig.</summary>
/// <param name="Name">What it is called; empty where it has no name.</param>
/// <param name="Parent">The node above it; −1 for none.</param>
/// <param name="Depth">How many nodes are above it.</param>
/// <param name="World">Where the file has it: its frame in the file's world, row vectors.</param>
public sealed record RigNode(string Name, int Parent, int Depth, Matrix4x4 World)
{
    /// <summary>Its frame in the pose in which the mesh was bound to the bones, mostly a T-pose; as in the file where no skin tells.</summary>
    public Matrix4x4 Bind { get; init; } = World;

    /// <summary>Where its origin is in that pose, in the file's units.</summary>
    public Vector3 Position => Bind.Translation;
}
