using Duomano.Core.Hands;
using Duomano.Core.Music;
using Duomano.Inference;
using Duomano.Inference.Features;
using Duomano.Networks.Configuration;
using Duomano.Networks.Diffusion;
using Duomano.Training.Gesture;
using Duomano.Training.Losses;
using Duomano.Training.Motion;
using Duomano.Training.Position;
using Duomano.Training.Running;
using TorchSharp;

namespace Duomano.Training.Tests.Motion;

public class MotionTrainingTests
{
    private static readonly FeatureEncoderConfig Encoder = new() { Features = PlayingFeatures.Width, Blocks = 2, Kernel = 5, Dropout = 0 };

    private static readonly PositionRecipe Position = new()
    {
        Network = new() { InputWidth = 16, FeatureDim = 16, Layers = 1, FeedForward = 16, Dropout = 0, FeatureEncoder = Encoder with { Features = PositionFeatures.AnchoredWidth } },
        Training = new() { Steps = 80, LearningRate = 3e-3, WarmUpSteps = 5, ValidateEvery = 20, AverageDecay = 0.9 },
        BatchSize = 4,
        WindowFrames = 64,
        ValidationWindows = 4,
    };

    private static readonly GestureRecipe Gesture = new()
    {
        Network = new() { Dim = 8, CondWidth = 16, CondLayers = 1, CondFeedForward = 16, Channels = 51, GuideWidth = GestureGuide.OwnReachWidth, Dropout = 0, FeatureEncoder = Encoder with { Features = PlayingFeatures.OwnWidth } },
        Diffusion = new() { Timesteps = 100, Steps = 4, Objective = Objective.Start },
        Weighting = LossWeighting.Uniform,
        FingertipWeight = 0.25,
        Training = new() { Steps = 120, LearningRate = 8e-3, WarmUpSteps = 5, ValidateEvery = 20, AverageDecay = 0.9 },
        BatchSize = 4,
        WindowFrames = 64,
        ValidationWindows = 4,
    };

    [Fact]
    public void Trainings_learn_and_become_a_model_that_plays()
    {
        using var folder = new TemporaryFolder();
        var clips = PerformedClips.Make(3, 5);
        var normalization = MotionStatistics.Of(clips);
        var data = new MotionDataset(PerformedClips.Examples(clips), normalization, 64);

        var positionRun = Train(folder.PathOf("position"), Position, Position.Training, new PositionTask(Position, data, data, normalization, torch.CPU), normalization);
        MotionExample[] examples;
        using (var predictors = PredictedWrists.Load(folder.PathOf("position"))) examples = [.. PerformedClips.Examples(clips).Select(predictors.Of)];
        var drawn = normalization with { WristScale = MotionStatistics.WristScale(examples, normalization, new()) };
        var (noisy, predicted) = (new MotionDataset(examples, drawn, 64, noise: new()), new MotionDataset(examples, drawn, 64));
        var gestureRun = Train(folder.PathOf("gesture"), Gesture, Gesture.Training, new GestureTask(Gesture, noisy, predicted, torch.CPU), drawn);
        Assert.True(positionRun[^1] < 0.7 * positionRun[0], $"wrists: {string.Join(" ", positionRun)}");
        // The first validation is after 20 steps, when the easy part is learned already.
        Assert.True(gestureRun[^1] < 0.94 * gestureRun[0], $"poses: {string.Join(" ", gestureRun)}");

        MotionExport.Write(folder.PathOf("position"), folder.PathOf("gesture"), folder.PathOf("model"));
        using var generator = MotionGenerator.Load(folder.PathOf("model"));
        var clip = generator.Generate(new Score(clips[0].Notes), 5, new() { Contact = false }).Clip;
        Assert.Equal(150, clip.FrameCount);
        var distance = HandSides.Both.Average(side => Enumerable.Range(0, 150).Average(frame => (double)System.Numerics.Vector3.Distance(clip.Hands[side].Wrist(frame), clips[0].Hands[side].Wrist(frame))));
        Assert.True(distance < 0.06, $"the model's wrists are {distance:0.000} m from those it learned");
    }

