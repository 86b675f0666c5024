using System.Numerics;
using System.Text.Json;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Music;
using Duomano.Core.Numerics;

namespace Duomano.Formats.Motion;

/// <summary>One sequence in PianoMotion10M's layout, as it stands in the file.</summary>
public sealed record Annotation
{
    /// <summary>Numbers a row has: valid flag, translation (3), orientation (3), 15 joints (45), shape (10).</summary>
    public const int RowLength = 62;

    private const int ShapeLength = 10;

    /// <summary>[frames, 62] numbers of each hand, row after row, in <see cref="PianoMotionFrame"/>'s frame.</summary>
    /// <exception cref="ArgumentException">The hands have no whole, or unequally many, rows.</exception>
    public required PerHand<float[]> Rows
    {
        get;
        init
        {
            if (value.Left.Length != value.Right.Length || value.Left.Length % RowLength != 0)
            {
                throw new ArgumentException($"{value.Left.Length} and {value.Right.Length} numbers are not equally many rows of {RowLength}.", nameof(value));
            }

            field = value;
        }
    }

    /// <summary>Rows a second; whole numbers in the published set.</summary>
    public required double Fps { get; init; }

    /// <summary>What the loader adds to the translations; it uses the last two numbers only.</summary>
    public Vector3 Adjust { get; init; }

    /// <summary>The video frame the sequence starts at.</summary>
    public int StartFrame { get; init; }

    /// <summary>The video, or null.</summary>
    public string? Video { get; init; }

    /// <summary>The hand model the rows are for; null is MANO, as in the published set.</summary>
    public string? HandModel { get; init; }

    /// <summary>Size of the hands, times an average adult's, where known.</summary>
    public float? HandSize { get; init; }

    /// <summary>What is played, where known; times count from the first row.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>The manner of playing, where known.</summary>
    public string? Style { get; init; }

    /// <summary>How the sound that belongs to it was made, where known: any JSON.</summary>
    public JsonElement? Sound { get; init; }

    /// <summary>Number of rows of each hand.</summary>
    public int FrameCount => Rows.Left.Length / RowLength;

    /// <summary>One row of a hand.</summary>
    public ReadOnlySpan<float> Row(HandSide side, int frame) => Rows[side].AsSpan(frame * RowLength, RowLength);

    /// <summary>Writes a clip down: all rows valid, no shape, no adjustment.</summary>
    /// <param name="clip">The clip; its hands' size is that of the right one.</param>
    public static Annotation FromClip(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        return new()
        {
            Rows = PerHand.Create(side => WriteRows(side, clip.Hands[side])),
            Fps = clip.Fps,
            HandModel = PianoMotionHand.Duomano.Name,
            HandSize = clip.Skeletons.Right.Size,
            Notes = clip.Notes,
        };
    }

    /// <summary>The motion in the piano frame. Where a row is not valid the hand stays where it was seen last.</summary>
    /// <param name="hand">The model the rows are for; found by <see cref="HandModel"/> if null.</param>
    public TwoHandClip ToClip(PianoMotionHand? hand = null)
    {
        hand ??= HandModel == PianoMotionHand.Duomano.Name ? PianoMotionHand.Duomano : PianoMotionHand.Mano;
        var size = Math.Clamp(HandSize ?? 1, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        return new(PerHand.Create(side => ReadRows(side, hand)), TwoHandClip.SkeletonsOfSize(size), Fps, Notes);
    }

    private static float[] WriteRows(HandSide side, HandTrack track)
    {
        var rows = new float[track.FrameCount * RowLength];
        var pose = new HandPose();
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            var row = rows.AsSpan(frame * RowLength, RowLength);
            row[0] = 1;
            track.GetPose(frame, pose);
            PianoMotionFrame.Write(side, pose, PianoMotionHand.Duomano, row[1..^ShapeLength]);
        }

        return rows;
    }

    private HandTrack ReadRows(HandSide side, PianoMotionHand hand)
    {
        var track = new HandTrack(FrameCount);
        var (pose, before) = (new HandPose(), new HandPose());
        Span<float> values = stackalloc float[PianoMotionFrame.Length];
        var seen = Enumerable.Range(0, FrameCount).FirstOrDefault(frame => Row(side, frame)[0] == 1);
        for (var frame = 0; frame < FrameCount; frame++)
        {
            if (Row(side, frame)[0] == 1) seen = frame;
            Row(side, seen)[1..^ShapeLength].CopyTo(values);
            values[1] += Adjust.Y;
            values[2] += Adjust.Z;
            PianoMotionFrame.Read(side, values, hand, pose);
            if (frame > 0) pose.Rotations[HandJoint.Wrist] = Rotation.Nearest(pose.Rotations[HandJoint.Wrist], before.Rotations[HandJoint.Wrist]);
            track.SetPose(frame, pose);
            (pose, before) = (before, pose);
        }

        return track;
    }
}
