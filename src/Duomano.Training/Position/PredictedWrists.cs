using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Inference.Features;
using Duomano.Inference.Models;
using Duomano.Inference.Motion;
using Duomano.Inference.Windows;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Configuration;
using Duomano.Networks.Position;
using Duomano.Networks.Tensors;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Position;

/// <summary>Asks trained position predictors where the wrists are in clips, to train gestures that go with them.</summary>
public sealed class PredictedWrists : IDisposable
{
    private readonly PositionConfig _network;
    private readonly int _window;
    private readonly MotionCodec _codec;
    private readonly PositionFeatures _told;
    private readonly TwoHandParameters _parameters;

    private PredictedWrists(PositionConfig network, int window, MotionNormalization normalization, TwoHandParameters parameters)
    {
        (_network, _window) = (network, window);
        _codec = new(normalization);
        _told = new(network.FeatureEncoder?.Features ?? PlayingFeatures.Width);
        _parameters = parameters;
    }

    /// <summary>Loads the best validation of a run, or a model's predictors.</summary>
    /// <param name="folder">Folder of a position training from notes, or of such a model.</param>
    /// <exception cref="Core.Files.UnreadableFileException">It is neither, or was not validated yet.</exception>
    public static PredictedWrists Load(string folder)
    {
        if (File.Exists(Path.Combine(folder, ModelWeights.Position)))
        {
            var config = ModelConfig.Read(folder);
            if (config.TakesSound) throw FromSound(folder);
            return Make(config.Position, config.WindowFrames, config.Normalization, ModelWeights.Read(folder, ModelWeights.Position, PositionNetwork.Parameters(config.Position)));
        }

        if (!TrainingRun.IsIn(folder)) throw new Core.Files.UnreadableFileException(folder, "", "is neither a model nor a run that trained position predictors");
        using var run = TrainingRun.Resume<PositionRecipe>(folder, out var recipe);
        if (recipe.Sound is not null) throw FromSound(folder);
        if (!File.Exists(run.BestParametersPath)) throw new Core.Files.UnreadableFileException(run.BestParametersPath, "", "the run has not been validated yet; it has no best parameters");
        var best = Safetensors.Read(run.BestParametersPath).Tensors;
        return Make(recipe.Network, recipe.WindowFrames, MotionExport.LoadNormalization(folder), PerHand.Create(side => best.Under(side.Name() + ".")));
    }

    /// <summary>The example with its wrists' predicted tracks.</summary>
    /// <param name="example">A clip with fingered notes.</param>
    public MotionExample Of(MotionExample example)
    {
        ArgumentNullException.ThrowIfNull(example);
        using var still = torch.no_grad();
        var (clip, score) = (example.Clip, new Score(example.Clip.Notes));
        var windows = new WindowPlan(clip.FrameCount, _window, _window / 4);
        var features = PlayingFeatures.Compute(score, windows.PaddedLength, clip.Fps, clip.Skeletons.Right.Size, person: example.IsPerson);
        var style = StyleFeatures.Of(example.Style);
        var anchors = HandAnchor.Compute(score, windows.PaddedLength, clip.Fps);
        return example with
        {
            Predicted = PerHand.Create(side =>
            {
                using var scope = torch.NewDisposeScope();
                var rows = Enumerable.Range(0, windows.Starts.Count).Select(index => _told.Of(windows.Rows(features[side], index), windows.Rows(anchors[side], index), style)).ToArray();
                var network = new PositionNetwork<torch.Tensor>(new TorchOps(_parameters.Hands[side]), _network);
                var answer = TorchTensors.ToData(network.Predict(TorchTensors.From([.. rows.SelectMany(row => row)], [rows.Length, _window, _told.Width], torch.CPU)).Position).Values;
                var joined = _codec.FromPredicted(windows.Join([.. answer.Chunk(_window * 3)]), anchors[side]);
                return joined[..(clip.FrameCount * 3)];
            }),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _parameters.Dispose();

    private static PredictedWrists Make(PositionConfig network, int window, MotionNormalization normalization, PerHand<StateDict> weights)
    {
        var parameters = new TwoHandParameters(PositionNetwork.Parameters(network), 0, torch.CPU);
        foreach (var side in HandSides.Both) parameters.Hands[side].Assign(weights[side]);
        return new(network, window, normalization, parameters);
    }

    private static Core.Files.UnreadableFileException FromSound(string folder) => new(folder, "", "was trained from sound; gestures from notes go with predictors from notes");
}
