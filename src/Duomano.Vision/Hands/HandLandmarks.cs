using System.Numerics;
using Duomano.Core.Files;
using Duomano.Inference.Onnx;
using Duomano.Networks.Tensors;
using Duomano.Vision.Tflite;

namespace Duomano.Vision.Hands;

/// <summary>The points of a hand in a picture.</summary>
/// <param name="Points">21 points, pixels: the wrist, then four of each finger from the thumb on, the tip last.</param>
/// <param name="Depths">How far each is behind the wrist, in about the same units.</param>
/// <param name="Presence">How likely there is a hand, 0 to 1.</param>
/// <param name="Rightness">How likely it is a right one, seen from its back, 0 to 1.</param>
public sealed record HandLandmarks(Vector2[] Points, float[] Depths, float Presence, float Rightness)
{
    /// <summary>The mean of its points.</summary>
    public Vector2 Middle { get; } = Points.Aggregate(Vector2.Zero, (sum, point) => sum + point) / Points.Length;

    /// <summary>The longer side of the box around its points, pixels.</summary>
    public float Size
    {
        get
        {
            var box = Points.Aggregate(Vector2.Max) - Points.Aggregate(Vector2.Min);
            return MathF.Max(box.X, box.Y);
        }
    }
}

/// <summary>Finds a hand's points in a region of a picture by MediaPipe's landmark network. Not for several threads at once.</summary>
public sealed class HandLandmarkNetwork : IDisposable
{
    private const int Points = 21;

    private readonly OnnxModel _model;
    private readonly int _size;

    /// <summary>Makes the network ready.</summary>
    /// <param name="model">hand_landmark_full.tflite or hand_landmark_lite.tflite.</param>
    /// <param name="threads">Threads to compute with.</param>
    /// <exception cref="UnreadableFileException">It is another model.</exception>
    public HandLandmarkNetwork(TfliteModel model, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (model.Inputs.Count != 1 || model.Tensors[model.Inputs[0]].Shape is not [1, var height, var width, 3] || height != width || model.Outputs.Count != 4)
        {
            throw new UnreadableFileException(model.Name, "", "is no network of hand landmarks: one square picture in and four answers out were expected");
        }

        _size = width;
        var graph = new OnnxGraph(new StateDict());
        var answers = TfliteNetwork.Run(graph, model, graph.Input("picture", 1, height, width, 3));
        string[] names = ["points", "presence", "rightness", "world"];
        for (var i = 0; i < names.Length; i++) graph.Output(names[i], answers[i]);
        _model = new(graph, new OnnxThreading { IntraOperation = threads });
        if (_model["points"].Length != 3 * Points) throw new UnreadableFileException(model.Name, "", $"answers with {_model["points"].Length} numbers, expected {3 * Points}");
    }

    /// <summary>Looks for a hand.</summary>
    /// <param name="picture">The picture.</param>
    /// <param name="region">Where the hand is thought to be.</param>
    public HandLandmarks Find(Picture picture, HandRegion region)
    {
        ArgumentNullException.ThrowIfNull(picture);
        picture.Crop(region, _size, _model["picture"]);
        _model.Run();
        var points = _model["points"];
        return new(
            [.. Enumerable.Range(0, Points).Select(i => region.ToPicture(new Vector2(points[3 * i], points[3 * i + 1]) / _size))],
            [.. Enumerable.Range(0, Points).Select(i => points[3 * i + 2] / _size * region.Size)],
            _model["presence"][0], _model["rightness"][0]);
    }

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
