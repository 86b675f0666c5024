using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Music;

namespace Duomano.Core.Motion;

/// <summary>
/// Two hands in motion over a keyboard, in the piano frame. A clip does not know who made it: a network, the kinematic
/// pianist or a file. Each hand's values belong to its own skeleton (the left one is the right one's mirror image).
/// </summary>
public sealed partial class TwoHandClip
{
    /// <summary>The frame rate everything is made at unless said otherwise.</summary>
    public const double DefaultFps = 30;

    /// <summary>Puts a clip together.</summary>
    /// <param name="hands">Both tracks, of equal length.</param>
    /// <param name="skeletons">The hands they move.</param>
    /// <param name="fps">Frames a second.</param>
    /// <param name="notes">The notes that are played, where known, with hand and finger where known.</param>
    /// <exception cref="ArgumentException">The tracks differ in length, or the rate is not positive.</exception>
    public TwoHandClip(PerHand<HandTrack> hands, PerHand<HandSkeleton> skeletons, double fps = DefaultFps, IReadOnlyList<Note>? notes = null)
    {
        if (hands.Left.FrameCount != hands.Right.FrameCount) throw new ArgumentException($"The left hand has {hands.Left.FrameCount} frames, the right one {hands.Right.FrameCount}.", nameof(hands));
        if (!(fps > 0 && double.IsFinite(fps))) throw new ArgumentOutOfRangeException(nameof(fps), fps, "A frame rate is positive and finite.");
        Hands = hands;
        Skeletons = skeletons;
        Fps = fps;
        Notes = notes ?? [];
    }

    /// <summary>Both tracks.</summary>
    public PerHand<HandTrack> Hands { get; }

    /// <summary>The hands that move.</summary>
    public PerHand<HandSkeleton> Skeletons { get; }

    /// <summary>Frames a second.</summary>
    public double Fps { get; }

    /// <summary>What is played; empty where unknown.</summary>
    public IReadOnlyList<Note> Notes { get; }

    /// <summary>Movements of the sustain pedal, seconds and 0 (up) to 127 (down); empty where unknown.</summary>
    public IReadOnlyList<PedalChange> Pedal { get; init; } = [];

    /// <summary>Number of frames of each hand.</summary>
    public int FrameCount => Hands.Left.FrameCount;

    /// <summary>Length, seconds.</summary>
    public double Duration => FrameCount / Fps;

    /// <summary>In which frames each hand was seen where a video was watched; in the others its motion is a guess. Null where nobody watched.</summary>
    /// <exception cref="ArgumentException">There are not as many as frames.</exception>
    public PerHand<bool[]>? Seen
    {
        get;
        init => field = value is not { } seen || (seen.Left.Length == FrameCount && seen.Right.Length == FrameCount) ? value : throw new ArgumentException($"A clip of {FrameCount} frames was seen or not in as many, not in {seen.Left.Length} and {seen.Right.Length}.", nameof(Seen));
    }

    /// <summary>Both skeletons of one size, build and length of fingers (<see cref="HandSkeleton.Create"/>).</summary>
    public static PerHand<HandSkeleton> SkeletonsOfSize(float size, HandBuild build = HandBuild.Pianist, IReadOnlyList<float>? fingerLengths = null) => PerHand.Create(side => HandSkeleton.Create(side, size, build, fingerLengths));

    /// <summary>Joint and fingertip positions of one hand at every frame.</summary>
    /// <returns>[frames × 21] positions in the piano frame, metres.</returns>
    public Vector3[] Points(HandSide side)
    {
        var points = new Vector3[FrameCount * HandJoint.PointCount];
        var pose = new HandPose();
        for (var frame = 0; frame < FrameCount; frame++)
        {
            Hands[side].GetPose(frame, pose);
            ForwardKinematics.Points(Skeletons[side], pose, points.AsSpan(frame * HandJoint.PointCount, HandJoint.PointCount));
        }

        return points;
    }
}
