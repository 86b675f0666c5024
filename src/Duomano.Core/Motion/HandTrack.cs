using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Numerics;

namespace Duomano.Core.Motion;

/// <summary>One hand's motion: wrist positions and joint rotations, frame after frame.</summary>
public sealed class HandTrack
{
    /// <summary>Makes a track at rest in the origin.</summary>
    /// <param name="frames">Number of frames.</param>
    public HandTrack(int frames)
        : this(new float[frames * 3], new float[frames * HandJoint.PoseLength])
    {
    }

    /// <summary>Wraps arrays without copying them.</summary>
    /// <param name="translations">[frames, 3] wrist positions in the piano frame, metres.</param>
    /// <param name="rotations">[frames, 48] axis-angle vectors, radians, wrist first.</param>
    /// <exception cref="ArgumentException">The lengths do not belong together.</exception>
    public HandTrack(float[] translations, float[] rotations)
    {
        ArgumentNullException.ThrowIfNull(translations);
        ArgumentNullException.ThrowIfNull(rotations);
        if (translations.Length % 3 != 0 || rotations.Length != translations.Length / 3 * HandJoint.PoseLength)
        {
            throw new ArgumentException($"{translations.Length} wrist coordinates and {rotations.Length} rotation values do not belong together: a frame has 3 and {HandJoint.PoseLength}.");
        }

        Translations = translations;
        Rotations = rotations;
    }

    /// <summary>Number of frames.</summary>
    public int FrameCount => Translations.Length / 3;

    /// <summary>[frames, 3] wrist positions in the piano frame, metres.</summary>
    public float[] Translations { get; }

    /// <summary>[frames, 48] axis-angle vectors, radians.</summary>
    public float[] Rotations { get; }

    /// <summary>The wrist at a frame, metres.</summary>
    public Vector3 Wrist(int frame) => new(Translations.AsSpan(frame * 3, 3));

    /// <summary>A joint's rotation at a frame (the wrist's is the hand's orientation), an axis-angle vector in radians.</summary>
    public Vector3 JointRotation(int frame, int joint) => new(Rotations.AsSpan(frame * HandJoint.PoseLength + joint * 3, 3));

    /// <summary>A copy of some consecutive frames.</summary>
    public HandTrack Slice(int first, int count) => new(
        Translations.AsSpan(first * 3, count * 3).ToArray(),
        Rotations.AsSpan(first * HandJoint.PoseLength, count * HandJoint.PoseLength).ToArray());

    /// <summary>The same motion, each value smoothed over time by a parabola (<see cref="SavitzkyGolay"/>).</summary>
    /// <param name="frames">Odd number of frames that the parabola is laid through; 1 leaves the motion as it is.</param>
    public HandTrack Smoothed(int frames)
    {
        if (frames == 1) return this;
        var smoothing = new SavitzkyGolay(frames);
        return new(smoothing.Smooth(Translations, 3), smoothing.Smooth(Rotations, HandJoint.PoseLength));
    }

    /// <summary>Copies a frame out.</summary>
    public HandPose GetPose(int frame)
    {
        var pose = new HandPose();
        GetPose(frame, pose);
        return pose;
    }

    /// <summary>Copies a frame into an existing pose.</summary>
    public void GetPose(int frame, HandPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        pose.Wrist = Wrist(frame);
        var row = Rotations.AsSpan(frame * HandJoint.PoseLength, HandJoint.PoseLength);
        for (var joint = 0; joint < HandJoint.Count; joint++) pose.Rotations[joint] = new(row.Slice(joint * 3, 3));
    }

    /// <summary>Copies a pose into a frame.</summary>
    public void SetPose(int frame, HandPose pose)
    {
        ArgumentNullException.ThrowIfNull(pose);
        pose.Wrist.CopyTo(Translations.AsSpan(frame * 3, 3));
        var row = Rotations.AsSpan(frame * HandJoint.PoseLength, HandJoint.PoseLength);
        for (var joint = 0; joint < HandJoint.Count; joint++) pose.Rotations[joint].CopyTo(row.Slice(joint * 3, 3));
    }
}
