using Duomano.Core.Hands;
using Duomano.Core.Motion;
using MathNet.Numerics.LinearAlgebra;

namespace Duomano.Evaluation.Published;

/// <summary>
/// One hand's motion as the published evaluation sees it: in PianoMotion10M's camera frame (<see cref="PianoMotionFrame"/>),
/// either hand a right hand, in radians and metres.
/// </summary>
public sealed class HandMotion
{
    /// <summary>Wraps arrays without copying them.</summary>
    /// <param name="positions">[frames, 3] translations, metres.</param>
    /// <param name="pose">[frames, 48] orientation and joint rotations, axis-angle, radians.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public HandMotion(float[] positions, float[] pose)
    {
        ArgumentNullException.ThrowIfNull(positions);
        ArgumentNullException.ThrowIfNull(pose);
        if (positions.Length % 3 != 0 || pose.Length != positions.Length / 3 * HandJoint.PoseLength)
        {
            throw new ArgumentException($"{positions.Length} coordinates and {pose.Length} rotation values do not belong together: a frame has 3 and {HandJoint.PoseLength}.");
        }

        Positions = positions;
        Pose = pose;
        Seen = [.. Enumerable.Repeat(true, FrameCount)];
    }

    /// <summary>Number of frames.</summary>
    public int FrameCount => Positions.Length / 3;

    /// <summary>[frames, 3], metres.</summary>
    public float[] Positions { get; }

    /// <summary>[frames, 48], radians.</summary>
    public float[] Pose { get; }

    /// <summary>Whether the hand was seen, frame by frame; what was not seen is not known.</summary>
    /// <exception cref="ArgumentException">There is not one for each frame.</exception>
    public IReadOnlyList<bool> Seen
    {
        get;
        init => field = value?.Count == FrameCount ? value : throw new ArgumentException($"{FrameCount} frames are not told apart by {value?.Count} flags.", nameof(value));
    }

    /// <summary>Takes a hand out of annotation rows.</summary>
    /// <param name="rows">[frames, columns]: flag, translation, pose, and anything. Only frames whose flag is exactly 1 were seen.</param>
    /// <param name="columns">Numbers a row.</param>
    public static HandMotion FromRows(ReadOnlySpan<float> rows, int columns)
    {
        var flags = new bool[rows.Length / columns];
        for (var frame = 0; frame < flags.Length; frame++) flags[frame] = rows[frame * columns] == 1;
        var motion = new HandMotion(new float[flags.Length * 3], new float[flags.Length * HandJoint.PoseLength]) { Seen = flags };
        for (var frame = 0; frame < motion.FrameCount; frame++) motion.Set(frame, rows.Slice(frame * columns + 1, PianoMotionFrame.Length));
        return motion;
    }

    /// <summary>Writes a hand of a clip as an annotation would have it.</summary>
    /// <param name="clip">The clip.</param>
    /// <param name="side">Which hand.</param>
    /// <param name="hand">The hand model of the annotation that it is compared with.</param>
    public static HandMotion FromClip(TwoHandClip clip, HandSide side, PianoMotionHand hand)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var motion = new HandMotion(new float[clip.FrameCount * 3], new float[clip.FrameCount * HandJoint.PoseLength]);
        var pose = new HandPose();
        Span<float> values = stackalloc float[PianoMotionFrame.Length];
        for (var frame = 0; frame < motion.FrameCount; frame++)
        {
            clip.Hands[side].GetPose(frame, pose);
            PianoMotionFrame.Write(side, pose, hand, values);
            motion.Set(frame, values);
        }

        return motion;
    }

    /// <summary>[frames, 48] in double precision.</summary>
    internal Matrix<double> PoseRows() => Samples.Rows(Pose, HandJoint.PoseLength);

    /// <summary>[frames, 3] in double precision.</summary>
    internal Matrix<double> PositionRows() => Samples.Rows(Positions, 3);

    private void Set(int frame, ReadOnlySpan<float> values)
    {
        values[..3].CopyTo(Positions.AsSpan(frame * 3));
        values[3..].CopyTo(Pose.AsSpan(frame * HandJoint.PoseLength));
    }
}
