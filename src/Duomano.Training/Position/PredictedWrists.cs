using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Inference.Features;
using Duomano.Inference.Motion;
using Duomano.Inference.Windows;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Position;
using Duomano.Training.Motion;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Position;

/// <summary>Asks trained position predictors where the wrists are in clips, to train gestures that go with them.</summary>
public sealed class PredictedWrists : IDisposable
{
    private readonly PositionRecipe _recipe;
    private readonly MotionCodec _codec;
    private readonly PositionFeatures _told;
    private readonly TwoHandParameters _parameters;

    private PredictedWrists(PositionRecipe recipe, MotionNormalization normalization, TwoHandParameters parameters)
    {
        _recipe = recipe;
        _codec = new(normalization);
        _told = new(recipe.Network.FeatureEncoder?.Features ?? PlayingFeatures.Width);
        _parameters = parameters;
    }

    /// <summary>Loads the best validation of a run.</summary>
    /// <param name="runFolder">Folder of a position training from notes.</param>
    /// <exception cref="Core.Files.UnreadableFileException">It is no such run, or was not validated yet.</exception>
    public static PredictedWrists Load(string runFolder)
    {
        using var run = TrainingRun.Resume<PositionRecipe>(runFolder, out var recipe);
        if (recipe.Sound is not null) throw new Core.Files.UnreadableFileException(runFolder, "", "was trained from sound; gestures from notes go with predictors from notes");
        if (!File.Exists(run.BestParametersPath)) throw new Core.Files.UnreadableFileException(run.BestParametersPath, "", "the run has not been validated yet; it has no best parameters");
        var best = Safetensors.Read(run.BestParametersPath).Tensors;
        var parameters = new TwoHandParameters(PositionNetwork.Parameters(recipe.Network), recipe.Training.Seed, torch.CPU);
        foreach (var side in HandSides.Both) parameters.Hands[side].Assign(best.Under(side.Name() + "."));
        return new(recipe, MotionExport.LoadNormalization(runFolder), parameters);
    }

    /// <summary>The example with its wrists' predicted tracks.</summary>
    /// <param name="example">A clip with fingered notes.</param>
    public MotionExample Of(MotionExample example)
    {
        ArgumentNullException.ThrowIfNull(example);
        using var still = torch.no_grad();
        var (clip, score) = (example.Clip, new Score(example.Clip.Notes));
        var window = _recipe.WindowFrames;
        var windows = new WindowPlan(clip.FrameCount, window, window / 4);
        var features = PlayingFeatures.Compute(score, windows.PaddedLength, clip.Fps, clip.Skeletons.Right.Size, person: example.IsPerson);
        var style = StyleFeatures.Of(example.Style);
        var anchors = HandAnchor.Compute(score, windows.PaddedLength, clip.Fps);
        return example with
        {
            Predicted = PerHand.Create(side =>
            {
                using var scope = torch.NewDisposeScope();
                var rows = Enumerable.Range(0, windows.Starts.Count).Select(index => _told.Of(windows.Rows(features[side], index), windows.Rows(anchors[side], index), style)).ToArray();
                var network = new PositionNetwork<torch.Tensor>(new TorchOps(_parameters.Hands[side]), _recipe.Network);
                var answer = TorchTensors.ToData(network.Predict(TorchTensors.From([.. rows.SelectMany(row => row)], [rows.Length, window, _told.Width], torch.CPU)).Position).Values;
                var joined = _codec.FromPredicted(windows.Join([.. answer.Chunk(window * 3)]), anchors[side]);
                return joined[..(clip.FrameCount * 3)];
            }),
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _parameters.Dispose();
}
