using System.Numerics;
using Duomano.Core.Numerics;

namespace Duomano.Core.Hands;

/// <summary>From joint rotations to positions.</summary>
public static class ForwardKinematics
{
    /// <summary>Computes where the 16 joints and the five fingertip pads are.</summary>
    /// <param name="skeleton">The hand's rest positions.</param>
    /// <param name="pose">Its pose.</param>
    /// <param name="points">Receives 21 positions in the piano frame, metres.</param>
    public static void Points(HandSkeleton skeleton, HandPose pose, Span<Vector3> points)
    {
        Span<Quaternion> orientations = stackalloc Quaternion[HandJoint.Count];
        Points(skeleton, pose, points, orientations);
    }

    /// <summary>Computes positions and the orientation of each joint in the piano frame.</summary>
    /// <param name="skeleton">The hand's rest positions.</param>
    /// <param name="pose">Its pose.</param>
    /// <param name="points">Receives 21 positions, metres.</param>
    /// <param name="orientations">Receives 16 orientations (rest axes to piano frame).</param>
    public static void Points(HandSkeleton skeleton, HandPose pose, Span<Vector3> points, Span<Quaternion> orientations)
    {
        ArgumentNullException.ThrowIfNull(skeleton);
        ArgumentNullException.ThrowIfNull(pose);
        var parents = HandJoint.Parents;
        orientations[HandJoint.Wrist] = Rotation.FromAxisAngle(pose.Rotations[HandJoint.Wrist]);
        points[HandJoint.Wrist] = pose.Wrist;
        for (var i = 1; i < HandJoint.PointCount; i++)
        {
            var parent = parents[i];
            points[i] = points[parent] + Vector3.Transform(skeleton.Bone(i), orientations[parent]);
            if (i < HandJoint.Count) orientations[i] = orientations[parent] * Rotation.FromAxisAngle(pose.Rotations[i]);
        }

        skeleton.Mano?.PlaceFingertips(skeleton.Side, pose, points, orientations);
    }
}
