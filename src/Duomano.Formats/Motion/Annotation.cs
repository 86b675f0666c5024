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

    /// <summary>Size of the hands, times those of their build, where known.</summary>
    public float? HandSize { get; init; }

    /// <summary>How long the fingers of our own hands are from the thumb on, times those of their build and size; null for 1.</summary>
    public IReadOnlyList<float>? FingerLengths { get; init; }

    /// <summary>The build of our own hands; null in older files, whose hands are average ones.</summary>
    public HandBuild? HandBuild { get; init; }

    /// <summary>What is played, where known; times count from the first row.</summary>
    public IReadOnlyList<Note> Notes { get; init; } = [];

    /// <summary>Movements of the sustain pedal, where known; written, and not read back.</summary>
    public IReadOnlyList<PedalChange> Pedal { get; init; } = [];

    /// <summary>The manner of playing, where known.</summary>
    public string? Style { get; init; }

    /// <summary>The recorded person who plays; null where nobody does.</summary>
    public string? Performer { get; init; }

    /// <summary>What recording the motion was made from; null where there is none.</summary>
    public string? Source { get; init; }

    /// <summary>How the sound that belongs to it was made, where known: any JSON.</summary>
    public JsonElement? Sound { get; init; }

    /// <summary>Number of rows of each hand.</summary>
    public int FrameCount => Rows.Left.Length / RowLength;

    /// <summary>One row of a hand.</summary>
    public ReadOnlySpan<float> Row(HandSide side, int frame) => Rows[side].AsSpan(frame * RowLength, RowLength);

    /// <summary>
    /// Writes a clip down: rows valid but where a watched hand was not seen, no adjustment. MANO hands are written as the published set has them: translation of
    /// MANO's origin, pose relative to its mean, and their build; our own hands have no shape.
    /// </summary>
    /// <param name="clip">The clip; its hands' size is that of the right one.</param>
    public static Annotation FromClip(TwoHandClip clip)
    {
        ArgumentNullException.ThrowIfNull(clip);
        var mano = clip.Skeletons.Right.Mano;
        var hand = mano is null ? PianoMotionHand.Duomano : PianoMotionHand.Of(mano);
        return new()
        {
            Rows = PerHand.Create(side => WriteRows(side, clip.Hands[side], clip.Seen?[side], hand, mano)),
            Fps = clip.Fps,
            HandModel = hand.Name,
            HandSize = mano is null ? clip.Skeletons.Right.Size : null,
            HandBuild = clip.Skeletons.Right.Build,
            FingerLengths = clip.Skeletons.Right.FingerLengths.All(length => length == 1) ? null : clip.Skeletons.Right.FingerLengths,
            Notes = clip.Notes,
            Pedal = clip.Pedal,
        };
    }

    /// <summary>
    /// The motion in the piano frame. Where a row is not valid the hand stays where it was seen last; rows of our own hands have a guess there,
    /// which is taken.
    /// </summary>
    /// <param name="hand">The model the rows are for; found by <see cref="HandModel"/> if null.</param>
    public TwoHandClip ToClip(PianoMotionHand? hand = null)
    {
        hand ??= HandModel == PianoMotionHand.Duomano.Name ? PianoMotionHand.Duomano : PianoMotionHand.Mano;
        var size = Math.Clamp(HandSize ?? 1, HandSkeleton.SmallestSize, HandSkeleton.LargestSize);
        return new(PerHand.Create(side => ReadRows(side, hand)), TwoHandClip.SkeletonsOfSize(size, HandBuild ?? Core.Hands.HandBuild.Average, FingerLengths), Fps, Notes) { Pedal = Pedal, Seen = SeenRows() };
    }

    /// <summary>The motion of a user's own MANO hand; see <see cref="ToClip(PianoMotionHand)"/>.</summary>
    /// <param name="mano">The hand. Rows of our own hand model are put onto its bones.</param>
    /// <param name="annotatedBuild">Whether the hand gets the build that the valid rows have on average, rather than MANO's mean build.</param>
    public TwoHandClip ToClip(ManoHand mano, bool annotatedBuild = true)
    {
        ArgumentNullException.ThrowIfNull(mano);
        if (HandModel == PianoMotionHand.Duomano.Name) return ToClip(PianoMotionHand.Duomano).Onto(mano.Mean.Skeletons);
        var shapes = PerHand.Create(side => annotatedBuild ? mano.Shape(AverageBuild(side)) : mano.Mean);
        return new(PerHand.Create(side => ReadRows(side, PianoMotionHand.Of(shapes[side]))), PerHand.Create(side => shapes[side].Skeleton(side)), Fps, Notes) { Pedal = Pedal, Seen = SeenRows() };
    }

    /// <summary>The build of a hand, averaged over the rows in which it was seen.</summary>
    public float[] AverageBuild(HandSide side)
    {
        var sums = new double[ShapeLength];
        var seen = 0;
        for (var frame = 0; frame < FrameCount; frame++)
        {
            var row = Row(side, frame);
            if (row[0] != 1) continue;
            seen++;
            for (var i = 0; i < ShapeLength; i++) sums[i] += row[^(ShapeLength - i)];
        }

        return Array.ConvertAll(sums, sum => (float)(sum / Math.Max(1, seen)));
    }

    // Null where all rows are valid.
    private PerHand<bool[]>? SeenRows()
    {
        var seen = PerHand.Create(side => Enumerable.Range(0, FrameCount).Select(frame => Row(side, frame)[0] == 1).ToArray());
        return HandSides.Both.All(side => seen[side].All(valid => valid)) ? null : seen;
    }

    private static float[] WriteRows(HandSide side, HandTrack track, bool[]? seen, PianoMotionHand hand, ManoShape? mano)
    {
        var rows = new float[track.FrameCount * RowLength];
        var pose = new HandPose();
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            var row = rows.AsSpan(frame * RowLength, RowLength);
            row[0] = seen is null || seen[frame] ? 1 : 0;
            track.GetPose(frame, pose);
            PianoMotionFrame.Write(side, pose, hand, row[1..^ShapeLength]);
            mano?.Build.CopyTo(row[^ShapeLength..]);
        }

        return rows;
    }

    private HandTrack ReadRows(HandSide side, PianoMotionHand hand)
    {
        var track = new HandTrack(FrameCount);
        var (pose, before) = (new HandPose(), new HandPose());
        Span<float> values = stackalloc float[PianoMotionFrame.Length];
        bool HasMotion(int frame) => Row(side, frame)[0] == 1 || (hand == PianoMotionHand.Duomano && Row(side, frame).ContainsAnyExcept(0));
        var seen = Enumerable.Range(0, FrameCount).FirstOrDefault(HasMotion);
        for (var frame = 0; frame < FrameCount; frame++)
        {
            if (HasMotion(frame)) seen = frame;
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
