using Duomano.Inference.Models;
using Duomano.Training.Gesture;
using Duomano.Training.Position;
using Duomano.Training.Published;
using Duomano.Training.Running;
using Duomano.Training.Tests.Published;

namespace Duomano.Training.Tests.Programs;

/// <summary>The published recipes, every stage of them by the program, at sizes that a test has time for.</summary>
public sealed class PublishedTrainingTests : IDisposable
{
    private const int Steps = 10;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("s2c")]
    [InlineData("s2c-fixed")]
    public void EveryStage_TakesTenSteps_AndTheyBecomeAModel(string name)
    {
        SmallDataset.Write(_folder, seconds: 8.5);
        var (position, gesture) = (RecipeFile.Load<PositionRecipe>("position", name), RecipeFile.Load<GestureRecipe>("gesture", name));
        TrainingOptions Short(TrainingOptions training) => training with { Steps = Steps, ValidateEvery = Steps, CheckpointEvery = Steps };
        var encoder = position.Network.AudioEncoder! with { ConvWidths = [8, 8, 8, 8, 8, 8, 8], Width = 16, Layers = 1, Heads = 4, FeedForward = 16, PositionKernel = 8, PositionGroups = 4 };
        position = position with
        {
            Network = position.Network with { InputWidth = 16, FeatureDim = 16, Layers = 1, FeedForward = 16, AudioEncoder = encoder },
            Sound = position.Sound! with { Uploaders = [], ValidationBatch = 2 },
            Training = Short(position.Training),
            BatchSize = 2,
            ValidationWindows = 2,
        };
        gesture = gesture with
        {
            Network = gesture.Network with { Dim = 8, CondWidth = 16, CondLayers = 1, CondFeedForward = 16 },
            Diffusion = gesture.Diffusion with { Timesteps = 20 },
            Sound = gesture.Sound! with { Uploaders = [], ValidationBatch = 2 },
            Training = Short(gesture.Training),
            BatchSize = 2,
            ValidationWindows = 2,
        };
        RecipeFile.Write(_folder.PathOf("position.json"), position);
        RecipeFile.Write(_folder.PathOf("gesture.json"), gesture);

        // In place of a pretrained encoder, which is not small.
        PublishedSize.Write(PublishedSize.Config with { Position = position.Network, Gesture = gesture.Network, Compatibility = position.Sound!.Compatibility }, _folder.PathOf("random"));
        Run("position", "--recipe", "position.json", "--data", "data", "--out", "p", "--from", "random");
        Run("gesture", "--recipe", "gesture.json", "--position", "p", "--data", "data", "--out", "g");
        Run("export", "--position", "p", "--gesture", "g", "--out", "model");
        foreach (var stage in (string[])["p", "g"])
        {
            var losses = File.ReadLines(_folder.PathOf($"{stage}/log.csv")).Skip(1).ToArray();
            Assert.Equal(Steps, losses.Length);
            Assert.True(losses.Distinct().Count() == Steps);
        }

        Assert.True(ModelConfig.Read(_folder.PathOf("model")).TakesSound);
    }

    private void Run(params string[] arguments)
    {
        var (code, _, errors) = ProgramProcess.Run("duomano-train.dll", arguments.Select(argument => argument.StartsWith('-') || argument is "position" or "gesture" or "export" ? argument : _folder.PathOf(argument)));
        Assert.True(code == 0, errors);
    }
}
