using System.Globalization;
using Duomano.Core.Hands;
using Duomano.Corpus.Layout;
using Duomano.Inference.Models;
using Duomano.Networks.Configuration;
using Duomano.Networks.Encoders;
using Duomano.Networks.Tensors;
using Duomano.Training.Gesture;
using Duomano.Training.Motion;
using Duomano.Training.Position;
using Duomano.Training.Published;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;

namespace Duomano.Training.Tests.Published;

/// <summary>The published system's two stages on tiny sizes.</summary>
public sealed class SoundTrainingTests : IDisposable
{
    private static readonly AudioEncoderConfig Encoder = new()
    {
        ConvWidths = [8, 8, 8, 8, 8, 8, 8],
        Width = 16,
        Layers = 1,
        Heads = 4,
        FeedForward = 16,
        PositionKernel = 8,
        PositionGroups = 4,
    };

    private static readonly SoundTraining Sound = new() { ValidationBatch = 2, ValidationSteps = 3 };

    private static readonly PositionRecipe Position = new()
    {
        Network = new() { InputWidth = 16, FeatureDim = 16, Layers = 1, FeedForward = 16, AudioEncoder = Encoder },
        Sound = Sound,
        Training = new() { Steps = 6, LearningRate = 3e-3, WarmUpSteps = 0, FinalLearningRateShare = 1, GradientClip = 0, AverageDecay = 0, ValidateEvery = 3, CheckpointEvery = 3 },
        BatchSize = 2,
        WindowFrames = 60,
        ValidationWindows = 50,
    };

    private static readonly GestureRecipe Gesture = new()
    {
        Network = new() { Dim = 8, CondWidth = 16, CondLayers = 1, CondFeedForward = 16 },
        Diffusion = new() { Timesteps = 20 },
        Sound = Sound,
        Training = Position.Training,
        BatchSize = 2,
        WindowFrames = 240,
        ValidationWindows = 50,
    };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void BothStages_TrainAndAStoppedRunGoesOnAsIfItHadNotStopped()
    {
        var data = SmallDataset.Write(_folder, seconds: 8.5);
        SoundPositionTask First() => new(Position, Windows(data, CorpusSplit.Train, 2), Windows(data, CorpusSplit.Valid, 2), null, torch.CPU);
        var whole = Losses(Run<SoundBatch, PositionRecipe>("whole", Position, Position.Training, First));
        Assert.Equal(6, whole.Length);
        Assert.Equal(whole, Losses(Run<SoundBatch, PositionRecipe>("parts", Position, Position.Training, First, stopAfter: 4)));

        var predictors = Networks.Checkpoints.Safetensors.Read(Path.Combine(_folder.PathOf("whole"), "best", "parameters.safetensors")).Tensors;
        SoundGestureTask Second(GestureRecipe recipe) => new(recipe, Position.Network, predictors, Windows(data, CorpusSplit.Train, 8), Windows(data, CorpusSplit.Valid, 8), torch.CPU);
        using var run = TrainingRun.Begin(_folder.PathOf("gesture"), Gesture);
        using var task = Second(Gesture);
        var pictures = new List<int>();
        var outcome = new TrainingLoop<NoisedSound>(task, Gesture.Training, run)
        {
            Validated = step =>
            {
                pictures.Add(step);
                var shown = task.Show();
                Assert.Equal(240, shown.Predicted.FrameCount);
                Assert.NotEqual(shown.Actual.Hands.Left.Rotations, shown.Predicted.Hands.Left.Rotations);
            },
        }.Run();
        Assert.True(outcome.Finished);
        Assert.True(double.IsFinite(outcome.BestCriterion));
        Assert.Equal([3, 6], pictures);

        var gestures = Losses(run);
        Assert.Equal(gestures, Losses(Run<NoisedSound, GestureRecipe>("gesture parts", Gesture, Gesture.Training, () => Second(Gesture), stopAfter: 2)));

        // Gradients that are used up as they come change nothing, halved predictors hardly anything.
        var together = Gesture.Training with { GradientClip = 1e9 };
        Assert.Equal(gestures, Losses(Run<NoisedSound, GestureRecipe>("together", Gesture with { Training = together }, together, () => Second(Gesture))));
        var halved = Gesture with { Sound = Sound with { HalvedPredictors = true } };
        var near = Losses(Run<NoisedSound, GestureRecipe>("halved", halved, Gesture.Training, () => Second(halved)));
        Assert.NotEqual(gestures, near);
        Assert.All(gestures.Zip(near), pair => Assert.Equal(Loss(pair.First), Loss(pair.Second), 0.01));

        // Both become a model that is conditioned on sound, and a new run may begin with either.
        MotionExport.Write(_folder.PathOf("whole"), _folder.PathOf("gesture"), _folder.PathOf("model"));
        var config = ModelConfig.Read(_folder.PathOf("model"));
        Assert.True(config.TakesSound);
        Assert.Equal(ReferenceCompatibility.Published, config.Compatibility);
        var start = Networks.Checkpoints.Safetensors.Read(Path.Combine(_folder.PathOf("gesture"), "best", "parameters.safetensors")).Tensors;
        var still = Gesture.Training with { LearningRate = 0, WeightDecay = 0, Steps = 1 };
        using var other = TrainingRun.Begin(_folder.PathOf("other"), Gesture with { Training = still });
        using var second = Second(Gesture);
        new TrainingLoop<NoisedSound>(second, still, other) { Start = start }.Run();
        Assert.Equal(start["left.init_conv.weight"].Values, TorchTensors.ToData(second.Parameters.Single(pair => pair.Key == "left.init_conv.weight").Value).Values);
    }