    [Fact]
    public void Wrists_are_shown_where_they_are_predicted()
    {
        var clips = PerformedClips.Make(1, 4);
        var normalization = MotionStatistics.Of(clips);
        var data = new MotionDataset(PerformedClips.Examples(clips), normalization, 64);
        var window = data.Spread(1).Single();
        var actual = data.ToClip(window.Positions, window.Pose);
        Assert.Equal(actual.Hands.Left.Translations, data.ToClip(window, window.Predicted).Hands.Left.Translations);

        // A tenth of the departure's scale off along every axis.
        var scale = (normalization.Departure?.Scale ?? normalization.PositionScale).ToArray();
        var off = data.ToClip(window, window.Predicted.Map(values => values.Select(value => value + 0.1f).ToArray()));
        foreach (var side in HandSides.Both)
        {
            var moved = off.Hands[side].Translations.Zip(actual.Hands[side].Translations, (a, b) => Math.Abs(a - b)).ToArray();
            for (var i = 0; i < moved.Length; i++) Assert.Equal(0.1f * scale[i % 3], moved[i], 1e-5f);
        }

        using var task = new PositionTask(Position, data, data, normalization, torch.CPU);
        using var still = torch.no_grad();
        var shown = task.Show();
        Assert.Equal(actual.Hands.Right.Translations, shown.Actual.Hands.Right.Translations);
        Assert.Equal(actual.Hands.Right.Rotations, shown.Predicted.Hands.Right.Rotations);
        Assert.NotEqual(actual.Hands.Right.Translations, shown.Predicted.Hands.Right.Translations);
    }

    [Fact]
    public void Batches_follow_from_seed_and_step()
    {
        var clips = PerformedClips.Make(2, 4);
        var data = new MotionDataset(PerformedClips.Examples(clips), MotionStatistics.Of(clips), 64);
        var recipe = Gesture with { Network = Gesture.Network with { Channels = 48 } };
        Assert.Throws<ArgumentException>(() => new GestureTask(Gesture, data, data, torch.CPU));
        using var one = new GestureTask(recipe, data, data, torch.CPU);
        using var two = new GestureTask(recipe, data, data, torch.CPU);
        one.Prepare(0);
        var (a, b) = (one.Prepare(7), two.Prepare(7));
        Assert.Equal(a.Noise.Left, b.Noise.Left);
        Assert.Equal(a.Guide.Right, b.Guide.Right);
        Assert.Equal(a.Steps.Left, b.Steps.Left);
        Assert.Same(a.Steps.Left, a.Steps.Right);
        Assert.NotEqual(a.Noise.Left, a.Noise.Right);
        Assert.NotEqual(a.Noise.Left, one.Prepare(8).Noise.Left);
    }

    [Fact]
    public void Hands_may_have_diffusion_steps_of_their_own()
    {
        var clips = PerformedClips.Make(2, 4);
        var data = new MotionDataset(PerformedClips.Examples(clips), MotionStatistics.Of(clips), 64);
        var recipe = Gesture with { Network = Gesture.Network with { Channels = 48 }, OwnSteps = 0.5, BatchSize = 32 };
        using var task = new GestureTask(recipe, data, data, torch.CPU);
        var steps = task.Prepare(3).Steps;
        Assert.InRange(steps.Left.Zip(steps.Right).Count(pair => pair.First != pair.Second), 8, 24);
        Assert.InRange(steps.Left.Zip(steps.Right).Count(pair => pair.First == pair.Second), 8, 24);
    }

    private static double[] Train<TRecipe, TBatch>(string folder, TRecipe recipe, TrainingOptions options, ITrainingTask<TBatch> task, Inference.Motion.MotionNormalization normalization)
    {
        using var owned = (IDisposable)task;
        using var run = TrainingRun.Begin(folder, recipe);
        MotionExport.SaveNormalization(folder, normalization);
        var outcome = new TrainingLoop<TBatch>(task, options, run).Run();
        Assert.True(outcome.Finished);
        run.Dispose();
        return [.. File.ReadLines(Path.Combine(folder, "validation.csv")).Skip(1).Select(line => double.Parse(line.Split(',')[1], System.Globalization.CultureInfo.InvariantCulture))];
    }
}
