using Duomano.Networks.Checkpoints;
using Duomano.Tests;
using Duomano.Training.Running;

namespace Duomano.Training.Tests.Running;

public class TrainingLoopTests
{
    private static readonly TrainingOptions Options = new()
    {
        Steps = 60,
        LearningRate = 0.3,
        WarmUpSteps = 5,
        ValidateEvery = 20,
        CheckpointEvery = 7,
        AverageDecay = 0.9,
        WeightDecay = 0,
    };

    [Fact]
    public void Learns()
    {
        using var folder = new TemporaryFolder();
        var outcome = Train(folder.PathOf("run"), Options with { Steps = 300 }, out var task);
        Assert.True(outcome.Finished);
        Assert.Equal(300, outcome.Step);
        Assert.True(outcome.BestCriterion < 0.6, $"{outcome.BestCriterion}"); // 4 before; dropout shrinks the slope
        task.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    [InlineData(41)]
    public void StoppedAndResumed_HasTheSameLosses(int stopAfter)
    {
        using var folder = new TemporaryFolder();
        Train(folder.PathOf("whole"), Options, out var whole);
        using var stop = new CancellationTokenSource();
        var stopped = Train(folder.PathOf("parts"), Options, out _, progress => { if (progress.Step == stopAfter) stop.Cancel(); }, stop: stop.Token);
        Assert.Equal((stopAfter, false), (stopped.Step, stopped.Finished));
        Train(folder.PathOf("parts"), Options, out var resumed, resume: true);

        Assert.Equal(Losses(folder, "whole"), Losses(folder, "parts"));
        Assert.Equal(File.ReadAllText(folder.PathOf("whole/validation.csv")), File.ReadAllText(folder.PathOf("parts/validation.csv")));
        Assert.Equal(whole.Parameters[0].Value.item<float>(), resumed.Parameters[0].Value.item<float>());
    }

    [Fact]
    public void KilledBetweenCheckpoints_AndResumed_HasTheSameLosses()
    {
        using var folder = new TemporaryFolder();
        Train(folder.PathOf("whole"), Options, out _);
        // As if the machine had failed after step 25: nothing is written then; the last checkpoint is step 21's.
        Assert.Throws<InvalidOperationException>(() =>
            Train(folder.PathOf("parts"), Options, out _, progress => { if (progress.Step == 25) throw new InvalidOperationException(); }));
        Assert.Equal(26, File.ReadAllLines(folder.PathOf("parts/log.csv")).Length);
        Train(folder.PathOf("parts"), Options, out var resumed, resume: true);

        Assert.Equal(21, resumed.Prepared[0]);
        Assert.Equal(Losses(folder, "whole"), Losses(folder, "parts"));
    }

    [Fact]
    public void OtherSeed_HasOtherLosses()
    {
        using var folder = new TemporaryFolder();
        Train(folder.PathOf("a"), Options, out _);
        Train(folder.PathOf("b"), Options with { Seed = 2 }, out _);
        Assert.NotEqual(Losses(folder, "a"), Losses(folder, "b"));
    }

    [Fact]
    public void Best_IsTheSmallestCriterion_NotTheLast()
    {
        using var folder = new TemporaryFolder();
        using var task = new LineFit(3, 1, 2);
        using var run = TrainingRun.Begin(folder.PathOf("run"), Options);
        var outcome = new TrainingLoop<float[]>(task, Options, run).Run(TestContext.Current.CancellationToken);
        Assert.Equal((40, 1.0), (outcome.BestStep, outcome.BestCriterion));
        var best = Safetensors.Read(run.BestParametersPath);
        Assert.Equal("40", best.Metadata["step"]);
        Assert.NotEqual(task.Parameters[0].Value.item<float>(), best.Tensors["slope"].Values[0]);
    }

    [Fact]
    public void LossThatIsNoNumber_EndsTheRunWithTheStep()
    {
        using var folder = new TemporaryFolder();
        using var task = new LineFit { BreaksAt = 11 };
        using var run = TrainingRun.Begin(folder.PathOf("run"), Options);
        var problem = Assert.Throws<ArithmeticException>(() => new TrainingLoop<float[]>(task, Options, run).Run(TestContext.Current.CancellationToken));
        Assert.Contains("step 12", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FinishedRun_Resumed_DoesNothing()
    {
        using var folder = new TemporaryFolder();
        Train(folder.PathOf("run"), Options, out _);
        var log = File.ReadAllText(folder.PathOf("run/log.csv"));
        var outcome = Train(folder.PathOf("run"), Options, out var task, resume: true);
        Assert.True(outcome.Finished);
        Assert.Empty(task.Prepared);
        Assert.Equal(log, File.ReadAllText(folder.PathOf("run/log.csv")));
    }

    private static TrainingOutcome Train(
        string folder, TrainingOptions options, out LineFit task, Action<TrainingProgress>? progress = null, bool resume = false, CancellationToken stop = default)
    {
        task = new LineFit();
        using var run = resume ? TrainingRun.Resume(folder, out options) : TrainingRun.Begin(folder, options);
        return new TrainingLoop<float[]>(task, options, run) { Progress = new Told(progress) }.Run(stop);
    }

    // All columns but the seconds.
    private static List<string> Losses(TemporaryFolder folder, string run) =>
        [.. File.ReadAllLines(folder.PathOf($"{run}/log.csv")).Select(line => line[..line.LastIndexOf(',')])];

    private sealed class Told(Action<TrainingProgress>? action) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => action?.Invoke(value);
    }
}