    [Fact]
    public void PretrainedEncoder_IsStartedFrom_AndItsConvolutionsStay()
    {
        var data = SmallDataset.Write(_folder);
        var declared = AudioEncoder.Parameters(Encoder);
        using var pretrained = TorchParameters.Create(declared, 99);
        var weights = pretrained.Save();
        using var task = new SoundPositionTask(Position, Windows(data, CorpusSplit.Train, 2), Windows(data, CorpusSplit.Valid, 2), weights, torch.CPU);
        using (var run = TrainingRun.Begin(_folder.PathOf("run"), Position)) new TrainingLoop<SoundBatch>(task, Position.Training, run).Run();
        using (torch.no_grad())
        {
            var shown = task.Show();
            Assert.Equal(shown.Actual.Hands.Left.Rotations, shown.Predicted.Hands.Left.Rotations);
            Assert.NotEqual(shown.Actual.Hands.Left.Translations, shown.Predicted.Hands.Left.Translations);
        }

        var trained = task.Parameters.ToDictionary(pair => pair.Key, pair => TorchTensors.ToData(pair.Value).Values);
        foreach (var side in HandSides.Both)
        {
            Assert.Equal(weights["feature_extractor.conv_layers.0.conv.weight"].Values, trained[$"{side.Name()}.audio_encoder_cont.feature_extractor.conv_layers.0.conv.weight"]);
            Assert.NotEqual(weights["feature_projection.projection.weight"].Values, trained[$"{side.Name()}.audio_encoder_cont.feature_projection.projection.weight"]);
        }

        Assert.Throws<ArgumentException>(() => new SoundPositionTask(Position, Windows(data, CorpusSplit.Train, 2), Windows(data, CorpusSplit.Valid, 2), new StateDict(), torch.CPU));
    }

    [Fact]
    public void Batches_FollowFromSeedAndStep_GoThroughAllSequences_AndPassOverBrokenOnes()
    {
        var data = SmallDataset.Write(_folder, sequences: 5);
        File.WriteAllText(Directory.GetFiles(Path.Combine(data, "annotation", "up", "v3")).Single(), "{ broken");
        File.Delete(Directory.GetFiles(Path.Combine(data, "audio", "up", "v4")).Single());
        var told = new List<string>();
        var windows = new SoundWindows(data, CorpusSplit.Train, Sound, 2, 7, 2) { Problem = told.Add };
        var again = new SoundWindows(data, CorpusSplit.Train, Sound, 2, 7, 1);
        var places = new HashSet<float>();
        for (var step = 0; step < 5; step++)
        {
            var (batch, other) = (windows.Batch(step, 3), again.Batch(step, 3));
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(batch[i].Rows.Left, other[i].Rows.Left);
                Assert.Equal(batch[i].Sound, other[i].Sound);
                Assert.Equal(60, batch[i].FrameCount);
                places.Add(batch[i].Rows.Right[1]);
            }
        }

