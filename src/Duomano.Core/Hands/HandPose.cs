using System.Numerics;

namespace Duomano.Core.Hands;

/// <summary>
/// One hand at one moment: where the wrist is and how the 16 joints are turned. Rotations are axis-angle vectors
/// (radians) in the rest pose's axes, each relative to its parent; the wrist's is the hand's orientation in the piano frame.
/// </summary>
public sealed class HandPose
{
    /// <summary>The wrist joint in the piano frame, metres.</summary>
    public Vector3 Wrist { get; set; }

    /// <summary>16 axis-angle vectors, radians, in <see cref="HandJoint"/>'s order.</summary>
    public Vector3[] Rotations { get; } = new Vector3[HandJoint.Count];

    /// <summary>A copy that shares nothing.</summary>
    public HandPose Clone()
    {
        var copy = new HandPose { Wrist = Wrist };
        Rotations.CopyTo(copy.Rotations, 0);
        return copy;
    }
}
