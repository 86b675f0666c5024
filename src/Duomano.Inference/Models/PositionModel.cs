using Duomano.Core.Hands;
using Duomano.Inference.Features;
using Duomano.Inference.Onnx;
using Duomano.Inference.Windows;
using Duomano.Networks.Position;

namespace Duomano.Inference.Models;

/// <summary>Both hands' position predictors, ready to run on whole pieces.</summary>
internal sealed class PositionModel : IDisposable
{
    private const int Coordinates = 3;
    private readonly Workers<HandModels> _workers;
    private readonly int _window;

    private PositionModel(Workers<HandModels> workers, int window)
    {
        _workers = workers;
        _window = window;
    }

    public static PositionModel Load(string folder, ModelConfig config, int threads)
    {
        var weights = ModelWeights.Read(folder, ModelWeights.Position, PositionNetwork.Parameters(config.Position, config.Compatibility));
        var window = config.WindowFrames;
        return new(
            new(threads, () => new([1, window, PlayingFeatures.Width], weights, (graph, input) =>
                new PositionNetwork<OnnxValue>(graph, config.Position, config.Compatibility).Predict(input).Position)),
            window);
    }

    /// <summary>Predicts both wrists' tracks.</summary>
    /// <param name="features">Each [padded frames, features].</param>
    /// <param name="windows">How the piece is cut.</param>
    /// <returns>Each [3, padded frames], normalised.</returns>
    public PerHand<float[]> Predict(PerHand<float[]> features, WindowPlan windows)
    {
        var predicted = new PerHand<float[]>[windows.Starts.Count];
        _workers.Run(predicted.Length, (models, index) => predicted[index] = PerHand.Create(side =>
            ChannelFirst(models.Run(side, features[side].AsSpan(windows.Starts[index] * PlayingFeatures.Width, _window * PlayingFeatures.Width)))));
        return PerHand.Create(side =>
        {
            var track = new float[Coordinates * windows.PaddedLength];
            for (var index = 0; index < predicted.Length; index++) windows.AddShare(predicted[index][side], index, track);
            return track;
        });
    }

    public void Dispose() => _workers.Dispose();

    private float[] ChannelFirst(float[] rows)
    {
        var channels = new float[rows.Length];
        for (var frame = 0; frame < _window; frame++)
        {
            for (var axis = 0; axis < Coordinates; axis++) channels[axis * _window + frame] = rows[frame * Coordinates + axis];
        }

        return channels;
    }
}
