using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Corpus.Layout;
using Duomano.Formats.Motion;
using Duomano.Inference.Motion;
using Duomano.Networks.Encoders;

namespace Duomano.Training.Published;

/// <summary>Windows as the published networks take them, in their units.</summary>
/// <param name="Count">How many.</param>
/// <param name="Frames">Frames of each.</param>
/// <param name="Sound">[count, samples], normalised.</param>
/// <param name="Positions">Each hand's [count, frames, 3].</param>
/// <param name="Pose">Each hand's [count, 48, frames].</param>
/// <param name="Seen">Each hand's [count, frames], exactly 1 where it was seen.</param>
public sealed record SoundBatch(int Count, int Frames, float[] Sound, PerHand<float[]> Positions, PerHand<float[]> Pose, PerHand<float[]> Seen)
{
    private const int PoseColumn = 4;

    /// <summary>Puts windows together.</summary>
    /// <param name="windows">Equally long, with sound.</param>
    /// <param name="normalizes">Whether the encoder wants mean 0 and variance 1.</param>
    /// <param name="together">Whether of all windows together, as published.</param>
    public static SoundBatch Of(IReadOnlyList<PublishedWindow> windows, bool normalizes, bool together)
    {
        ArgumentNullException.ThrowIfNull(windows);
        float[] sound = [.. windows.SelectMany(window => window.Sound ?? throw new ArgumentException("A window has no sound.", nameof(windows)))];
        var frames = windows[0].FrameCount;
        var scale = MotionNormalization.Published;
        return new(
            windows.Count, frames, normalizes ? SoundNormalization.Normalize(sound, windows.Count, together) : sound,
            PerHand.Create(side => ScaledPositions(windows, side, scale)), PerHand.Create(side => ScaledPose(windows, side, scale)),
            PerHand.Create(side => windows.SelectMany(window => Enumerable.Range(0, frames).Select(frame => window.Rows[side][frame * window.Columns])).ToArray()));
    }

    /// <summary>The first window alone.</summary>
    public SoundBatch First() => new(
        1, Frames, Sound[..(Sound.Length / Count)], Positions.Map(values => values[..(Frames * 3)]),
        Pose.Map(values => values[..(Frames * HandJoint.PoseLength)]), Seen.Map(values => values[..Frames]));

    /// <summary>The motion of the first window in the piano frame, its wrists as annotated.</summary>
    /// <param name="pose">Each hand's [48, frames] in the networks' units.</param>
    public TwoHandClip ToClip(PerHand<float[]> pose)
    {
        var scale = MotionNormalization.Published;
        return new Annotation
        {
            Fps = PublishedLoader.Fps,
            Rows = PerHand.Create(side =>
            {
                var rows = new float[Frames * Annotation.RowLength];
                for (var frame = 0; frame < Frames; frame++)
                {
                    var row = rows.AsSpan(frame * Annotation.RowLength, Annotation.RowLength);
                    row[0] = Seen[side][frame];
                    for (var axis = 0; axis < 3; axis++) row[1 + axis] = Positions[side][frame * 3 + axis] * scale.PositionScale[axis];
                    for (var channel = 0; channel < HandJoint.PoseLength; channel++) row[PoseColumn + channel] = pose[side][channel * Frames + frame] * scale.PoseScale[channel];
                }

                return rows;
            }),
        }.ToClip();
    }

    private static float[] ScaledPositions(IReadOnlyList<PublishedWindow> windows, HandSide side, MotionNormalization scale)
    {
        var frames = windows[0].FrameCount;
        var values = new float[windows.Count * frames * 3];
        for (var i = 0; i < values.Length; i++)
        {
            var (window, frame, axis) = (windows[i / 3 / frames], i / 3 % frames, i % 3);
            values[i] = window.Rows[side][frame * window.Columns + 1 + axis] / scale.PositionScale[axis];
        }

        return values;
    }

    private static float[] ScaledPose(IReadOnlyList<PublishedWindow> windows, HandSide side, MotionNormalization scale)
    {
        var frames = windows[0].FrameCount;
        var values = new float[windows.Count * HandJoint.PoseLength * frames];
        for (var i = 0; i < values.Length; i++)
        {
            var (window, channel, frame) = (windows[i / frames / HandJoint.PoseLength], i / frames % HandJoint.PoseLength, i % frames);
            values[i] = window.Rows[side][frame * window.Columns + PoseColumn + channel] / scale.PoseScale[channel];
        }

        return values;
    }
}
