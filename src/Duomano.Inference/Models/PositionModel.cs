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
    /// <returns>Each [padded frames, 3], normalised.</returns>
    public PerHand<float[]> Predict(PerHand<float[]> features, WindowPlan windows)
    {
        var predicted = new PerHand<float[]>[windows.Starts.Count];
        _workers.Run(predicted.Length, (models, index) => predicted[index] = PerHand.Create(side =>
            Transpose(models.Run(side, windows.Rows(features[side], index)), _window)));
        return PerHand.Create(side =>
        {
            var track = new float[Coordinates * windows.PaddedLength];
            for (var index = 0; index < predicted.Length; index++) windows.AddShare(predicted[index][side], index, track);
            return Transpose(track, Coordinates);
        });
    }

    public void Dispose() => _workers.Dispose();

    // [rows, columns] → [columns, rows]
    private static float[] Transpose(float[] values, int rows)
    {
        var columns = values.Length / rows;
        var transposed = new float[values.Length];
        for (var row = 0; row < rows; row++)
        {
            for (var column = 0; column < columns; column++) transposed[column * rows + row] = values[row * columns + column];
        }

        return transposed;
    }
}
