using Duomano.Core.Hands;
using Duomano.Core.Numerics;
using Duomano.Inference.Autoencoder;
using Duomano.Networks.Autoencoder;
using Duomano.Training.Autoencoder;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Autoencoder;

public class AutoencoderTrainingTests
{
    private const int Frames = 24;
    private const int Width = 2 * HandJoint.PoseLength;

    private static readonly AutoencoderRecipe Recipe = new()
    {
        Network = new() { Frames = Frames, Convolutions = [12, 16, 16, 12], Hidden = 48, Features = 24 },
        Training = new() { Steps = 150, LearningRate = 3e-3, WarmUpSteps = 5, ValidateEvery = 15, CheckpointEvery = 50, AverageDecay = 0.9 },
        BatchSize = 8,
        ValidationWindows = 16,
    };

    private static readonly PoseDataset Data = new([Waving(1), Waving(2), Waving(3)], Frames);

    [Fact]
    public void Training_learns_and_becomes_a_file_that_the_evaluation_takes()
    {
        using var folder = new TemporaryFolder();
        using var run = TrainingRun.Begin(folder.PathOf("run"), Recipe);
        using var task = new AutoencoderTask(Recipe, Data, Data, torch.CPU);
        Assert.True(new TrainingLoop<AutoencoderBatch>(task, Recipe.Training, run).Run().Finished);
        var path = AutoencoderExport.Write(run, Recipe);
        run.Dispose();
        double[] errors = [.. File.ReadLines(folder.PathOf("run/validation.csv")).Skip(1).Select(line => double.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
        Assert.True(errors[^1] < 0.5 * errors[0], $"pose errors: {string.Join(" ", errors)}");

        // Both engines tell the same features, with the running statistics that training has left.
        var file = GestureEncoderFile.Read(path);
        using var extractor = GestureFeatureExtractor.Load(path);
        using var parameters = TorchParameters.Load(GestureEncoder.Parameters(file.Config), file.Weights);
        foreach (var window in Data.Spread(3))
        {
            var hands = PerHand.Create(side => Hand(window, side == HandSide.Right ? 0 : HandJoint.PoseLength));
            Assert.Equal(window, GestureFeatureExtractor.Join(hands));
            using var scope = torch.NewDisposeScope();
            using var noGradient = torch.no_grad();
            var expected = new GestureEncoder<torch.Tensor>(new TorchOps(parameters), file.Config).Encode(TorchTensors.From(window, [1, Frames, Width]));
            Assert.All(TorchTensors.ToData(expected).Values.Zip(extractor.Extract(hands)), pair => Assert.Equal(pair.First, pair.Second, 1e-3f));
        }
    }

    [Fact]
    public void Stopped_and_resumed_it_has_the_same_losses_and_statistics()
    {
        using var folder = new TemporaryFolder();
        var recipe = Recipe with { Training = Recipe.Training with { Steps = 12, ValidateEvery = 4, CheckpointEvery = 5 } };
        using var whole = new AutoencoderTask(recipe, Data, Data, torch.CPU);
        using (var run = TrainingRun.Begin(folder.PathOf("whole"), recipe)) new TrainingLoop<AutoencoderBatch>(whole, recipe.Training, run).Run();
        using (var run = TrainingRun.Begin(folder.PathOf("parts"), recipe))
        using (var stopped = new AutoencoderTask(recipe, Data, Data, torch.CPU))
        using (var stop = new CancellationTokenSource())
        {
            new TrainingLoop<AutoencoderBatch>(stopped, recipe.Training, run) { Progress = new Told(progress => { if (progress.Step == 7) stop.Cancel(); }) }.Run(stop.Token);
        }

        using var resumed = new AutoencoderTask(recipe, Data, Data, torch.CPU);
        using (var run = TrainingRun.Resume<AutoencoderRecipe>(folder.PathOf("parts"), out var kept)) new TrainingLoop<AutoencoderBatch>(resumed, kept.Training, run).Run();
        Assert.Equal(File.ReadAllText(folder.PathOf("whole/validation.csv")), File.ReadAllText(folder.PathOf("parts/validation.csv")));
        foreach (var (one, other) in whole.Parameters.Zip(resumed.Parameters))
        {
            Assert.Equal(TorchTensors.ToData(one.Value).Values, TorchTensors.ToData(other.Value).Values);
            if (one.Key.EndsWith("running_mean", StringComparison.Ordinal)) Assert.Contains(TorchTensors.ToData(one.Value).Values, value => value != 0);
        }
    }

    [Theory]
    [InlineData(new long[] { 6, 4 })]
    [InlineData(new long[] { 6, 4, 9 })]
    public void Batch_normalisation_is_PyTorchs(long[] shape)
    {
        using var scope = torch.NewDisposeScope();
        var x = torch.randn(shape, generator: new torch.Generator(3)).Times(2).Plus(1);
        var oracle = torch.nn.BatchNorm1d(4);
        oracle.train();
        var expected = oracle.call(x);
        var (runningMean, runningVariance) = (torch.zeros(4), torch.ones(4));
        var (mean, variance) = BatchStatistics.OfBatch(x, runningMean, runningVariance);
        long[] across = [1, 4, .. shape[2..].Select(_ => 1L)];
        var normalised = (x - mean.reshape(across)) / variance.Plus(1e-5).sqrt().reshape(across);
        Close(expected, normalised);
        Close(oracle.running_mean!, runningMean);
        Close(oracle.running_var!, runningVariance);

        static void Close(torch.Tensor a, torch.Tensor b) =>
            Assert.All(TorchTensors.ToData(a).Values.Zip(TorchTensors.ToData(b).Values), pair => Assert.Equal(pair.First, pair.Second, 1e-5f));
    }

    [Fact]
    public void Bundled_recipes_load()
    {
        Assert.Equal(["bundled", "compact", "tiny-cpu"], RecipeFile.Names("autoencoder"));
        Assert.Equal(256, RecipeFile.Load<AutoencoderRecipe>("autoencoder", "bundled").Network.Features);
        Assert.InRange(RecipeFile.Load<AutoencoderRecipe>("autoencoder", "tiny-cpu").Training.Steps, 1, 1000);
        Assert.Throws<ArgumentOutOfRangeException>(() => Recipe with { BatchSize = 1 });
    }

    // Every joint sways in its own way around its own mean, all at one pace.
    private static float[] Waving(long start)
    {
        var random = new SeededRandom(1);
        var joints = Enumerable.Range(0, Width).Select(_ => (Mean: (float)random.Uniform(-1, 1), Size: (float)random.Uniform(0.1, 0.6), Phase: (float)random.Uniform(0, 6))).ToArray();
        var pose = new float[200 * Width];
        for (var i = 0; i < pose.Length; i++)
        {
            var joint = joints[i % Width];
            pose[i] = joint.Mean + joint.Size * MathF.Sin(i / Width * 0.1f + start + joint.Phase);
        }

        return pose;
    }

    private static float[] Hand(float[] window, int first) =>
        [.. Enumerable.Range(0, Frames).SelectMany(frame => window[(frame * Width + first)..(frame * Width + first + HandJoint.PoseLength)])];

    private sealed class Told(Action<TrainingProgress> tell) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => tell(value);
    }
}
