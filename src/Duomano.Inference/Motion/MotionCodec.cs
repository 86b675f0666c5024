using System.Numerics;
using Duomano.Core.Hands;
using Duomano.Core.Motion;
using Duomano.Core.Numerics;

namespace Duomano.Inference.Motion;

/// <summary>
/// Between a hand's track and the numbers networks work on. Both hands are written as right hands (the left one
/// mirrored in x), rotations and positions scaled by a <see cref="MotionNormalization"/>.
/// </summary>
public sealed class MotionCodec
{
    private readonly MotionNormalization _normalization;

    /// <summary>Prepares a codec.</summary>
    /// <param name="normalization">The constants.</param>
    public MotionCodec(MotionNormalization normalization)
    {
        ArgumentNullException.ThrowIfNull(normalization);
        normalization.Validate();
        _normalization = normalization;
    }

    /// <summary>Normalised wrist positions of one hand.</summary>
    /// <returns>[frames, 3].</returns>
    public float[] EncodePositions(HandTrack track, HandSide side)
    {
        ArgumentNullException.ThrowIfNull(track);
        var encoded = new float[track.FrameCount * 3];
        for (var frame = 0; frame < track.FrameCount; frame++)
        {
            PutWrist(HandMirror.LikeRight(track.Wrist(frame), side), encoded.AsSpan(frame * 3, 3));
        }

        return encoded;
    }

    /// <summary>Normalised joint rotations of one hand, channel first.</summary>
    /// <returns>[48, frames].</returns>
    public float[] EncodePose(HandTrack track, HandSide side)
    {
        ArgumentNullException.ThrowIfNull(track);
        var frames = track.FrameCount;
        var encoded = new float[HandJoint.PoseLength * frames];
        var previous = Vector3.Zero;
        for (var frame = 0; frame < frames; frame++)
        {
            for (var joint = 0; joint < HandJoint.Count; joint++)
            {
                var rotation = new Vector3(track.Rotations.AsSpan((frame * HandJoint.Count + joint) * 3, 3));
                if (side == HandSide.Left) rotation = HandMirror.AxisAngle(rotation);
                if (joint == HandJoint.Wrist)
                {
                    if (_normalization.Frame == MotionFrame.Camera) rotation = Rotation.ToAxisAngle(PianoMotionFrame.OrientationToCamera(Rotation.FromAxisAngle(rotation)));
                    previous = rotation = Rotation.Nearest(rotation, previous);
                }

                for (var axis = 0; axis < 3; axis++)
                {
                    var channel = joint * 3 + axis;
                    encoded[channel * frames + frame] = (rotation[axis] - _normalization.PoseOffset[channel]) / _normalization.PoseScale[channel];
                }
            }
        }

        return encoded;
    }

    /// <summary>What gesture networks that draw the wrists tell of them: how they depart from a predicted track.</summary>
    /// <param name="positions">[frames, 3], normalised.</param>
    /// <param name="predicted">[frames, 3], normalised.</param>
    /// <returns>[3, frames].</returns>
    /// <exception cref="InvalidOperationException">The networks draw no wrists.</exception>
    public float[] EncodeWrist(ReadOnlySpan<float> positions, ReadOnlySpan<float> predicted)
    {
        var frames = positions.Length / 3;
        var drawn = new float[positions.Length];
        for (var i = 0; i < positions.Length; i++) drawn[i % 3 * frames + i / 3] = (positions[i] - predicted[i]) / WristUnit(i % 3);
        return drawn;
    }

    /// <summary>Undoes <see cref="EncodeWrist"/>.</summary>
    /// <param name="predicted">[frames, 3], normalised.</param>
    /// <param name="drawn">[3, frames].</param>
    /// <returns>[frames, 3], normalised.</returns>
    public float[] DecodeWrist(ReadOnlySpan<float> predicted, ReadOnlySpan<float> drawn)
    {
        var frames = predicted.Length / 3;
        var positions = predicted.ToArray();
        for (var i = 0; i < positions.Length; i++) positions[i] += drawn[i % 3 * frames + i / 3] * WristUnit(i % 3);
        return positions;
    }