        Assert.Equal(3, places.Count);
        Assert.Equal(2, told.Count);
        Assert.Contains(told, problem => problem.Contains("v3", StringComparison.Ordinal));
        Assert.Contains(told, problem => problem.Contains("has no sound", StringComparison.Ordinal));
        Assert.Equal(3, windows.First().Count);
    }

    [Fact]
    public void Recipes_AreThePublishedOnes()
    {
        var position = RecipeFile.Load<PositionRecipe>("position", "s2c");
        var gesture = RecipeFile.Load<GestureRecipe>("gesture", "s2c");
        Assert.Equal((200_000, 2e-5, 0.01, 8), (position.Training.Steps, position.Training.LearningRate, position.Training.WeightDecay, position.BatchSize));
        Assert.Equal((800_000, 1e-5, 0.0, 16), (gesture.Training.Steps, gesture.Training.LearningRate, gesture.Training.WeightDecay, gesture.BatchSize));
        foreach (var training in (TrainingOptions[])[position.Training, gesture.Training])
        {
            // The rate stays, nothing is averaged or clipped.
            Assert.Equal(training.LearningRate, LearningRateSchedule.At(training, 0));
            Assert.Equal(training.LearningRate, LearningRateSchedule.At(training, training.Steps - 1));
            Assert.Equal((0.0, 0.0, 1000), (training.AverageDecay, training.GradientClip, training.ValidateEvery));
        }

        Assert.Equal(["1467634", "66685747"], position.Sound!.Uploaders);
        Assert.Empty(gesture.Sound!.Uploaders);
        Assert.Equal(AudioEncoderConfig.Large.FeedForward, position.Network.AudioEncoder!.FeedForward);
        Assert.Equal(ReferenceCompatibility.Published, position.Sound.Compatibility);
        Assert.Equal(1000, gesture.Diffusion.Timesteps);
        Assert.Equal((256, 1024, FusionMode.HandCoordinated), (gesture.Network.Dim, gesture.Network.CondWidth, gesture.Network.Fusion));

        var (fixedPosition, fixedGesture) = (RecipeFile.Load<PositionRecipe>("position", "s2c-fixed"), RecipeFile.Load<GestureRecipe>("gesture", "s2c-fixed"));
        Assert.Equal(position.Training, fixedPosition.Training);
        Assert.Equal(gesture.Training, fixedGesture.Training);
        foreach (var sound in (SoundTraining[])[fixedPosition.Sound!, fixedGesture.Sound!])
        {
            Assert.Equal(ReferenceCompatibility.Ours, sound.Compatibility);
            Assert.False(sound.DropoutAlways || sound.PublishedOrder || sound.VelocityOfUnseenFrames);
        }
    }

    private TrainingRun Run<TBatch, TRecipe>(string name, TRecipe recipe, TrainingOptions training, Func<ITrainingTask<TBatch>> make, int? stopAfter = null)
    {
        var run = TrainingRun.Begin(_folder.PathOf(name), recipe);
        using var stop = new CancellationTokenSource();
        Train(new Stopper(stopAfter, stop), stop.Token);
        if (stopAfter is null) return run;
        run.Dispose();
        run = TrainingRun.Resume<TRecipe>(_folder.PathOf(name), out _);
        Train(null, CancellationToken.None);
        return run;

        void Train(IProgress<TrainingProgress>? progress, CancellationToken until)
        {
            var task = make();
            using var owned = (IDisposable)task;
            new TrainingLoop<TBatch>(task, training, run) { Progress = progress }.Run(until);
        }
    }

    private static string[] Losses(TrainingRun run)
    {
        run.Dispose();
        // Without the seconds, which differ.
        return [.. File.ReadAllLines(Path.Combine(run.Folder, "log.csv")).Skip(1).Select(line => line[..line.LastIndexOf(',')])];
    }

    private static double Loss(string line) => double.Parse(line.Split(',')[1], CultureInfo.InvariantCulture);

    private static SoundWindows Windows(string data, CorpusSplit split, int seconds) => new(data, split, Sound, seconds, 1, 1);

    private sealed class Stopper(int? after, CancellationTokenSource stop) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Step == after) stop.Cancel();
        }
    }
}
