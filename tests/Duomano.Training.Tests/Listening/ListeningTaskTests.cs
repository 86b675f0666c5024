using System.Globalization;
using Duomano.Core.Music;
using Duomano.Core.Numerics;
using Duomano.Inference.Listening;
using Duomano.Inference.Onnx;
using Duomano.Networks.Checkpoints;
using Duomano.Networks.Listening;
using Duomano.Networks.Tensors;
using Duomano.Tests;
using Duomano.Training.Listening;
using Duomano.Training.Running;
using Duomano.Training.Torch;
using TorchSharp;
using static Duomano.Training.Tests.Listening.ToneMaker;

namespace Duomano.Training.Tests.Listening;

public class ListeningTaskTests
{
    private static readonly ListeningConfig Tiny = new()
    {
        HarmonicChannels = 6,
        KeyChannels = 8,
        ShownChannels = 4,
        SceneChannels = 4,
        Dilations = [[1], [2]],
        SceneDilations = [1],
        KeyMemory = 4,
        SceneMemory = 3,
        ToldChannels = 2,
        Harmonics = [1, 2, 3],
        AttackHarmonics = [1, 2],
    };

    [Fact]
    public void TinyNetwork_LearnsTwoSecondsByHeart_AndTheListenerHearsThem()
    {
        var score = new Score([
            Note(0.21, 0.6, 60), Note(0.5, 0.9, 64), Note(0.73, 1.1, 67), Note(0.98, 1.5, 48), Note(1.0, 1.4, 72), Note(1.26, 1.8, 60), Note(1.52, 1.9, 65)]);
        var samples = Render(score, 2);
        var recordings = new[] { "a", "b" }.Select(name => new ListeningRecording(name, samples, Rate, score)).ToList();
        var recipe = new ListeningRecipe
        {
            Network = Tiny,
            Training = new TrainingOptions { Steps = 160, LearningRate = 0.02, WarmUpSteps = 10, AverageDecay = 0, ValidateEvery = 20, CheckpointEvery = 160, WeightDecay = 0 },
            BatchSize = 1,
            SegmentFrames = 100,
            Variation = None,
        };
        using var folder = new TemporaryFolder();
        using var run = TrainingRun.Begin(folder.PathOf("run"), recipe);
        using var task = new ListeningTask(recipe, recordings);
        var outcome = new TrainingLoop<ListeningBatch>(task, recipe.Training, run).Run(TestContext.Current.CancellationToken);
        Assert.True(outcome.BestCriterion < 1e-9, $"1 − F1 is {outcome.BestCriterion}");

        // The same notes through the exported model on the other engine.
        ListeningExport.Write(folder.PathOf("model"), recipe, run.BestParametersPath);
        using var listener = Listener.Load(folder.PathOf("model"));
        Assert.Equal(Safetensors.Read(run.BestParametersPath).Metadata["onset_threshold"], listener.Decoder.OnsetThreshold.ToString("R", CultureInfo.InvariantCulture));
        var heard = listener.Transcribe(samples).Notes;
        Assert.Equal(score.Notes.Select(note => note.Key), heard.Select(note => note.Key));
        Assert.All(score.Notes.Zip(heard), pair => Assert.Equal(pair.First.Onset, pair.Second.Onset, 0.03));
    }

    [Fact]
    public void TorchAndOnnx_HearTheSame()
    {
        var config = Tiny with { Dilations = [[1, 2], [4]], BinsPerSemitone = 3 };
        const int frames = 12;
        using var parameters = TorchParameters.Create(ListeningTask.Declarations(config), 3);
        var samples = new float[ConstantQ.SamplesFor(config, frames)];
        new SeededRandom(1).FillGaussian(samples);
        for (var i = 0; i < samples.Length; i++) samples[i] *= 0.05f;

        using var scope = torch.NewDisposeScope();
        var ops = new TorchOps(parameters);
        var onTorch = TorchTensors.ToData(Network(ops, TorchTensors.From(new TensorData(samples, 1, samples.Length)))).Values;
        var graph = new OnnxGraph(parameters.Save());
        graph.Output("heard", Network(graph, graph.Input("samples", 1, samples.Length)));
        using var model = new OnnxModel(graph);
        model.Set("samples", samples);
        model.Run();
        Assert.Equal(onTorch.Length, model["heard"].Length);
        for (var i = 0; i < onTorch.Length; i++) Assert.Equal(onTorch[i], model["heard"][i], 2e-4f);

        T Network<T>(ITensorOps<T> engine, T sound) => ListeningNetwork.Activations(engine, ListeningNetwork.Hear(engine, config, ConstantQ.Levels(engine, config, sound)).Logits);
    }

