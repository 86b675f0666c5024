using System.Numerics;
using System.Text.Json.Serialization;
using Duomano.Core.Hands;
using Duomano.Core.Motion;

namespace Duomano.Inference.Motion;

/// <summary>How motion is scaled for the networks: (value − offset) / scale, a number a channel.</summary>
public sealed record MotionNormalization
{
    /// <summary>Offset of the wrist's x, y, z, metres.</summary>
    public required IReadOnlyList<float> PositionOffset { get; init; }

    /// <summary>Scale of the wrist's x, y, z, metres.</summary>
    public required IReadOnlyList<float> PositionScale { get; init; }

    /// <summary>
    /// What the position predictor tells is the wrist's departure from <see cref="Features.HandAnchor"/>, scaled by this;
    /// null where it tells the position itself, as the published one does.
    /// </summary>
    public DepartureScale? Departure { get; init; }

    /// <summary>
    /// Where gesture networks draw the wrists, too, how what they tell of them is scaled: x, y, z of their departure from the
    /// predicted track, metres; null where wrists are just where they are predicted.
    /// </summary>
    public IReadOnlyList<float>? WristScale { get; init; }

    /// <summary>Offset of the 48 rotation values, radians.</summary>
    public required IReadOnlyList<float> PoseOffset { get; init; }

    /// <summary>Scale of the 48 rotation values, radians.</summary>
    public required IReadOnlyList<float> PoseScale { get; init; }

    /// <summary>Clean poses are kept within ± this while sampling, in normalised units.</summary>
    public required float Clip { get; init; }

    /// <summary>
    /// The hand model (<see cref="PianoMotionHand.Name"/>) whose origin and mean pose the offsets are, as annotations of it are
    /// counted; null where the networks learned of wrists and whole rotations.
    /// </summary>
    public string? HandModel { get; init; }

    /// <summary>That hand model; null for none.</summary>
    [JsonIgnore]
    public PianoMotionHand? Hand => HandModel is null ? null : new()
    {
        Name = HandModel,
        RestWrist = new([.. PositionOffset]),
        MeanPose = [.. Enumerable.Range(1, HandJoint.Count - 1).Select(joint => new Vector3(PoseOffset[joint * 3], PoseOffset[joint * 3 + 1], PoseOffset[joint * 3 + 2]))],
    };

    /// <summary>The build of our own hand that the networks learned to move; what older models do not tell is the average one.</summary>
    public HandBuild HandBuild { get; init; } = HandBuild.Average;

    /// <summary>The frame that positions and orientations are written in.</summary>
    public MotionFrame Frame { get; init; } = MotionFrame.Piano;

    /// <summary>The published constants: camera frame, positions ÷ (1.5, 1.5, 25), rotations ÷ π, clipped at 1.</summary>
    public static MotionNormalization Published { get; } = new()
    {
        PositionOffset = [0, 0, 0],
        PositionScale = [1.5f, 1.5f, 25],
        PoseOffset = new float[HandJoint.PoseLength],
        PoseScale = [.. Enumerable.Repeat(MathF.PI, HandJoint.PoseLength)],
        Clip = 1,
        Frame = MotionFrame.Camera,
    };

    /// <summary>
    /// The published constants for annotations of a hand model: what the networks tell is where the model's origin is, and
    /// joint rotations counted from its mean pose; with the offsets here it becomes where the wrist is, and whole rotations.
    /// </summary>
    /// <param name="hand">The hand model.</param>
    public static MotionNormalization PublishedFor(PianoMotionHand hand)
    {
        ArgumentNullException.ThrowIfNull(hand);
        return Published with
        {
            HandModel = hand.Name,
            PositionOffset = [hand.RestWrist.X, hand.RestWrist.Y, hand.RestWrist.Z],
            PoseOffset = hand.MeanPose.Count == 0 ? Published.PoseOffset : [0, 0, 0, .. hand.MeanPose.SelectMany(joint => (float[])[joint.X, joint.Y, joint.Z])],
        };
    }

    /// <summary>Refuses constants of the wrong number or sign.</summary>
    /// <exception cref="ArgumentException">A list has the wrong length, or a scale is not positive.</exception>
    public void Validate()
    {
        Check(PositionOffset, PositionScale, 3, "position");
        if (Departure is not null) Check(Departure.Offset, Departure.Scale, 3, "departure");
        if (WristScale is not null) Check(new float[3], WristScale, 3, "wrist");
        Check(PoseOffset, PoseScale, HandJoint.PoseLength, "pose");
        if (!(Clip > 0)) throw new ArgumentException($"The clipping range is positive, not {Clip}.");
    }

    private static void Check(IReadOnlyList<float> offset, IReadOnlyList<float> scale, int count, string what)
    {
        if (offset.Count != count || scale.Count != count) throw new ArgumentException($"The {what} has {count} channels, but {offset.Count} offsets and {scale.Count} scales are given.");
        if (scale.Any(value => !(value > 0 && float.IsFinite(value))) || !offset.All(float.IsFinite)) throw new ArgumentException($"Each scale of the {what} is positive and each offset finite.");
    }
}

/// <summary>How a wrist's departure from its anchor is scaled: (value − offset) / scale.</summary>
/// <param name="Offset">x, y, z, metres.</param>
/// <param name="Scale">x, y, z, metres.</param>
public sealed record DepartureScale(IReadOnlyList<float> Offset, IReadOnlyList<float> Scale);

/// <summary>Frames that networks can be trained in.</summary>
public enum MotionFrame
{
    /// <summary>The piano frame; the left hand mirrored in x.</summary>
    Piano,

    /// <summary>PianoMotion10M's camera frame; the left hand mirrored in x.</summary>
    Camera,
}
