using Duomano.Core.Files;
using Duomano.Core.Hands;
using Duomano.Inference.Onnx;
using Duomano.Networks.Autoencoder;

namespace Duomano.Inference.Autoencoder;

/// <summary>A gesture encoder ready to tell the features of motions, one at a time.</summary>
public sealed class GestureFeatureExtractor : IDisposable
{
    private const string Motion = "motion";
    private const string Features = "features";

    private readonly OnnxModel _model;

    /// <summary>Compiles an encoder.</summary>
    /// <param name="encoder">Sizes and weights.</param>
    public GestureFeatureExtractor(GestureEncoderFile encoder)
    {
        ArgumentNullException.ThrowIfNull(encoder);
        Config = encoder.Config;
        var graph = new OnnxGraph(encoder.Weights);
        graph.Output(Features, new GestureEncoder<OnnxValue>(graph, Config).Encode(graph.Input(Motion, 1, Config.Frames, Config.Channels)));
        _model = new(graph);
    }

    /// <summary>The encoder's sizes.</summary>
    public GestureAutoencoderConfig Config { get; }

    /// <summary>Loads an autoencoder's file for motions of both hands.</summary>
    /// <param name="path">The published checkpoint, or safetensors.</param>
    /// <exception cref="UnreadableFileException">It holds no encoder, or one for other motions.</exception>
    public static GestureFeatureExtractor Load(string path)
    {
        var encoder = GestureEncoderFile.Read(path);
        return encoder.Config.Channels == 2 * HandJoint.PoseLength
            ? new(encoder)
            : throw new UnreadableFileException(path, "", $"encodes {encoder.Config.Channels} numbers a frame, both hands' poses are {2 * HandJoint.PoseLength}");
    }

    /// <summary>The features of a motion.</summary>
    /// <param name="pose">Each hand's [frames, 48] pose in the camera frame, radians.</param>
    /// <returns>[features].</returns>
    /// <exception cref="ArgumentException">The motion has another length than the encoder takes.</exception>
    public float[] Extract(PerHand<float[]> pose)
    {
        if (pose.Left.Length != Config.Frames * HandJoint.PoseLength || pose.Right.Length != pose.Left.Length)
        {
            throw new ArgumentException($"The encoder takes {Config.Frames} frames of {HandJoint.PoseLength} numbers, not {pose.Left.Length} and {pose.Right.Length} numbers.", nameof(pose));
        }

        _model.Set(Motion, Join(pose));
        _model.Run();
        return [.. _model[Features]];
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();

    /// <summary>Both hands' poses frame by frame, the right one's first, as the published code joins them.</summary>
    /// <param name="pose">Each [frames, 48].</param>
    /// <returns>[frames, 96].</returns>
    public static float[] Join(PerHand<float[]> pose)
    {
        const int Width = HandJoint.PoseLength;
        var joined = new float[pose.Left.Length + pose.Right.Length];
        for (var frame = 0; frame < pose.Left.Length / Width; frame++)
        {
            pose.Right.AsSpan(frame * Width, Width).CopyTo(joined.AsSpan(2 * frame * Width));
            pose.Left.AsSpan(frame * Width, Width).CopyTo(joined.AsSpan((2 * frame + 1) * Width));
        }

        return joined;
    }
}
