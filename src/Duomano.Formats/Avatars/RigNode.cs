using System.Numerics;

namespace Duomano.Formats.Avatars;

/// <summary>A node of a rig.</summary>
/// <param name="Name">What it is called; empty where it has no name.</param>
/// <param name="Parent">The node above it; −1 for none.</param>
/// <param name="Depth">How many nodes are above it.</param>
/// <param name="World">Where it is at rest: its frame in the file's world, row vectors.</param>
public sealed record RigNode(string Name, int Parent, int Depth, Matrix4x4 World)
{
    /// <summary>Where its origin is at rest, in the file's units.</summary>
    public Vector3 Position => World.Translation;
}