    [Fact]
    public void Batches_AreAFunctionOfSeedAndStep()
    {
        var score = new Score([Note(0.2, 0.5, 60)]);
        var recordings = new[] { "a", "b" }.Select(name => new ListeningRecording(name, Render(score, 3), Rate, score)).ToList();
        var recipe = new ListeningRecipe { Network = Tiny, Training = new TrainingOptions { Steps = 10 }, BatchSize = 2, SegmentFrames = 40 };
        var (first, again, next) = (ListeningBatch.Draw(recordings, recipe, 4), ListeningBatch.Draw(recordings, recipe, 4), ListeningBatch.Draw(recordings, recipe, 5));
        Assert.Equal(first.Samples, again.Samples);
        Assert.Equal(first.RecordingConditions[1].Room, again.RecordingConditions[1].Room);
        Assert.Equal(first.Targets, again.Targets);
        Assert.NotEqual(first.Samples, next.Samples);
    }

    [Fact]
    public void PartsAtTheSameTime_HaveTheLossAndTheGradientsOfPartsOneByOne()
    {
        var score = new Score([Note(0.2, 0.5, 60), Note(0.6, 0.9, 67)]);
        var recordings = new[] { "a", "b" }.Select(name => new ListeningRecording(name, Render(score, 3), Rate, score)).ToList();
        var recipe = new ListeningRecipe { Network = Tiny, Training = new TrainingOptions { Steps = 1 }, BatchSize = 2, SegmentFrames = 40 };
        (double Loss, Dictionary<string, float[]> Gradients) Of(int workers, Func<ListeningBatch, ListeningBatch>? part = null)
        {
            using var task = new ListeningTask(recipe, recordings, workers: workers);
            using var scope = torch.NewDisposeScope();
            var batch = task.Prepare(3);
            var loss = task.Loss(part is null ? batch : part(batch));
            loss.Total.backward();
            return (loss.Total.ToDouble(), task.Parameters.ToDictionary(parameter => parameter.Key, parameter => TorchTensors.ToData(parameter.Value.grad!).Values));
        }

        var (first, second, both) = (Of(1, batch => batch.Part(0, 2)), Of(1, batch => batch.Part(1, 2)), Of(2));
        Assert.Equal((first.Loss + second.Loss) / 2, both.Loss, 1e-5);
        Assert.NotEqual(first.Loss, second.Loss);
        foreach (var (name, gradient) in both.Gradients)
        {
            for (var i = 0; i < gradient.Length; i++) Assert.Equal((first.Gradients[name][i] + second.Gradients[name][i]) / 2, gradient[i], 1e-4f);
        }
    }

    [Fact]
    public void VelocitiesAllTooLoudByTheSame_AreLessWrongThanUnevenOnes()
    {
        using var scope = torch.NewDisposeScope();
        double Loss(params float[] errors) =>
            ListeningTask.VelocityLoss(torch.tensor(errors, [2L, 2L, 1L]), torch.tensor((float[])[1, 1, 1, 1], [2L, 2L, 1L])).ToDouble();
        var even = Loss(0.2f, 0.2f, 0.2f, 0.2f);
        var evenInEach = Loss(0.2f, 0.2f, -0.2f, -0.2f);
        var uneven = Loss(0.2f, -0.2f, 0.2f, -0.2f);
        Assert.True(even > 0);
        Assert.Equal(even, evenInEach, 1e-6);
        Assert.True(even < 0.2 * uneven, $"{even} and {uneven}");
        Assert.Equal(0, Loss(0, 0, 0, 0));
    }

    [Fact]
    public void SoundWithoutNotes_TeachesThatThereAreNone()
    {
        var noise = new float[2 * Rate];
        new SeededRandom(2).FillGaussian(noise);
        for (var i = 0; i < noise.Length; i++) noise[i] *= 0.1f;
        var recordings = new[] { "a", "b" }.Select(name => new ListeningRecording(name, noise, Rate, new Score([]))).ToList();
        var recipe = new ListeningRecipe { Network = Tiny, Training = new TrainingOptions { Steps = 1 }, BatchSize = 2, SegmentFrames = 40 };
        using var task = new ListeningTask(recipe, recordings);
        using var scope = torch.NewDisposeScope();
        var batch = task.Prepare(1);
        Assert.All(batch.Targets, target => Assert.Equal(0, target));
        var loss = task.Loss(batch);
        Assert.True(loss.Total.ToDouble() is > 0 and < 100);
        Assert.Equal(0, loss.Parts.Single(part => part.Key == "velocity").Value.ToDouble());
    }

    [Fact]
    public void OneRecording_IsTooFew() =>
        Assert.Throws<ArgumentException>(() => new ListeningTask(new ListeningRecipe { Network = Tiny, Training = new TrainingOptions { Steps = 1 } }, []));
}