    /// <summary>Undoes both encodings.</summary>
    /// <param name="positions">[frames, 3] normalised.</param>
    /// <param name="pose">[48, frames] normalised.</param>
    /// <param name="side">Which hand it is.</param>
    public HandTrack Decode(ReadOnlySpan<float> positions, ReadOnlySpan<float> pose, HandSide side)
    {
        var frames = positions.Length / 3;
        if (positions.Length % 3 != 0 || pose.Length != frames * HandJoint.PoseLength)
        {
            throw new ArgumentException($"{positions.Length} position values and {pose.Length} pose values are not of the same frames.");
        }

        var track = new HandTrack(frames);
        var result = new HandPose();
        for (var frame = 0; frame < frames; frame++)
        {
            result.Wrist = HandMirror.LikeRight(WristAt(positions.Slice(frame * 3, 3)), side);
            for (var joint = 0; joint < HandJoint.Count; joint++)
            {
                Vector3 rotation = default;
                for (var axis = 0; axis < 3; axis++)
                {
                    var channel = joint * 3 + axis;
                    rotation[axis] = pose[channel * frames + frame] * _normalization.PoseScale[channel] + _normalization.PoseOffset[channel];
                }

                if (joint == HandJoint.Wrist && _normalization.Frame == MotionFrame.Camera) rotation = Rotation.ToAxisAngle(PianoMotionFrame.OrientationToPiano(Rotation.FromAxisAngle(rotation)));
                result.Rotations[joint] = side == HandSide.Left ? HandMirror.AxisAngle(rotation) : rotation;
            }

            track.SetPose(frame, result);
        }

        return track;
    }

    /// <summary>Where a wrist is, in the piano frame, metres; a left one mirrored.</summary>
    /// <param name="position">3 normalised values.</param>
    public Vector3 WristAt(ReadOnlySpan<float> position)
    {
        Vector3 wrist = default;
        for (var axis = 0; axis < 3; axis++) wrist[axis] = position[axis] * _normalization.PositionScale[axis] + _normalization.PositionOffset[axis];
        return _normalization.Frame == MotionFrame.Camera ? PianoMotionFrame.ToPiano(wrist) : wrist;
    }

    /// <summary>Undoes <see cref="WristAt"/>.</summary>
    /// <param name="wrist">In the piano frame, metres; a left one mirrored.</param>
    /// <param name="position">Receives 3 normalised values.</param>
    public void PutWrist(Vector3 wrist, Span<float> position)
    {
        if (_normalization.Frame == MotionFrame.Camera) wrist = PianoMotionFrame.ToCamera(wrist);
        for (var axis = 0; axis < 3; axis++) position[axis] = (wrist[axis] - _normalization.PositionOffset[axis]) / _normalization.PositionScale[axis];
    }

    /// <summary>What a predictor of departures is to tell for normalised positions; positions themselves where it predicts those.</summary>
    /// <param name="positions">[frames, 3], normalised.</param>
    /// <param name="anchor">[frames], metres.</param>
    /// <returns>[frames, 3].</returns>
    public float[] ToPredicted(ReadOnlySpan<float> positions, ReadOnlySpan<float> anchor)
    {
        var predicted = positions.ToArray();
        if (_normalization.Departure is not { } departure) return predicted;
        for (var i = 0; i < predicted.Length; i++)
        {
            var axis = i % 3;
            var metres = predicted[i] * _normalization.PositionScale[axis] + _normalization.PositionOffset[axis] - (axis == 0 ? anchor[i / 3] : 0);
            predicted[i] = (metres - departure.Offset[axis]) / departure.Scale[axis];
        }

        return predicted;
    }

    /// <summary>Undoes <see cref="ToPredicted"/>.</summary>
    /// <param name="predicted">[frames, 3].</param>
    /// <param name="anchor">[frames], metres.</param>
    /// <returns>[frames, 3], normalised positions.</returns>
    public float[] FromPredicted(ReadOnlySpan<float> predicted, ReadOnlySpan<float> anchor)
    {
        var positions = predicted.ToArray();
        if (_normalization.Departure is not { } departure) return positions;
        for (var i = 0; i < positions.Length; i++)
        {
            var axis = i % 3;
            var metres = positions[i] * departure.Scale[axis] + departure.Offset[axis] + (axis == 0 ? anchor[i / 3] : 0);
            positions[i] = (metres - _normalization.PositionOffset[axis]) / _normalization.PositionScale[axis];
        }

        return positions;
    }

    private float WristUnit(int axis) =>
        (_normalization.WristScale ?? throw new InvalidOperationException("These networks draw no wrists."))[axis] / _normalization.PositionScale[axis];
}
