using System.Numerics;
using Duomano.Core.Hands;

namespace Duomano.Core.Motion;

/// <summary>
/// The right-hand model that annotation rows are written for: where its wrist rests, and the mean pose its joint
/// rotations are counted from.
/// </summary>
public sealed record PianoMotionHand
{
    /// <summary>Our own skeleton: the wrist rests in the origin, and rotations are counted from straight fingers.</summary>
    public static PianoMotionHand Duomano { get; } = new() { Name = "duomano" };

    /// <summary>
    /// What is known of MANO's hand without its files: the mean right hand's wrist rests about 96 mm along x. The mean pose
    /// is missing, so fingers come out straighter than they were; users who have the model can give a complete one.
    /// </summary>
    public static PianoMotionHand Mano { get; } = new() { Name = "mano", RestWrist = new(0.096f, 0, 0) };

    /// <summary>A user's own MANO hand, whose files tell everything.</summary>
    public static PianoMotionHand Of(ManoShape shape)
    {
        ArgumentNullException.ThrowIfNull(shape);
        return new() { Name = Mano.Name, RestWrist = shape.Joints[HandJoint.Wrist], MeanPose = shape.Hand.MeanPose };
    }

    /// <summary>What annotations call it.</summary>
    public required string Name { get; init; }

    /// <summary>The wrist joint of the unposed hand, metres; translations move the model's origin.</summary>
    public Vector3 RestWrist { get; init; }

    /// <summary>Axis-angle vectors (radians) of the 15 finger joints that are added to those of a row; empty for none.</summary>
    /// <exception cref="ArgumentException">There are neither 15 nor none.</exception>
    public IReadOnlyList<Vector3> MeanPose
    {
        get;
        init => field = value is { Count: 0 or HandJoint.Count - 1 } ? value : throw new ArgumentException($"A mean pose has {HandJoint.Count - 1} joints, not {value?.Count}.", nameof(value));
    } = [];

    /// <summary>The mean rotation of a joint; none for the wrist.</summary>
    internal Vector3 Mean(int joint) => joint == HandJoint.Wrist || MeanPose.Count == 0 ? Vector3.Zero : MeanPose[joint - 1];
}
